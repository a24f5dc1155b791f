//! `x-required-unless`, the only custom keyword that judges: keys that an object must have unless another key
//! in it has a certain value.

use serde_json::Value;

use super::broken::Broken;
use super::place::PlaceInDocument;
use crate::tree::{Kind, Node};

/// Adds what a place, and everything in it, lacks by this keyword.
pub(super) fn add<'d>(whole: &PlaceInDocument<'d>, faults: &mut Vec<(PlaceInDocument<'d>, Broken)>) {
    whole.each_written(&mut |place| {
        let demands = place.schema.get("x-required-unless").and_then(Value::as_object);
        let Some(demands) = demands.filter(|_| place.node.kind() == Kind::Object) else { return };
        let missing = demands.iter().filter(|(key, unless)| {
            written(place.node, key).is_none()
                && unless.as_object().is_some_and(|unless| {
                    unless.iter().all(|(other, value)| is_other_than(place.node, other, value))
                })
        });
        faults.extend(missing.map(|(key, _)| (place.clone(), Broken::MissingKey(key.clone()))));
    });
}

/// Whether a member is not set, or has another value than this. An unknown value may be this one.
fn is_other_than(object: Node, key: &str, value: &Value) -> bool {
    written(object, key).is_none_or(|node| match node.kind() {
        Kind::Unknown => false,
        Kind::Text if !node.is_plain() => false,
        Kind::Bool => node.as_bool() != value.as_bool(),
        _ => node.as_text().is_none() || node.as_text() != value.as_str(),
    })
}

/// A member, unless it is `null`, which counts as unset.
fn written<'d>(object: Node<'d>, key: &str) -> Option<Node<'d>> {
    object.get(key).filter(|node| node.kind() != Kind::Null)
}
