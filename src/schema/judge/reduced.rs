//! The part of a schema that a document violates.
//!
//! The crate's validator takes long to build, mostly because of patterns, and most of them belong to values
//! that are right or not there. So it is built for the rest: what the judge does not pass.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::super::place::{PlaceInDocument, Step};
use super::{Judge, Others, Shape};
use crate::tree::{Kind, Node, hash};

impl Judge {
    /// The schema of a place without everything that its node cannot violate, and without our annotations. It
    /// finds the same faults.
    pub(in super::super) fn reduced(&self, place: &PlaceInDocument) -> Value {
        let door = place.node.tree().door;
        let shape = place.steps.iter().try_fold(&self.shape, |shape, step| match step {
            Step::Key(key) => shape.member(key, hash(key), door).or(shape.others()),
            Step::Item(_) => shape.items.as_deref(),
        });
        let violated = shape.and_then(|shape| self.violated(shape, place.schema, &[place.node]));
        violated.unwrap_or_default().into()
    }

    /// What some of the nodes violate of their schema, which must let the others pass as before; `None` if that
    /// is nothing.
    fn violated(&self, shape: &Shape, schema: &Value, nodes: &[Node]) -> Option<Map<String, Value>> {
        let wrong = nodes.iter().find(|node| !is_unknown(**node) && !self.passes(shape, **node))?;
        let door = wrong.tree().door;
        let reduced = schema.as_object()?.iter().filter_map(|(keyword, says)| {
            let says = match keyword.as_str() {
                "properties" => self.violated_members(shape, says, nodes).into(),
                "additionalProperties" if says.is_object() => {
                    let is_other = |key: Node| shape.member(key.text(), key.raw().link, door).is_none();
                    let others = members(nodes).filter(|(key, _)| is_other(*key)).map(|(_, value)| value);
                    self.violated(shape.others()?, says, &others.collect::<Vec<_>>())?.into()
                }
                "items" => {
                    let items = nodes.iter().flat_map(|list| list.items());
                    self.violated(shape.items.as_deref()?, says, &items.collect::<Vec<_>>())?.into()
                }
                "pattern" if !nodes.iter().any(|node| node.kind() == Kind::Text) => return None,
                annotation if annotation.starts_with("x-") => return None,
                _ => says.clone(),
            };
            Some((keyword.clone(), says))
        });
        Some(reduced.collect())
    }

    /// The members that objects have, each with what is violated of its schema.
    fn violated_members(&self, shape: &Shape, schemas: &Value, objects: &[Node]) -> Map<String, Value> {
        let mut written: HashMap<&str, Vec<Node>> = HashMap::new();
        for (key, value) in members(objects) {
            written.entry(key.text()).or_default().push(value);
        }
        let reduced = schemas.as_object().into_iter().flatten().filter_map(|(key, schema)| {
            let values = written.remove(key.as_str())?;
            let shape = shape.member(key, hash(key), values.first()?.tree().door)?;
            Some((key.clone(), self.violated(shape, schema, &values).unwrap_or_default().into()))
        });
        reduced.collect()
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

impl Shape {
    /// The shape of the members that it does not name.
    fn others(&self) -> Option<&Shape> {
        match &self.others {
            Others::Shaped(shape) => Some(shape),
            Others::Any | Others::Refused => None,
        }
    }
}
