//! The shape of documents: which fields exist, of which types, with which values. The JSON Schemas judge it,
//! on our own nodes; every fault they find becomes a problem in our words.

mod broken;
mod children;
mod editor;
mod faults;
mod judge;
mod place;
mod validator;

use std::sync::{Arc, OnceLock};

use crate::document::{DocumentKind, Door, ServiceForm};
use crate::finding::Problem;
use crate::names::Names;
use crate::source::Cut;
use crate::tree::{Node, Tree};
pub use editor::{editor_schema, editor_schema_of_all};
pub(crate) use faults::UNQUOTE;
use judge::{SchemaPart, Shape, tree_of};
pub(crate) use judge::{ShapeRef, Wanted};

/// The rules about shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShapeRule {
    /// A key that the API does not recognize at this place.
    UnknownField,
    /// A field that the API requires.
    MissingField,
    /// A value of another JSON type than the API requires.
    WrongType,
    /// A value outside an enumeration, a pattern or a range.
    InvalidValue,
    /// Keys that begin with a lower-case letter although the API's begin with an upper-case one.
    MismatchedKeyCase,
    /// `null`.
    LeftoverNull,
    /// A text within the document that is not JSON.
    InvalidSyntax,
}

impl ShapeRule {
    /// The id of the rule.
    pub const fn id(self) -> &'static str {
        match self {
            ShapeRule::UnknownField => "unknown-field",
            ShapeRule::MissingField => "missing-field",
            ShapeRule::WrongType => "wrong-type",
            ShapeRule::InvalidValue => "invalid-value",
            ShapeRule::MismatchedKeyCase => "mismatched-key-case",
            ShapeRule::LeftoverNull => "leftover-null",
            ShapeRule::InvalidSyntax => "invalid-syntax",
        }
    }
}

/// A fault of shape.
#[derive(Debug)]
pub struct ShapeFault {
    /// The rule that it belongs to.
    pub rule: ShapeRule,
    /// What it is.
    pub problem: Problem,
}

/// A field that the task definition of some containers sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldAround {
    /// Its name in the API.
    pub field: String,
    /// Its name for the user.
    pub name: String,
}

impl FieldAround {
    /// The fields that an object sets.
    pub(crate) fn all(object: Node) -> Vec<FieldAround> {
        object.members().map(|(key, _)| FieldAround::of(object, key.text())).collect()
    }

    /// A field of an object, by its name in the API.
    fn of(object: Node, field: &str) -> FieldAround {
        let name = object.names().and_then(|names| names.member(field));
        let name = name.map_or_else(|| field.to_owned(), |member| member.name.to_string());
        FieldAround { field: field.to_owned(), name }
    }
}

macro_rules! schemas {
    ($($name:literal),* $(,)?) => {
        /// The names of the schemas and their texts, without layout.
        pub const TEXTS: &[(&str, &str)] = &[
            $(($name, include_str!(concat!(env!("OUT_DIR"), "/", $name, ".json")))),*
        ];
    };
}

schemas![
    "task-definition",
    "container-definitions",
    "create-service",
    "update-service",
    "create-task-set",
    "scalable-target",
    "scaling-policy",
    "scheduled-action",
    "target-tracking",
    "step-scaling",
    "predictive-scaling",
];

/// The text of the schema with a name.
fn text_of(name: &str) -> Option<&'static str> {
    TEXTS.iter().find(|(one, _)| *one == name).map(|(_, text)| *text)
}

/// The name of the schema that judges a kind of document; `None` if the kind is not judged.
pub const fn name_of(kind: DocumentKind) -> Option<&'static str> {
    Some(match kind {
        DocumentKind::TaskDefinition(_) => "task-definition",
        DocumentKind::ContainerDefinitions => "container-definitions",
        DocumentKind::Service(ServiceForm::Update) => "update-service",
        DocumentKind::Service(ServiceForm::TaskSet) => "create-task-set",
        DocumentKind::Service(_) => "create-service",
        DocumentKind::ScalableTarget(_) => "scalable-target",
        DocumentKind::ScalingPolicy(_) => "scaling-policy",
        DocumentKind::ScheduledAction(_) => "scheduled-action",
        DocumentKind::TargetTracking => "target-tracking",
        DocumentKind::StepScaling => "step-scaling",
        DocumentKind::PredictiveScaling => "predictive-scaling",
        DocumentKind::AppSpec | DocumentKind::Workflow => return None,
    })
}

/// The date of the resource schemas that the differences of CloudFormation were taken from: `x-cloudformation`.
const CLOUDFORMATION_DATE: &str = "2026-10-20";

/// The date of AWS's model that the schemas were generated from, `YYYY-MM-DD`.
pub fn model_date() -> &'static str {
    let (_, text) = TEXTS[0];
    let (_, rest) = text.split_once("\"date\":\"").expect("each schema tells the date of its model");
    rest.cut(.."2026-01-01".len())
}

/// A schema.
struct Schema {
    shape: &'static Shape,
    text: &'static str,
    /// The schema as it is written, which only explanations need.
    tree: OnceLock<Arc<Tree>>,
    /// The user's names of its fields, by where a document comes from.
    names: [OnceLock<Arc<Names>>; 3],
}

