//! Changes of nodes, rendered as changes of bytes.
//!
//! A rule says what to do with nodes; this module turns that into the smallest change of the text, in its own
//! notation and layout.

mod hcl;
mod json;
mod layout;
mod yaml;

pub(crate) use json::in_one_line;
use serde_json::Value;
pub(crate) use yaml::in_one_line as yaml_in_one_line;

use crate::source::{Place, Source, Span};
use crate::tree::{Door, Kind, Node, Notation};

/// Bytes of a source and what replaces them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes to replace; an empty span inserts.
    pub place: Place,
    /// The new text.
    pub text: String,
}

impl Edit {
    fn at(source: &Source, span: Span, text: impl Into<String>) -> Edit {
        Edit { place: source.place(span), text: text.into() }
    }
}

/// How a notation in which nothing is put into brackets makes changes, each by itself. `None` if it cannot be made.
struct Writer {
    removal: fn(Node) -> Option<Edit>,
    replacement: fn(Node, &Value) -> Option<Edit>,
    renaming: fn(Node, &str) -> Option<Edit>,
    insertion: fn(Node, &str, &Value) -> Option<Edit>,
}

impl Writer {
    /// The edits for changes of nodes. `None` if one of them cannot be made.
    fn render(&self, changes: &[Change]) -> Option<Vec<Edit>> {
        // Replaced bytes are the same in every notation.
        let of_nodes = changes.iter().filter(|change| !matches!(change, Change::Text(..)));
        let edits = of_nodes.map(|change| match change {
            Change::Remove(node) => (self.removal)(*node),
            Change::Replace(node, value) => (self.replacement)(*node, value),
            Change::Rename(key, name) => (self.renaming)(*key, name),
            Change::Insert(object, key, value) => (self.insertion)(*object, key, value),
            Change::Quote(node) => (self.replacement)(*node, &node.token().into()),
            Change::Text(..) | Change::PutInList(_) | Change::TakeOutOfList(_) | Change::Unwrap(..) => None,
        });
        edits.collect()
    }
}

/// One change of a document.
#[derive(Clone, Debug)]
pub enum Change<'d> {
    /// Removes a member or an item from its container.
    Remove(Node<'d>),
    /// Replaces this value with another one.
    Replace(Node<'d>, Value),
    /// Adds a member at the end of an object.
    Insert(Node<'d>, &'d str, Value),
    /// Gives a key another name.
    Rename(Node<'d>, &'d str),
    /// Turns a number or a boolean into a string with the same text.
    Quote(Node<'d>),
    /// Wraps a value in a list.
    PutInList(Node<'d>),
    /// Replaces a list with its only item.
    TakeOutOfList(Node<'d>),
    /// Replaces the object that contains this one with this one, and adds these other members of the outer
    /// object to it.
    Unwrap(Node<'d>, Vec<Node<'d>>),
    /// Replaces bytes, for faults in the text itself.
    Text(Place, String),
}

impl<'d> Change<'d> {
    /// Sets a member of an object, whether or not it is there already, even as `null`.
    pub fn set(object: Node<'d>, key: &'d str, value: Value) -> Change<'d> {
        match object.get(key) {
            Some(written) => Change::Replace(written, value),
            None => Change::Insert(object, key, value),
        }
    }

    /// The same change of the nodes of the text, with the user's names for keys. `None` if an expression of the user
    /// is in the way.
    fn written(&self) -> Option<Change<'d>> {
        let value_of = |node: Node<'d>, value: &Value| match node.names() {
            Some(names) => names.translated(value),
            None => value.clone(),
        };
        Some(match self {
            Change::Remove(node) => Change::Remove(node.editable()?),
            Change::Replace(node, value) => Change::Replace(node.editable()?, value_of(*node, value)),
            Change::Insert(object, key, value) => {
                let member = object.names().and_then(|names| names.member(key));
                let (name, value) = match member {
                    Some(member) => (&*member.name, member.below.translated(value)),
                    None => (*key, value.clone()),
                };
                let object = object.editable()?;
                match object.get(name) {
                    None => Change::Insert(object, name, value),
                    // As good as not written, but written.
                    Some(null) if null.kind() == Kind::Null => Change::Replace(null, value),
                    Some(_) => return None,
                }
            }
            Change::Rename(key, name) => {
                let names = key.parent().and_then(Node::names);
                // An object in the place of a list is one of its items.
                let member =
                    names.and_then(|names| names.member(name).or_else(|| names.item()?.member(name)));
                Change::Rename(key.editable()?, member.map_or(*name, |member| &member.name))
            }
            Change::Quote(node) => Change::Quote(node.editable()?),
            Change::PutInList(node) => Change::PutInList(node.editable()?),
            Change::TakeOutOfList(node) => Change::TakeOutOfList(node.editable()?),
            Change::Unwrap(inner, kept) => {
                let kept: Option<Vec<Node>> = kept.iter().map(|node| node.editable()).collect();
                Change::Unwrap(inner.editable()?, kept?)
            }
            Change::Text(place, text) => Change::Text(*place, text.clone()),
        })
    }

    /// The containers that the change opens, and the value or the key that it replaces.
    fn nodes(&self) -> impl Iterator<Item = Node<'d>> {
        let (first, second) = match self {
            Change::Remove(node) => (node.parent(), None),
            Change::Replace(node, _) | Change::Insert(node, ..) | Change::Rename(node, _) => {
                (Some(*node), None)
            }
            Change::Quote(node) | Change::PutInList(node) | Change::TakeOutOfList(node) => {
                (Some(*node), None)
            }
            Change::Unwrap(inner, _) => (Some(*inner), inner.parent()),
            Change::Text(..) => (None, None),
        };
        first.into_iter().chain(second)
    }
}

