//! The judge is compared with the `jsonschema` crate: both give the same verdict on every document, and on
//! every document with one value replaced.

use serde_json::json;

use super::*;
use crate::document::{DocumentKind, Form, ServiceForm};
use crate::schema::children::Children;
use crate::schema::place::PlaceInDocument;
use crate::schema::validator::Validator;
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
    ];
    let mut faulty = 0;
    for (document, kind) in DOCUMENTS {
        let document: Value = serde_json::from_str(document).expect("the document is JSON");
        let name = name_of(*kind).expect("the kind has a schema");
        let (_, text) = TEXTS.iter().find(|(one, _)| *one == name).expect("the schema is there");
        let schema: Value = serde_json::from_str(text).expect("the schemas are JSON");
        let (judge, validator) = (Judge::read(text), Validator::build(&schema));
        let mut places = Vec::new();
        pointers(&document, String::new(), &mut places);
        for place in places {
            for value in &values {
                let mut mutant = document.clone();
                *mutant.pointer_mut(&place).expect("the place is there") = value.clone();
                let tree = tree_of(&mutant.to_string());
                let root = tree.roots().next().expect("a document");
                let whole = PlaceInDocument::root(root, &schema, *kind);
                let faults = validator.faults(&whole, &mut Children::default());
                let is_clean = judge.accepts(root);
                assert_eq!(is_clean, faults.is_empty(), "{name} with {value} at {place:?}: {faults:?}");
                faulty += usize::from(!is_clean);
            }
        }
    }
    assert!(faulty > 1_000, "{faulty}");
}