impl Schema {
    fn of(name: &str) -> Schema {
        let shape = Shape::of_document(name).expect("every schema has a table");
        let text = text_of(name).expect("every kind of document has a schema");
        Schema { shape, text, tree: OnceLock::new(), names: Default::default() }
    }

    /// What it says about a document that comes through a door.
    fn part(&self, door: Door) -> SchemaPart<'_> {
        let tree = self.tree.get_or_init(|| tree_of(self.text));
        SchemaPart::whole(self.shape, tree.roots().next().expect("a schema is JSON"), door)
    }
}

/// The schemas.
pub struct Schemas {
    all: [Schema; TEXTS.len()],
}

impl Default for Schemas {
    fn default() -> Schemas {
        Schemas { all: std::array::from_fn(|position| Schema::of(TEXTS[position].0)) }
    }
}

impl Schemas {
    fn get(&self, kind: DocumentKind) -> Option<&Schema> {
        let name = name_of(kind)?;
        TEXTS.iter().position(|(one, _)| *one == name).map(|position| &self.all[position])
    }

    /// The shape of a kind of document; `None` if the kind is not judged.
    pub(crate) fn shape(&self, kind: DocumentKind) -> Option<ShapeRef> {
        Some(ShapeRef::new(self.get(kind)?.shape))
    }

    /// The user's names of the fields of a kind of document; `None` if the kind is not judged, or if they are those of
    /// the API.
    pub(crate) fn names(&self, kind: DocumentKind, door: Door) -> Option<Arc<Names>> {
        let schema = self.get(kind)?;
        let shape = ShapeRef::new(schema.shape);
        let names = &schema.names[door as usize];
        Some(Arc::clone(match door {
            Door::Api => return None,
            Door::CloudFormation => names.get_or_init(|| Arc::new(shape.names())),
            Door::Terraform => names.get_or_init(|| Arc::new(shape.names_in_terraform())),
        }))
    }

    /// Judges the document that begins at a node of a tree. Keys in another spelling get the API's, so that
    /// later readers find what is below them; values of the wrong shape become unknown. The faults are in the
    /// order of the text.
    pub fn check(&self, kind: DocumentKind, tree: &mut Tree, root: u32) -> Vec<ShapeFault> {
        self.check_within(kind, tree, root, &[])
    }

    /// The same for a list of containers, if the task definition that they belong to is elsewhere and sets some fields.
    pub(crate) fn check_within(
        &self,
        kind: DocumentKind,
        tree: &mut Tree,
        root: u32,
        set_around: &[FieldAround],
    ) -> Vec<ShapeFault> {
        let Some(schema) = self.get(kind) else { return Vec::new() };
        if !tree.holds_null && schema.shape.accepts(tree.node(root)) {
            return Vec::new();
        }
        faults::explain(schema.part(tree.door), kind, tree, root, set_around)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;

    fn each<'v>(value: &'v Value, visit: &mut impl FnMut(&'v str, &'v Value)) {
        for (key, member) in value.as_object().into_iter().flatten() {
            visit(key, member);
            each(member, visit);
        }
    }

    /// A hint that names a nonexistent field would be misleading.
    #[test]
    fn hints_speak_of_fields_that_there_are() {
        let schemas: Vec<Value> =
            TEXTS.iter().map(|(_, text)| serde_json::from_str(text).expect("JSON")).collect();
        let mut known = BTreeSet::new();
        let mut hints = BTreeSet::new();
        for schema in &schemas {
            each(schema, &mut |key, value| {
                let members = value.as_object();
                match key {
                    // A key may have this name too.
                    "properties" => known.extend(members.into_iter().flatten().map(|(key, _)| key.as_str())),
                    "x-key-hints" => {
                        let texts = members.expect("an object").values();
                        hints.extend(texts.map(|text| text.as_str().expect("a text")));
                    }
                    _ => {}
                }
            });
        }
        assert!(hints.len() > 30 && known.len() > 200);
        let is_word = |word: &&str| word.starts_with(|c: char| c.is_ascii_lowercase()) && word.len() > 2;
        // Words that occur in a value, or in the name of a call, and are not fields.
        let values = ["curl", "http", "localhost", "exit", "true", "service", "cluster", "update"];
        for hint in hints {
            for quoted in hint.split('`').skip(1).step_by(2) {
                let words = quoted.split(|c: char| !c.is_ascii_alphanumeric()).filter(is_word);
                let unknown: Vec<&str> =
                    words.filter(|word| !known.contains(word) && !values.contains(word)).collect();
                assert!(unknown.is_empty(), "{unknown:?} in: {hint}");
            }
        }
    }

    #[test]
    fn every_schema_has_a_table_and_is_flat() {
        for (name, text) in TEXTS {
            Schema::of(name);
            for branch in ["\"$ref\"", "\"oneOf\"", "\"anyOf\"", "\"allOf\"", "\"if\"", "\"not\""] {
                assert!(!text.contains(branch), "{name} holds {branch}");
            }
            assert!(text.contains(model_date()), "{name} is of another model");
        }
    }
}