/// The edits for some changes of one document. `None` if one of them concerns a node cut off by a lost
/// bracket or quotation mark: its end is unknown, so nothing can be edited there.
pub(crate) fn render(changes: &[Change]) -> Vec<Edit> {
    let is_rebuilt = |change: &Change| change.nodes().any(|node| node.tree().is_rebuilt());
    // The names and the values of Terraform are others.
    let is_terraform_json = |node: Node| {
        let tree = node.tree();
        tree.is_rebuilt() && tree.door == Door::Terraform && tree.notation != Notation::Hcl
    };
    if changes.iter().flat_map(Change::nodes).any(is_terraform_json) {
        return Vec::new();
    }
    if changes.iter().any(is_rebuilt) {
        let written: Option<Vec<Change>> = changes.iter().map(Change::written).collect();
        return written.map_or_else(Vec::new, |written| render_written(&written));
    }
    render_written(changes)
}

/// The edits for changes of nodes of the text.
fn render_written(changes: &[Change]) -> Vec<Edit> {
    let nodes = || changes.iter().flat_map(Change::nodes);
    if !nodes().all(Node::is_closed) {
        return Vec::new();
    }
    let mut edits = Vec::new();
    for change in changes {
        if let Change::Text(place, text) = change {
            edits.push(Edit { place: *place, text: text.clone() });
        }
    }
    match nodes().next().map(|node| node.tree().notation) {
        Some(Notation::Json) => json::render(changes, &mut edits),
        Some(other) => {
            let writer = if other == Notation::Hcl { hcl::WRITER } else { yaml::WRITER };
            let Some(more) = writer.render(changes) else { return Vec::new() };
            edits.extend(more);
        }
        None => {}
    }
    edits.sort_by_cached_key(|edit| edit.place.span);
    // If the brackets of a text do not match, some nodes may be in places that cannot be edited.
    let is_order = |pair: &[Edit]| pair[0].place.span.end <= pair[1].place.span.start;
    let is_span = |edit: &Edit| edit.place.span.start <= edit.place.span.end;
    if edits.iter().all(is_span) && edits.windows(2).all(is_order) { edits } else { Vec::new() }
}
