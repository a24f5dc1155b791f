//! `x-required-unless`: keys that an object must have unless another key in it has a certain value.

use jsonschema::{Keyword, ValidationError};
use serde_json::{Map, Value};

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

    fn missing(&self, value: &Value) -> impl Iterator<Item = &str> {
        let object = value.as_object();
        let is_missing = move |demand: &&Demand| {
            object.is_some_and(|object| !object.contains_key(&demand.key) && demand.stands(object))
        };
        self.0.iter().filter(is_missing).map(|demand| demand.key.as_str())
    }
}

impl Demand {
    /// Whether the key is demanded of an object; not where the other key's value is not known, which
    /// is `null` here.
    fn stands(&self, object: &Map<String, Value>) -> bool {
        let (other, value) = &self.unless;
        object.get(other).is_none_or(|written| !written.is_null() && written != value)
    }
}

impl<'i> Keyword<'i> for RequiredUnless {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        self.missing(instance).next().map_or(Ok(()), |key| Err(ValidationError::custom(key)))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        self.missing(instance).next().is_none()
    }

    fn iter_errors(&self, instance: &'i Value) -> Box<dyn Iterator<Item = ValidationError<'i>> + 'i> {
        let errors: Vec<_> = self.missing(instance).map(ValidationError::custom).collect();
        Box::new(errors.into_iter())
    }
}
