//! Writes what each field expects as a table in Rust, for `src/model/document/wants.rs`.

use crate::letters::letters_of;

/// The table of `rules/data/field-wants.tsv`, sorted by the hashes of the keys.
pub(crate) fn table(rows: &str) -> String {
    let rows = rows.lines().filter(|row| !row.is_empty() && !row.starts_with('#'));
    let rows = rows.flat_map(|row| {
        let (wants, paths) = row.split_once('\t').expect("a row has two cells");
        paths.split(' ').map(move |path| {
            let key = path.split_once('.').map_or(path, |(_, key)| key);
            (letters_of(key), format!("path: {path:?}, wants: Wants::{}", variant(wants)))
        })
    });
    let mut rows: Vec<(u32, String)> = rows.collect();
    rows.sort_by_key(|(letters, _)| *letters);
    let rows = rows.into_iter().map(|(letters, row)| format!("    Row {{ letters: {letters}, {row} }},\n"));
    format!("static ROWS: &[Row] = &[\n{}];\n", rows.collect::<String>())
}

fn variant(wants: &str) -> &str {
    match wants {
        "reference" => "Reference",
        "region" => "Region",
        "image" => "Image",
        "name" => "Name",
        "secret" => "Secret",
        "choice" => "Choice",
        "label" => "Label",
        "key" => "Key",
        "prose" => "Prose",
        "environment" => "Environment",
        other => panic!("nothing of a field is called `{other}`"),
    }
}
