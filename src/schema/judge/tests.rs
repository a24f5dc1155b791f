//! The judge is compared with the `jsonschema` crate: both find the same faults in every document, and in
//! every document with one value replaced.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use jsonschema::paths::LocationSegment;
use serde_json::json;

use super::*;
use crate::document::{DocumentKind, Form, ServiceForm};
use crate::schema::{TEXTS, name_of};

macro_rules! document {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/", $name, ".json"))
    };
}

/// Documents that contain every member of a request, each with its kind.
const DOCUMENTS: &[(&str, DocumentKind)] = &[
    (document!("task-definition"), DocumentKind::TaskDefinition(Form::Input)),
    (document!("create-service"), DocumentKind::Service(ServiceForm::Create)),
    (document!("update-service"), DocumentKind::Service(ServiceForm::Update)),
    (document!("create-task-set"), DocumentKind::Service(ServiceForm::TaskSet)),
    (document!("scalable-target"), DocumentKind::ScalableTarget(Form::Input)),
    (document!("scaling-policy"), DocumentKind::ScalingPolicy(Form::Input)),
    (document!("scheduled-action"), DocumentKind::ScheduledAction(Form::Input)),
];

/// The validator of the crate for a schema.
fn validator(schema: &Value) -> jsonschema::Validator {
    // What the schemas use means the same in every draft, except that a whole number written as `512.0` is an
    // integer in the newer ones.
    let mut schema = schema.clone();
    schema["$schema"] = "http://json-schema.org/draft-04/schema#".into();
    jsonschema::validator_for(&schema).expect("the schemas are JSON Schema")
}

/// The faults that the crate finds, each with the node that it is about, except for those of
/// `x-required-unless`, which the crate does not know.
fn faults_by_crate<'d>(validator: &jsonschema::Validator, root: Node<'d>) -> Vec<(Node<'d>, Broken)> {
    let document = value_of(root);
    let errors = validator.iter_errors(&document);
    let found = errors.map(|error| (node_of(root, &error), broken(&error)));
    let is_known = |node: Node| match node.kind() {
        Kind::Text => node.is_plain(),
        kind => kind != Kind::Unknown,
    };
    found.filter(|(node, _)| is_known(*node)).collect()
}

/// A node as the crate is to see it: members that are `null` are left out, and what is unknown is `null`.
fn value_of(node: Node) -> Value {
    match node.kind() {
        Kind::Null | Kind::Unknown => Value::Null,
        Kind::Text if !node.is_plain() => Value::Null,
        Kind::Text => node.text().into(),
        Kind::Bool => node.as_bool().into(),
        Kind::Number => serde_json::from_str(node.text()).expect("a number"),
        Kind::List => node.items().map(value_of).collect(),
        Kind::Object => {
            let written = node.members().filter(|(_, member)| member.kind() != Kind::Null);
            written.map(|(key, member)| (key.text().to_owned(), value_of(member))).collect()
        }
    }
}

fn node_of<'d>(root: Node<'d>, error: &ValidationError) -> Node<'d> {
    error.instance_path().segments().fold(root, |node, segment| {
        let found = match segment {
            LocationSegment::Property(key) => node.get(&key),
            LocationSegment::Index(position) => node.items().nth(position),
        };
        found.expect("the error is about a part of the document")
    })
}

fn broken(error: &ValidationError) -> Broken {
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => Broken::UnknownKeys(unexpected.clone()),
        ValidationErrorKind::Required { property } => {
            Broken::MissingKey(property.as_str().unwrap_or_default().to_owned())
        }
        ValidationErrorKind::Type { .. } => Broken::Type,
        _ => {
            let keyword = error.schema_path().to_string();
            let keyword = keyword.rsplit('/').next().unwrap_or_default().to_owned();
            let known = ["enum", "pattern", "minimum", "maximum", "minLength", "maxLength"];
            let known = known.into_iter().chain(["minItems", "maxItems", "minProperties"]);
            Broken::Value(known.into_iter().find(|one| *one == keyword).expect("a keyword of the schemas"))
        }
    }
}

/// Faults in an order of their own.
fn sorted(faults: Vec<(Node, Broken)>) -> Vec<String> {
    let mut faults: Vec<String> =
        faults.iter().map(|(node, broken)| format!("{}: {broken:?}", node.index())).collect();
    faults.sort();
    faults
}

fn pointers(value: &Value, at: String, found: &mut Vec<String>) {
    found.push(at.clone());
    for (key, member) in value.as_object().into_iter().flatten() {
        pointers(member, format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found);
    }
    for (position, item) in value.as_array().into_iter().flatten().enumerate() {
        pointers(item, format!("{at}/{position}"), found);
    }
}

#[test]
fn the_judge_finds_what_the_crate_finds() {
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(70_000),
        json!(512.5),
        json!(512.0),
        json!(""),
        json!(" a é"),
        json!("café:\u{2028}x"),
        json!("arn:aws:iam::111122223333:role/a b\n"),
        json!("a".repeat(300)),
        json!("é".repeat(128)),
        json!([]),
        json!([null, 1, "a"]),
        json!({}),
        json!({"name": "a", "": null, "x": 1}),
    ];
    let mut faulty = 0;
    for (document, kind) in DOCUMENTS {
        let document: Value = serde_json::from_str(document).expect("the document is JSON");
        let name = name_of(*kind).expect("the kind has a schema");
        let (_, text) = TEXTS.iter().find(|(one, _)| *one == name).expect("the schema is there");
        let schema: Value = serde_json::from_str(text).expect("the schemas are JSON");
        let (judge, validator) = (Judge::read(text), validator(&schema));
        let mut places = Vec::new();
        pointers(&document, String::new(), &mut places);
        for place in places {
            for value in &values {
                let mut mutant = document.clone();
                *mutant.pointer_mut(&place).expect("the place is there") = value.clone();
                let tree = tree_of(&mutant.to_string());
                let root = tree.roots().next().expect("a document");
                let mut found = judge.faults(root);
                // `x-required-unless` demands it.
                found.retain(|(_, broken)| *broken != Broken::MissingKey("alarmNames".to_owned()));
                faulty += usize::from(!found.is_empty());
                let by_crate = sorted(faults_by_crate(&validator, root));
                assert_eq!(sorted(found), by_crate, "{name} with {value} at {place:?}");
            }
        }
    }
    assert!(faulty > 1_000, "{faulty}");
}
