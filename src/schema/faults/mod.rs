//! Faults of shape in our words: what is wrong, where exactly, what AWS would answer, what to
//! write instead.

mod invalid_value;
mod missing_field;
mod respell;
mod unknown_field;
mod wrong_type;

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Broken;
use jsonschema::paths::LocationSegment;
use serde_json::Value;

use super::bridge::Instance;
use super::place::{PlaceInDocument, Step, note};
use super::{Schema, ShapeFault, ShapeRule};
use crate::document::{DocumentKind, Form, ServiceForm};
use crate::finding::{Problem, Severity};
use crate::tree::{Kind, Node, Tree};
use respell::respell;

/// Tells all faults of a document that its schema does not accept.
pub(super) fn explain(schema: &Schema, kind: DocumentKind, tree: &mut Tree, root: u32) -> Vec<ShapeFault> {
    let mut faults = respell(schema, kind, tree, root);
    let mut told = Vec::new();
    let mut forget = Vec::new();
    let mut rename = Vec::new();
    {
        let mut explainer = Explainer {
            kind,
            root: tree.node(root),
            schema,
            forget: Vec::new(),
            rename: Vec::new(),
            misspelled: Vec::new(),
        };
        let errors: Vec<ValidationError> =
            schema.validator.iter_errors(Instance::Node(tree.node(root))).collect();
        // Unknown keys first: one that is nearly the name of a demanded field owns its absence.
        let (unknown, rest): (Vec<_>, Vec<_>) =
            errors.iter().partition(|error| matches!(error.kind(), Broken::AdditionalProperties { .. }));
        for error in unknown.into_iter().chain(rest) {
            told.extend(explainer.tell(error));
        }
        forget.append(&mut explainer.forget);
        rename.append(&mut explainer.rename);
    }
    faults.append(&mut told);
    for (key, name) in rename {
        tree.rename_key(key, &name);
        tree.forget(key + 1);
    }
    for index in forget {
        tree.forget(index);
    }
    faults.sort_by_key(|fault| fault.problem.at.at);
    faults
}

/// An unknown key is no certain refusal where a tool reads the document before AWS does.
fn lowered(problem: Problem, kind: DocumentKind) -> Problem {
    match kind {
        // A newer answer of the API may hold a key that the model here does not know.
        DocumentKind::ContainerDefinitions
        | DocumentKind::Service(ServiceForm::Ecspresso)
        | DocumentKind::TaskDefinition(Form::Described) => problem.at_most(Severity::Warning),
        _ => problem,
    }
}

struct Explainer<'d> {
    kind: DocumentKind,
    root: Node<'d>,
    schema: &'d Schema,
    /// Values that are known to be wrong, by index.
    forget: Vec<u32>,
    /// Keys that are probably meant to be others.
    rename: Vec<(u32, String)>,
    /// Objects with a key that is none of theirs and may be meant for one that they lack.
    misspelled: Vec<u32>,
}

impl<'d> Explainer<'d> {
    fn tell(&mut self, error: &ValidationError) -> Vec<ShapeFault> {
        let Some(place) = self.find(error) else { return Vec::new() };
        let (rule, problem) = match error.kind() {
            Broken::AdditionalProperties { unexpected } => {
                return unexpected.iter().filter_map(|key| self.unknown_field(&place, key)).collect();
            }
            Broken::Required { property } => {
                (ShapeRule::MissingField, self.missing_field(&place, property.as_str().unwrap_or_default()))
            }
            // The only keyword of our own names the key that it misses.
            Broken::Custom { message, .. } => (ShapeRule::MissingField, self.missing_field(&place, message)),
            Broken::Type { .. } => (ShapeRule::WrongType, self.wrong_type(&place)),
            _ => self.invalid_value(&place, keyword(error.kind())),
        };
        problem.map(|problem| ShapeFault { rule, problem }).into_iter().collect()
    }

    /// The node that an error speaks of, unless it stands in something unknown.
    fn find(&self, error: &ValidationError) -> Option<PlaceInDocument<'d>> {
        let mut place = PlaceInDocument::root(self.root, &self.schema.json);
        for segment in error.instance_path().segments() {
            let step = match segment {
                LocationSegment::Property(key) => Step::Key(key.into_owned()),
                LocationSegment::Index(position) => Step::Item(position),
            };
            place = place.step(step)?;
        }
        let is_known = match place.node.kind() {
            Kind::Text => place.node.is_plain(),
            kind => kind != Kind::Unknown,
        };
        is_known.then_some(place)
    }

    fn severity(&self, problem: Problem, schema: &Value, of: &str) -> Problem {
        match note(schema, "x-severity", of).and_then(|name| name.parse().ok()) {
            Some(severity) => problem.at_most(severity),
            None => problem,
        }
    }

    /// AWS's reply to the violation of a keyword, where all that varies in it is known.
    fn words(&self, place: &PlaceInDocument<'d>, keyword: &str) -> Option<String> {
        let template = note(place.schema, "x-aws-says", keyword)?;
        let mut says = template.to_owned();
        if says.contains("{container}") {
            says = says.replace("{container}", place.container_name(self.root)?);
        }
        says = says.replace("{value}", place.node.shown());
        says = says.replace("{path}", &place.path());
        Some(says.replace("{n}", &place.node.items().count().to_string()))
    }
}

fn keyword(broken: &Broken) -> &'static str {
    match broken {
        Broken::Enum { .. } => "enum",
        Broken::Pattern { .. } => "pattern",
        Broken::Minimum { .. } => "minimum",
        Broken::Maximum { .. } => "maximum",
        Broken::MinLength { .. } => "minLength",
        Broken::MaxLength { .. } => "maxLength",
        Broken::MinItems { .. } => "minItems",
        Broken::MaxItems { .. } => "maxItems",
        Broken::MinProperties { .. } => "minProperties",
        Broken::MaxProperties { .. } => "maxProperties",
        other => unreachable!("the schemas have no such keyword: {other:?}"),
    }
}
