//! Packs what the program carries: the manuals of the rules, compressed, and the schemas, without their
//! layout.

use std::fs;
use std::path::{Path, PathBuf};

/// The line that divides the page of a rule: the manual is above it, what only a test needs is below.
const CASES: &str = "\n## Cases\n";

fn main() {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=schemas");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it"));
    // Sorted, so that the same sources always give the same program.
    let pages = folders("rules").iter().flat_map(|folder| files(folder, "md")).collect::<Vec<_>>();
    let manuals: Vec<String> = pages
        .iter()
        .map(|page| {
            let page = read(page);
            page.split_once(CASES).map_or(page.as_str(), |(manual, _)| manual).to_owned()
        })
        .collect();
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(manuals.join("\0").as_bytes(), 10);
    write(&out.join("manuals.zlib"), &packed);
    for schema in files(Path::new("schemas"), "json") {
        let name = schema.file_name().expect("the name of a file");
        write(&out.join(name), without_layout(&read(&schema)).as_bytes());
    }
}

/// A JSON text without the whitespace between its tokens.
fn without_layout(text: &str) -> String {
    let mut is_in_string = false;
    let mut is_escaped = false;
    text.chars()
        .filter(|c| {
            is_in_string ^= *c == '"' && !is_escaped;
            is_escaped = is_in_string && *c == '\\' && !is_escaped;
            is_in_string || !c.is_ascii_whitespace()
        })
        .collect()
}

fn folders(parent: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = entries(Path::new(parent)).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let is_one = |path: &PathBuf| path.extension().is_some_and(|found| found == extension);
    let mut found: Vec<PathBuf> = entries(folder).filter(is_one).collect();
    found.sort();
    found
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.expect("an entry").path())
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn write(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
