//! What each field expects, and therefore which texts of a document are placeholders.

use super::letters::{letters, letters_of};
use crate::placeholder::{self, OwnPlaceholders, Wants};
use crate::source::Cut;
use crate::tree::{Tree, Written};

/// A field and what it expects.
struct Row {
    /// The hash of the letters of its key.
    letters: u32,
    /// Its key, behind that of the enclosing object and a dot if that matters; `*` is every key of a map.
    path: &'static str,
    wants: Wants,
}

impl Row {
    fn is(&self, under: Option<&str>, key: &str) -> bool {
        let (own_under, own_key) = match self.path.find('.') {
            Some(dot) => (Some(self.path.cut(..dot)), self.path.cut(dot + 1..)),
            None => (None, self.path),
        };
        let is_under = match (own_under, under) {
            (Some(own), Some(given)) => is_same(own, given),
            (own, given) => own.is_none() && given.is_none(),
        };
        is_under && is_same(own_key, key)
    }
}

// `rules/data/field-wants.tsv`, sorted by the hashes: `build/wants.rs`.
include!(concat!(env!("OUT_DIR"), "/wants.rs"));

/// What a field expects, given the key of the enclosing object and the field's own key; `None` if the API has
/// no such field.
pub fn wants(under: &str, key: &str) -> Option<Wants> {
    of_row(Some(under), key).or_else(|| of_row(Some(under), "*")).or_else(|| of_row(None, key))
}

fn of_row(under: Option<&str>, key: &str) -> Option<Wants> {
    let letters = letters_of(key);
    let first = ROWS.partition_point(|row| row.letters < letters);
    let mut same = ROWS[first..].iter().take_while(|row| row.letters == letters);
    same.find(|row| row.is(under, key)).map(|row| row.wants)
}

/// Whether two keys are the same, ignoring case and the underscores of snake case.
fn is_same(one: &str, other: &str) -> bool {
    one == other || letters(one).eq(letters(other))
}

/// Marks the placeholders of the document that begins at a node of a tree.
pub(crate) fn mark_placeholders(tree: &mut Tree, root: u32, of_users: Option<&OwnPlaceholders>) {
    // The lists and objects around a value: where each ends, and its key or that of the list around it.
    let mut around: Vec<(u32, Option<u32>)> = Vec::new();
    let mut latest = Latest::default();
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
                let outer = |height: usize| around.iter().rev().nth(height).and_then(|(_, key)| *key);
                let wants = || match own() {
                    Some(key) => latest.wants(tree, outer(0), Some(key)),
                    None => latest.wants(tree, outer(1), outer(0)),
                };
                let is_image = own().is_some_and(|key| tree.node(key).text().eq_ignore_ascii_case("image"));
                let mut found = placeholder::find_all(node.text(), is_image, wants);
                if found[0].is_none() {
                    found[0] = of_users.and_then(|own| own.find(node.text()));
                }
                tree.mark_placeholders(index, found.into_iter().flatten());
            }
            _ => {}
        }
    }
}

/// What the latest field expects: a list of many objects asks for the same field again and again.
#[derive(Default)]
struct Latest(Option<(Option<u32>, Option<u32>, Wants)>);

impl Latest {
    /// What a field expects, given the nodes of the keys of the enclosing object and of the field.
    fn wants(&mut self, tree: &Tree, under: Option<u32>, key: Option<u32>) -> Wants {
        let name = |key: Option<u32>| key.map_or("", |key| tree.node(key).text());
        if let Some((before, same, found)) = self.0
            && before == under
            && name(same) == name(key)
        {
            return found;
        }
        let unknown = if is_comment(name(key)) { Wants::Key } else { Wants::Choice };
        let found = wants(name(under), name(key)).unwrap_or(unknown);
        self.0 = Some((under, key, found));
        found
    }
}

/// Whether a key is one of those that people use for comments.
fn is_comment(key: &str) -> bool {
    key.starts_with(['_', '#', '$', '/'])
}
