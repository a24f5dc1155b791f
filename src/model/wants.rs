//! What each field wants, and with that which texts of a document are placeholders.

use std::cmp::Ordering;
use std::sync::LazyLock;

use crate::facts::table;
use crate::placeholder::{self, Wants};
use crate::tree::{Tree, Written};

/// A row of `rules/data/field-wants.tsv`.
struct Row {
    /// The key that the object stands under; `None` where that does not matter.
    under: Option<&'static str>,
    /// The key; `*` for each key of a map.
    key: &'static str,
    wants: Wants,
}

/// The rows, by key.
static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let mut rows: Vec<Row> = table!("field-wants.tsv").pairs().flat_map(read).collect();
    rows.sort_by(|one, other| in_order(one.key, other.key));
    rows
});

fn read((wants, keys): (&'static str, &'static str)) -> impl Iterator<Item = Row> {
    let wants = match wants {
        "reference" => Wants::Reference,
        "region" => Wants::Region,
        "image" => Wants::Image,
        "name" => Wants::Name,
        "secret" => Wants::Secret,
        "label" => Wants::Label,
        "key" => Wants::Key,
        "prose" => Wants::Prose,
        "environment" => Wants::Environment,
        _ => Wants::Choice,
    };
    keys.split(' ').map(move |path| {
        let (under, key) = path.split_once('.').map_or((None, path), |(under, key)| (Some(under), key));
        Row { under, key, wants }
    })
}

/// What a field wants: a key, and the key that its object stands under; `None` if the API has no
/// such field.
pub fn wants(under: &str, key: &str) -> Option<Wants> {
    of_row(Some(under), key).or_else(|| of_row(Some(under), "*")).or_else(|| of_row(None, key))
}

fn of_row(under: Option<&str>, key: &str) -> Option<Wants> {
    let first = ROWS.partition_point(|row| in_order(row.key, key).is_lt());
    let same = ROWS[first..].iter().take_while(|row| in_order(row.key, key).is_eq());
    let is_under = |row: &&Row| match (row.under, under) {
        (Some(own), Some(given)) => in_order(own, given).is_eq(),
        (own, given) => own.is_none() && given.is_none(),
    };
    same.into_iter().find(is_under).map(|row| row.wants)
}

/// The order of keys, without regard to letter case and to the underscores of snake case.
fn in_order(one: &str, other: &str) -> Ordering {
    fn letters(key: &str) -> impl Iterator<Item = u8> {
        key.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase())
    }
    letters(one).cmp(letters(other))
}

/// Notes the placeholders of the document that begins at a node of a tree.
pub fn mark_placeholders(tree: &mut Tree, root: u32) {
    // The lists and objects around a value: where each ends, and the key that it stands under, or
    // that the list around it does.
    let mut around: Vec<(u32, Option<u32>)> = Vec::new();
    let end = tree.node(root).raw().link.max(root + 1);
    for index in root..end {
        while around.last().is_some_and(|(end, _)| *end <= index) {
            around.pop();
        }
        let node = tree.node(index);
        let own = || if index == root { None } else { node.key().map(|key| key.index()) };
        match node.raw().written {
            Written::List | Written::Object => {
                let key = own().or_else(|| around.last().and_then(|(_, key)| *key));
                around.push((node.raw().link, key));
            }
            Written::Text => {
                let name = |key: Option<u32>| key.map_or("", |key| tree.node(key).text());
                let outer = |height: usize| around.iter().rev().nth(height).and_then(|(_, key)| *key);
                let wants = || {
                    let (under, key) = match own() {
                        Some(key) => (outer(0), Some(key)),
                        None => (outer(1), outer(0)),
                    };
                    let unknown = if is_comment(name(key)) { Wants::Key } else { Wants::Choice };
                    wants(name(under), name(key)).unwrap_or(unknown)
                };
                let found = placeholder::find_all(node.text(), wants);
                tree.mark_placeholders(index, found.into_iter().flatten());
            }
            _ => {}
        }
    }
}

/// Whether a key is how people write a comment.
fn is_comment(key: &str) -> bool {
    key.starts_with(['_', '#', '$', '/'])
}
