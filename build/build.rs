//! Packs what the program carries: the manuals of the rules, compressed; the schemas, without their layout, and as
//! tables of shapes; a list of the fields that they name,
//! and a table of what fields expect.

#[path = "../src/tree/hash.rs"]
mod hash;
#[path = "../src/model/document/letters.rs"]
mod letters;
mod shapes;
mod wants;

use std::collections::BTreeSet;
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
    let mut fields = BTreeSet::new();
    let mut tables = shapes::Tables::default();
    for schema in files(Path::new("schemas"), "json") {
        let name = schema.file_name().expect("the name of a file");
        let text = without_layout(&read(&schema));
        write(&out.join(name), text.as_bytes());
        fields.extend(keys(&text));
        // What settings may say is checked by their own reader.
        if name != "ecs-lint-settings.json" {
            tables.add(&name.to_string_lossy().replace(".json", ""), &text);
        }
    }
    write(&out.join("shapes.rs"), tables.finish().as_bytes());
    let wants = wants::table(&read(Path::new("rules/data/field-wants.tsv")));
    write(&out.join("wants.rs"), wants.as_bytes());
    let fields: Vec<String> = fields.into_iter().collect();
    write(&out.join("fields.txt"), format!("\n{}\n", fields.join("\n")).as_bytes());
    link_at_a_fixed_address();
}

/// On Linux, a program that may be loaded anywhere carries half a megabyte of addresses to correct, which takes
/// a tenth of a short run.
fn link_at_a_fixed_address() {
    let target = |what: &str| std::env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}

/// All keys of a JSON text without layout.
fn keys(text: &str) -> Vec<String> {
    let text = text.replace(r"\\", "").replace("\\\"", "");
    let parts: Vec<&str> = text.split('"').collect();
    let keys = parts.windows(2).skip(1).step_by(2).filter(|pair| pair[1].starts_with(':'));
    keys.map(|pair| pair[0].to_owned()).collect()
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
