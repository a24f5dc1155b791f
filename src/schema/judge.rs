//! Whether the shape of a node is right: our schemas, in a form that is quick to check and there from the start.
//!
//! Most documents have no fault of shape, and building the validators of the `jsonschema` crate would take
//! most of a run on one file. So this check runs first, on our nodes as they are; whatever it does not pass
//! goes to the crate (`validator.rs`), which finds the faults. It knows the keywords that our schemas use,
//! which are flat: no references, no branches. Members that are `null` count as unset, as AWS's deployers
//! treat them. A test compares every verdict with that of the crate.

mod limit;
mod part;
mod reduced;
mod sequence;
mod shape;
mod shapes;
mod tables;
mod terraform;

use std::sync::Arc;

use serde_json::Value;

use crate::document::Door;
use crate::parse::parse;
use crate::source::{Source, SourceId};
use crate::tree::{Kind, Node, Tree};
pub(crate) use part::SchemaPart;
use shape::Others;
pub(super) use shape::Shape;
pub(crate) use shapes::{ShapeRef, Wanted};

impl Shape {
    /// Whether a node has this shape.
    pub(super) fn accepts(&self, node: Node) -> bool {
        let is_of_type = || self.types.is_empty() || self.types.iter().any(|one| one.holds(node));
        let is_within = || self.limits.iter().all(|limit| limit.holds(node));
        is_of_type()
            && is_within()
            && match node.kind() {
                Kind::Object => self.accepts_object(node),
                Kind::List => self.items.is_none_or(|item| node.items().all(|node| item.accepts(node))),
                _ => true,
            }
    }

    fn accepts_object(&self, object: Node) -> bool {
        let door = object.tree().door;
        let mut required = self.required(door).chain(self.demanded(object));
        let mut members = object.members().filter(|(_, value)| value.kind() != Kind::Null);
        required.all(|key| key.of(object).is_some())
            && members.all(|(key, value)| {
                match (self.member(key.text(), key.raw().link, door), &self.others) {
                    (Some(property), _) => property.accepts(value),
                    (None, Others::Shaped(other)) => other.accepts(value),
                    (None, Others::Any) => true,
                    (None, Others::Refused) => false,
                }
            })
    }
}

/// A JSON text, read.
pub(super) fn tree_of(json: &str) -> Arc<Tree> {
    parse(Arc::new(Source::new(SourceId(0), "", json))).tree
}

/// A value, as if it had come through a door.
fn tree_through(door: Door, value: &Value) -> Arc<Tree> {
    let mut tree = tree_of(&value.to_string());
    Arc::get_mut(&mut tree).expect("nobody else has it").door = door;
    tree
}

#[cfg(test)]
mod tests;
