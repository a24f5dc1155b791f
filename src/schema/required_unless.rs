//! `x-required-unless`: keys that an object must have unless another key in it has a certain value.

use jsonschema::{Keyword, ValidationError};
use serde_json::Value;

use super::bridge::{Instance, Places};
use crate::tree::{Kind, Node};

/// The name of the keyword, and of the faults that it finds.
pub const REQUIRED_UNLESS: &str = "x-required-unless";

/// A key, and what makes it dispensable: another key, and its value.
struct Demand {
    key: String,
    unless: (String, Value),
}

/// The keyword with what it demands.
pub struct RequiredUnless(Vec<Demand>);

impl RequiredUnless {
    /// Reads what stands under the keyword: `{key: {other: value}}`.
    pub fn read(demands: &Value) -> RequiredUnless {
        let each = demands.as_object().into_iter().flatten();
        let demand = |(key, unless): (&String, &Value)| {
            let (other, value) = unless.as_object()?.iter().next()?;
            Some(Demand { key: key.clone(), unless: (other.clone(), value.clone()) })
        };
        RequiredUnless(each.filter_map(demand).collect())
    }

    fn missing<'s, 'i: 's>(&'s self, instance: Instance<'i>) -> impl Iterator<Item = &'s str> {
        let object = match instance {
            Instance::Node(node) if node.kind() == Kind::Object => Some(node),
            _ => None,
        };
        let is_missing = move |demand: &&Demand| {
            object.is_some_and(|object| written(object, &demand.key).is_none() && demand.stands(object))
        };
        self.0.iter().filter(is_missing).map(|demand| demand.key.as_str())
    }
}

impl Demand {
    /// Whether the key is demanded of an object; not where the other key's value is not known.
    fn stands(&self, object: Node) -> bool {
        let (other, value) = &self.unless;
        written(object, other).is_none_or(|node| match node.kind() {
            Kind::Unknown => false,
            Kind::Text if !node.is_plain() => false,
            Kind::Bool => node.as_bool() != value.as_bool(),
            _ => node.as_text().is_none() || node.as_text() != value.as_str(),
        })
    }
}

/// A member, unless it is `null`, which counts as not written.
fn written<'d>(object: Node<'d>, key: &str) -> Option<Node<'d>> {
    object.get(key).filter(|node| node.kind() != Kind::Null)
}

impl<'i> Keyword<'i, Places<true>> for RequiredUnless {
    fn validate(&self, instance: Instance<'i>) -> Result<(), ValidationError<'i>> {
        self.missing(instance).next().map_or(Ok(()), |key| Err(ValidationError::custom(key)))
    }

    fn is_valid(&self, instance: Instance<'i>) -> bool {
        self.missing(instance).next().is_none()
    }

    fn iter_errors(&self, instance: Instance<'i>) -> Box<dyn Iterator<Item = ValidationError<'i>> + 'i> {
        let errors: Vec<_> = self.missing(instance).map(ValidationError::custom).collect();
        Box::new(errors.into_iter())
    }
}
