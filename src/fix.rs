//! Fixes: what corrects a problem, how far it can be trusted, and the resulting text.

use std::collections::BTreeSet;
use std::ops::Range;

use serde_json::Value;

use crate::edit;
use crate::source::{Cut, Source, SourceId, Span};
use crate::tree::Node;

pub(crate) use crate::edit::in_one_line;
pub use crate::edit::{Change, Edit};

/// How far a fix can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// It turns a fault into the only thing that can have been meant, or removes something without effect.
    Safe,
    /// It corrects the fault but changes what runs.
    Unsafe,
    /// A suggestion: shown, never applied, because someone has to choose.
    Shown,
}

impl Safety {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
            Safety::Shown => "shown",
        }
    }
}

/// A change that fixes a problem: all its edits together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an instruction: "delete `tags`".
    pub title: String,
    /// How far it can be trusted.
    pub safety: Safety,
    /// The edits, in the order of the text, none touching another.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix made of changes to one document.
    pub fn new(safety: Safety, title: impl Into<String>, changes: &[Change]) -> Fix {
        Fix { title: title.into(), safety, edits: edit::render(changes) }
    }

    /// The fix with another title, if the default title is not clear enough.
    pub fn titled(self, title: impl Into<String>) -> Fix {
        Fix { title: title.into(), ..self }
    }

    /// The source that the fix changes.
    pub fn source(&self) -> Option<SourceId> {
        self.edits.first().map(|edit| edit.place.source)
    }
}

/// A node of a document that can be changed. The title of each fix states what it does.
pub trait Spot<'d> {
    /// The node.
    fn spot(&self) -> Node<'d>;

    /// Removes it from the object or the list that contains it.
    fn delete(&self, safety: Safety) -> Fix {
        let node = self.spot();
        let title = match node.key() {
            Some(key) => format!("delete `{}`", key.text()),
            None => "delete the entry".to_owned(),
        };
        Fix::new(safety, title, &[Change::Remove(node)])
    }

    /// Replaces it with another value.
    fn set(&self, safety: Safety, value: impl Into<Value>) -> Fix {
        let (node, value) = (self.spot(), value.into());
        let title = match node.key() {
            Some(key) => format!("set `{}` to {}", key.text(), named(&value)),
            None => format!("replace it with {}", named(&value)),
        };
        Fix::new(safety, title, &[Change::Replace(node, value)])
    }

    /// Sets a member of this object, whether or not it is there already.
    fn set_member(&self, safety: Safety, key: &str, value: impl Into<Value>) -> Fix {
        let value = value.into();
        let title = format!("set `{key}` to {}", named(&value));
        Fix::new(safety, title, &[Change::set(self.spot(), key, value)])
    }

    /// Renames this key.
    fn rename(&self, safety: Safety, name: &str) -> Fix {
        let key = self.spot();
        Fix::new(safety, format!("rename `{}` to `{name}`", key.text()), &[Change::Rename(key, name)])
    }
}

impl<'d> Spot<'d> for Node<'d> {
    fn spot(&self) -> Node<'d> {
        *self
    }
}

/// A value in a sentence. Digits in a string keep their quotation marks: they are not a number.
fn named(value: &Value) -> String {
    match value {
        Value::String(text) if text.parse::<f64>().is_ok() => format!("\"{text}\""),
        Value::String(text) => format!("`{text}`"),
        Value::Bool(flag) => format!("`{flag}`"),
        Value::Array(_) | Value::Object(_) => format!("`{}`", in_one_line(value)),
        other => other.to_string(),
    }
}

/// The text of a source after some fixes. A fix that overlaps an earlier one is left out; the second value is
/// the number of fixes made.
pub fn apply<'f>(source: &Source, fixes: impl IntoIterator<Item = &'f Fix>) -> (String, usize) {
    let mut edits: Vec<&Edit> = Vec::new();
    // None overlaps another, so the last one that starts before the end of an edit also ends last.
    let mut taken: BTreeSet<Span> = BTreeSet::new();
    let mut made = 0;
    for fix in fixes {
        let is_free = |edit: &Edit| {
            let span = edit.place.span;
            let before = taken.range(..=Span::new(span.end, u32::MAX)).next_back();
            edit.place.source == source.id && before.is_none_or(|other| other.end < span.start)
        };
        if fix.edits.iter().all(is_free) {
            taken.extend(fix.edits.iter().map(|edit| edit.place.span));
            edits.extend(&fix.edits);
            made += 1;
        }
    }
    edits.sort_by_cached_key(|edit| edit.place.span);
    (edited(source, 0..source.text.len(), edits), made)
}

/// A part of a source after some edits in it, which are in its order.
pub(crate) fn edited<'e>(
    source: &Source,
    part: Range<usize>,
    edits: impl IntoIterator<Item = &'e Edit>,
) -> String {
    let mut text = String::with_capacity(part.len());
    let mut from = part.start;
    for edit in edits {
        let range = edit.place.span.range();
        text.push_str(source.text.cut(from..range.start));
        text.push_str(&edit.text);
        from = range.end;
    }
    text.push_str(source.text.cut(from..part.end));
    text
}
