//! The part of a schema that a document violates.
//!
//! The crate's validator takes long to build, mostly because of patterns, and most of them belong to values
//! that are right or not there. So it is built for the rest: what the judge does not pass.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::super::validator::number;
use super::SchemaPart;
use crate::tree::{Kind, Node};

impl SchemaPart<'_> {
    /// The schema of a node without everything that it cannot violate, and without our annotations. It finds the
    /// same faults.
    pub(in super::super) fn reduced(self, node: Node) -> Value {
        self.violated(&[node]).unwrap_or_default().into()
    }

    /// What some of the nodes violate of their schema, which must let the others pass as before; `None` if that
    /// is nothing.
    fn violated(self, nodes: &[Node]) -> Option<Map<String, Value>> {
        if nodes.iter().all(|node| is_unknown(*node) || self.accepts(*node)) {
            return None;
        }
        let keywords = self.node().members().filter_map(|(keyword, says)| {
            let says = match keyword.text() {
                "properties" => self.violated_members(nodes).into(),
                "additionalProperties" if says.kind() == Kind::Object => {
                    let others = members(nodes).filter(|(key, _)| self.member(key.text()).is_none());
                    self.values()?.violated(&others.map(|(_, value)| value).collect::<Vec<_>>())?.into()
                }
                "items" => {
                    let items = nodes.iter().flat_map(|list| list.items());
                    self.items()?.violated(&items.collect::<Vec<_>>())?.into()
                }
                "pattern" if !nodes.iter().any(|node| node.kind() == Kind::Text) => return None,
                "title" | "description" | "$schema" | "$id" => return None,
                annotation if annotation.starts_with("x-") => return None,
                _ => value_of(says),
            };
            Some((keyword.text().to_owned(), says))
        });
        let mut reduced: Map<String, Value> = keywords.collect();
        let required: Vec<Value> = self.required().map(Value::from).collect();
        if !required.is_empty() {
            reduced.insert("required".to_owned(), required.into());
        }
        Some(reduced)
    }

    /// The members that objects have, each with what is violated of its schema.
    fn violated_members(self, objects: &[Node]) -> Map<String, Value> {
        let mut written: HashMap<&str, Vec<Node>> = HashMap::new();
        for (key, value) in members(objects) {
            written.entry(key.text()).or_default().push(value);
        }
        let reduced = self.keys().filter_map(|key| {
            let values = written.remove(key)?;
            Some((key.to_owned(), self.member(key)?.violated(&values).unwrap_or_default().into()))
        });
        reduced.collect()
    }
}

/// The value of a keyword.
fn value_of(node: Node) -> Value {
    match node.kind() {
        Kind::Text => node.text().into(),
        Kind::Number => number(node),
        Kind::List => node.items().map(value_of).collect(),
        _ => node.as_bool().into(),
    }
}

/// The members of objects, except for `null`, which counts as unset.
fn members<'d>(objects: &[Node<'d>]) -> impl Iterator<Item = (Node<'d>, Node<'d>)> {
    objects.iter().flat_map(|object| object.members()).filter(|(_, value)| value.kind() != Kind::Null)
}

/// Whether a value is unknown, so that no fault of it is reported.
fn is_unknown(node: Node) -> bool {
    node.kind() == Kind::Unknown || node.kind() == Kind::Text && !node.is_plain()
}
