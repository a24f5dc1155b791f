//! The judge is compared with the `jsonschema` crate: both give the same verdict on every document, and on
//! every document with one value replaced. The part of a schema that a document violates is violated in the
//! same ways as the whole.

use serde_json::json;

use super::*;
use crate::document::{DocumentKind, Door, Form, ServiceForm};
use crate::schema::broken::Broken;
use crate::schema::children::Children;
use crate::schema::place::PlaceInDocument;
use crate::schema::validator::Validator;
use crate::schema::{Schema, name_of, text_of};

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

fn pointers(value: &Value, at: String, found: &mut Vec<String>) {
    found.push(at.clone());
    for (key, member) in value.as_object().into_iter().flatten() {
        pointers(member, format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found);
    }
    for (position, item) in value.as_array().into_iter().flatten().enumerate() {
        pointers(item, format!("{at}/{position}"), found);
    }
}

/// Changes a schema into what CloudFormation requires.
fn adapt_schema(schema: &mut Value) {
    for keyword in ["items", "additionalProperties"] {
        schema.get_mut(keyword).into_iter().for_each(adapt_schema);
    }
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    properties.values_mut().for_each(adapt_schema);
    let differences = schema["x-cloudformation"].clone();
    let lists = |list: &str, key: &Value| differences[list].as_array().is_some_and(|keys| keys.contains(key));
    let properties = schema["properties"].as_object_mut().expect("it has some");
    properties.retain(|key, _| !lists("lacks", &json!(key)));
    properties.extend(differences["more"].as_object().cloned().unwrap_or_default());
    let mut required = schema["required"].as_array().cloned().unwrap_or_default();
    required.retain(|key| !lists("optional", key));
    required.extend(differences["required"].as_array().cloned().unwrap_or_default());
    if !required.is_empty() {
        schema["required"] = required.into();
    }
}

/// Leaves out what only the API has, and adds what only CloudFormation has.
fn adapt(document: &mut Value, schema: &Value) {
    if let (Some(members), Some(known)) = (document.as_object_mut(), schema.get("properties")) {
        members.retain(|key, _| known.get(key).is_some());
        for (key, member) in members.iter_mut() {
            adapt(member, &known[key]);
        }
        let more = schema.get("x-cloudformation").and_then(|differences| differences.get("more"));
        for key in more.and_then(Value::as_object).into_iter().flat_map(|more| more.keys()) {
            members.insert(key.clone(), json!("x"));
        }
    }
    for item in document.as_array_mut().into_iter().flatten() {
        adapt(item, &schema["items"]);
    }
}

/// Puts the items of the original behind those of the outer lists of a mutant: the same part of a schema judges
/// both.
fn put_beside(mutant: &mut Value, original: &Value) {
    match (mutant, original) {
        (Value::Object(members), Value::Object(originals)) => {
            for (key, member) in members {
                originals.get(key).into_iter().for_each(|original| put_beside(member, original));
            }
        }
        (Value::Array(items), Value::Array(originals)) => items.extend(originals.iter().cloned()),
        _ => {}
    }
}

/// Faults in their order, each with where it is.
fn told(faults: &[(PlaceInDocument, Broken)]) -> Vec<String> {
    faults.iter().map(|(place, broken)| format!("{}: {broken:?}", place.path())).collect()
}

#[test]
fn the_judge_agrees_with_the_crate() {
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
        json!({"enableForceNewDeployment": true}),
    ];
    let mut faulty = 0;
    let doors = [Door::Api, Door::CloudFormation];
    for ((document, kind), door) in DOCUMENTS.iter().flat_map(|one| doors.map(|door| (one, door))) {
        let mut document: Value = serde_json::from_str(document).expect("the document is JSON");
        let name = name_of(*kind).expect("the kind has a schema");
        let schema = Schema::of(name);
        let part = schema.part(door);
        let text = text_of(name).expect("the kind has a schema");
        let mut schema: Value = serde_json::from_str(text).expect("the schema is JSON");
        if door == Door::CloudFormation {
            adapt_schema(&mut schema);
            adapt(&mut document, &schema);
        }
        let validator = Validator::build(schema);
        let mut places = Vec::new();
        pointers(&document, String::new(), &mut places);
        for place in places {
            for value in &values {
                let mut mutant = document.clone();
                *mutant.pointer_mut(&place).expect("the place is there") = value.clone();
                let tree = tree_through(door, &mutant);
                let root = tree.roots().next().expect("a document");
                let whole = PlaceInDocument::root(root, part, *kind);
                let faults = validator.faults(&whole, &mut Children::default());
                let is_clean = part.accepts(root);
                assert_eq!(
                    is_clean,
                    faults.is_empty(),
                    "{name} through {door:?} with {value} at {place:?}: {faults:?}"
                );
                if !is_clean {
                    put_beside(&mut mutant, &document);
                    let tree = tree_through(door, &mutant);
                    let root = tree.roots().next().expect("a document");
                    let whole = PlaceInDocument::root(root, part, *kind);
                    let faults = validator.faults(&whole, &mut Children::default());
                    let reduced = Validator::build(part.reduced(root));
                    let found = reduced.faults(&whole, &mut Children::default());
                    assert_eq!(
                        told(&faults),
                        told(&found),
                        "{name} through {door:?} with {value} at {place:?}"
                    );
                    faulty += 1;
                }
            }
        }
    }
    assert!(faulty > 1_000, "{faulty}");
}
