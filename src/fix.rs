//! Fixes: what mends a problem, how far it may be trusted, and the text that it leaves.

use serde_json::Value;

use crate::edit;
use crate::source::{Cut, Source, SourceId};
use crate::tree::Node;

pub use crate::edit::{Change, Edit};

/// How far a fix may be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// It turns a fault into the one thing that can have been meant, or removes what has no
    /// effect.
    Safe,
    /// It mends the fault and changes what runs.
    Unsafe,
    /// A suggestion: shown, never applied, because somebody has to choose.
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

/// A change that mends a problem: all its edits together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: "delete `tags`".
    pub title: String,
    /// How far it may be trusted.
    pub safety: Safety,
    /// The edits, in the order of the text, none touching another.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix made of changes to one document.
    pub fn new(safety: Safety, title: impl Into<String>, changes: &[Change]) -> Fix {
        Fix { title: title.into(), safety, edits: edit::render(changes) }
    }

    /// The fix with another title, where the one that was made for it does not say enough.
    pub fn titled(self, title: impl Into<String>) -> Fix {
        Fix { title: title.into(), ..self }
    }

    /// The source that the fix changes.
    pub fn source(&self) -> Option<SourceId> {
        self.edits.first().map(|edit| edit.place.source)
    }
}

/// What stands at a node of a document, and how it is changed there. The title of each fix says
/// what it does.
pub trait Spot<'d> {
    /// The node.
    fn spot(&self) -> Node<'d>;

    /// Takes it out of the object or the list that holds it.
    fn delete(&self, safety: Safety) -> Fix {
        let node = self.spot();
        let title = match node.key() {
            Some(key) => format!("delete `{}`", key.text()),
            None => "delete the entry".to_owned(),
        };
        Fix::new(safety, title, &[Change::Remove(node)])
    }

    /// Writes another value in its place.
    fn set(&self, safety: Safety, value: impl Into<Value>) -> Fix {
        let (node, value) = (self.spot(), value.into());
        let title = match node.key() {
            Some(key) => format!("set `{}` to {}", key.text(), named(&value)),
            None => format!("replace it with {}", named(&value)),
        };
        Fix::new(safety, title, &[Change::Replace(node, value)])
    }

    /// Gives a member of this object a value, whether or not it is written.
    fn set_member(&self, safety: Safety, key: &str, value: impl Into<Value>) -> Fix {
        let value = value.into();
        let title = format!("set `{key}` to {}", named(&value));
        Fix::new(safety, title, &[Change::set(self.spot(), key, value)])
    }

    /// Gives this key another name.
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

/// A value in a sentence. Digits in a string keep their quotation marks: they are no number.
fn named(value: &Value) -> String {
    match value {
        Value::String(text) if text.parse::<f64>().is_ok() => format!("\"{text}\""),
        Value::String(text) => format!("`{text}`"),
        Value::Bool(flag) => format!("`{flag}`"),
        other => other.to_string(),
    }
}

/// The text of a source after some fixes. A fix that touches what an earlier one changes is
/// left out; the second value tells how many were made.
pub fn apply<'f>(source: &Source, fixes: impl IntoIterator<Item = &'f Fix>) -> (String, usize) {
    let mut edits: Vec<&Edit> = Vec::new();
    let mut made = 0;
    for fix in fixes {
        let free = |edit: &Edit| {
            let span = edit.place.span;
            edit.place.source == source.id
                && edits.iter().all(|taken| {
                    let other = taken.place.span;
                    span.end < other.start || other.end < span.start
                })
        };
        if fix.edits.iter().all(free) {
            edits.extend(&fix.edits);
            made += 1;
        }
    }
    edits.sort_by_key(|edit| edit.place.span);
    let mut text = String::with_capacity(source.text.len());
    let mut from = 0;
    for edit in edits {
        let range = edit.place.span.range();
        text.push_str(source.text.cut(from..range.start));
        text.push_str(&edit.text);
        from = range.end;
    }
    text.push_str(source.text.cut(from..));
    (text, made)
}
