//! Every fault of shape, found by the `jsonschema` crate.
//!
//! The crate sees the document as AWS's client would: members that are `null` are left out, and an unknown
//! value is `null`, for which no fault is reported.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use jsonschema::paths::LocationSegment;
use serde_json::Value;

use super::broken::Broken;
use super::children::Children;
use super::judge::SchemaPart;
use super::place::{PlaceInDocument, Step};
use crate::tree::{Kind, Node};

/// Finds the faults of a document, or of a part of one.
pub(super) struct Validator(jsonschema::Validator);

impl Validator {
    /// Builds the validator for a schema, which takes long: for what there is to find, and nothing else.
    pub(super) fn build(mut schema: Value) -> Validator {
        // What the schemas use means the same in every draft, except that a whole number written as `512.0`
        // is an integer in the newer ones. Building includes reading the meta-schema of the draft, which
        // takes longest for the newest and least for draft 4.
        schema["$schema"] = "http://json-schema.org/draft-04/schema#".into();
        // Without options: the generic parts of the crate would be compiled once more, into ours.
        Validator(jsonschema::validator_for(&schema).expect("the schemas are JSON Schema"))
    }

    /// Everything that violates the schema at a place, each violation with its place, except for anything
    /// inside an unknown value.
    pub(super) fn faults<'d>(
        &self,
        whole: &PlaceInDocument<'d>,
        children: &mut Children<'d>,
    ) -> Vec<(PlaceInDocument<'d>, Broken)> {
        let document = value_of(whole.node);
        let errors = self.0.iter_errors(&document);
        let found = errors.filter_map(|error| Some((find(whole, &error, children)?, broken(&error))));
        let mut faults: Vec<(PlaceInDocument, Broken)> = found.collect();
        // The crate does not know `x-required-unless`, nor that a string with holes stays one.
        whole.each_written(&mut |place| {
            if place.node.stays_text() && !place.node.is_plain() && takes_no_text(place.schema) {
                faults.push((place.clone(), Broken::Type));
            }
            let lacking = place.schema.lacking(place.node).filter(|_| place.node.kind() == Kind::Object);
            faults.extend(lacking.map(|key| (place.clone(), Broken::MissingKey(key.to_owned()))));
        });
        faults
    }
}

/// Whether a schema is that of something other than a string.
fn takes_no_text(schema: SchemaPart) -> bool {
    matches!(schema.wanted(), "integer" | "number" | "boolean" | "array" | "object")
}

/// A node as the crate reads it.
fn value_of(node: Node) -> Value {
    match node.kind() {
        Kind::Null | Kind::Unknown => Value::Null,
        Kind::Text if !node.is_plain() => Value::Null,
        Kind::Text => node.text().into(),
        Kind::Bool => node.as_bool().into(),
        Kind::Number => number(node),
        Kind::List => node.items().map(value_of).collect(),
        Kind::Object => {
            let written = node.members().filter(|(_, member)| member.kind() != Kind::Null);
            written.map(|(key, member)| (key.text().to_owned(), value_of(member))).collect()
        }
    }
}

/// A number. An integer stays an integer even if 64 bits cannot hold it: it is then beyond every limit of a
/// schema.
pub(super) fn number(node: Node) -> Value {
    match node.as_integer() {
        Some(integer) => integer.into(),
        None if node.text().contains(['.', 'e', 'E']) => {
            serde_json::from_str(node.text()).unwrap_or_else(|_| f64::MAX.into())
        }
        None if node.text().starts_with('-') => i64::MIN.into(),
        None => u64::MAX.into(),
    }
}

/// The node that an error is about, unless it is unknown.
fn find<'d>(
    whole: &PlaceInDocument<'d>,
    error: &ValidationError,
    children: &mut Children<'d>,
) -> Option<PlaceInDocument<'d>> {
    let mut place = whole.clone();
    for segment in error.instance_path().segments() {
        let (step, node) = match segment {
            LocationSegment::Property(key) => {
                let (key, node) = children.member(place.node, &key)?;
                (Step::Key(key), node)
            }
            LocationSegment::Index(position) => (Step::Item(position), children.item(place.node, position)?),
        };
        place = place.step(step, node)?;
    }
    let is_known = match place.node.kind() {
        Kind::Text => place.node.is_plain(),
        kind => kind != Kind::Unknown,
    };
    is_known.then_some(place)
}

fn broken(error: &ValidationError) -> Broken {
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => Broken::UnknownKeys(unexpected.clone()),
        ValidationErrorKind::Required { property } => {
            Broken::MissingKey(property.as_str().unwrap_or_default().to_owned())
        }
        ValidationErrorKind::Type { .. } => Broken::Type,
        ValidationErrorKind::Enum { .. } => Broken::Value("enum"),
        ValidationErrorKind::Pattern { .. } => Broken::Value("pattern"),
        ValidationErrorKind::Minimum { .. } => Broken::Value("minimum"),
        ValidationErrorKind::Maximum { .. } => Broken::Value("maximum"),
        ValidationErrorKind::MinLength { .. } => Broken::Value("minLength"),
        ValidationErrorKind::MaxLength { .. } => Broken::Value("maxLength"),
        ValidationErrorKind::MinItems { .. } => Broken::Value("minItems"),
        ValidationErrorKind::MaxItems { .. } => Broken::Value("maxItems"),
        ValidationErrorKind::MinProperties { .. } => Broken::Value("minProperties"),
        other => unreachable!("the schemas have no such keyword: {other:?}"),
    }
}
