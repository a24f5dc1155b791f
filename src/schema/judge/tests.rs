//! The judge is held against the `jsonschema` crate: both say the same of every document, and of
//! every document with one value replaced.

use std::collections::BTreeSet;

use jsonschema::error::ValidationErrorKind;
use serde_json::json;

use super::*;
use crate::document::{DocumentKind, Form, ServiceForm};
use crate::schema::{TEXTS, name_of};

/// A fault: where, and what.
type Verdict = (String, String);

macro_rules! document {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/", $name, ".json"))
    };
}

/// Documents that hold every member of a request, each with the kind that it is of.
const DOCUMENTS: &[(&str, DocumentKind)] = &[
    (document!("task-definition"), DocumentKind::TaskDefinition(Form::Input)),
    (document!("create-service"), DocumentKind::Service(ServiceForm::Create)),
    (document!("update-service"), DocumentKind::Service(ServiceForm::Update)),
    (document!("create-task-set"), DocumentKind::Service(ServiceForm::TaskSet)),
    (document!("scalable-target"), DocumentKind::ScalableTarget(Form::Input)),
    (document!("scaling-policy"), DocumentKind::ScalingPolicy(Form::Input)),
    (document!("scheduled-action"), DocumentKind::ScheduledAction(Form::Input)),
];

fn ours(judge: &Judge, schema: &Value, kind: DocumentKind, document: &Value) -> BTreeSet<Verdict> {
    let tree = tree_of(&document.to_string());
    let root = tree.roots().next().expect("a document");
    let faults = judge.faults(&PlaceInDocument::root(root, schema, kind));
    assert_eq!(faults.is_empty(), judge.accepts(root), "{document}");
    let verdict = |(place, broken): (PlaceInDocument, Broken)| {
        let what = match broken {
            Broken::UnknownKeys(keys) => format!("unknown {:?}", BTreeSet::from_iter(keys)),
            Broken::MissingKey(key) => format!("missing {key}"),
            Broken::Type => "type".to_owned(),
            Broken::Value(keyword) => keyword.to_owned(),
        };
        (place.node.pointer(), what)
    };
    faults.into_iter().map(verdict).collect()
}

fn theirs(validator: &jsonschema::Validator, document: &Value) -> BTreeSet<Verdict> {
    let document = without_null_members(document);
    let verdict = |error: jsonschema::ValidationError| {
        let what = match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                format!("unknown {:?}", BTreeSet::from_iter(unexpected))
            }
            ValidationErrorKind::Required { property } => {
                format!("missing {}", property.as_str().unwrap_or_default())
            }
            kind => kind.keyword().to_owned(),
        };
        (error.instance_path().to_string(), what)
    };
    validator.iter_errors(&document).map(verdict).collect()
}

fn without_null_members(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let written = members.iter().filter(|(_, value)| !value.is_null());
            written.map(|(key, value)| (key.clone(), without_null_members(value))).collect()
        }
        Value::Array(items) => items.iter().map(without_null_members).collect(),
        other => other.clone(),
    }
}

fn without_own_keywords(schema: &mut Value) {
    if let Value::Object(members) = schema {
        members.retain(|key, _| key != "x-required-unless" && key != "$schema");
        members.values_mut().for_each(without_own_keywords);
    }
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
        let mut schema: Value = serde_json::from_str(text).expect("the schemas are JSON");
        without_own_keywords(&mut schema);
        let judge = Judge::read(&schema.to_string());
        let options = jsonschema::options().with_draft(jsonschema::Draft::Draft4);
        let options = options.with_pattern_options(jsonschema::PatternOptions::regex());
        let validator = options.build(&schema).expect("the schemas are JSON Schema");
        let mut places = Vec::new();
        pointers(&document, String::new(), &mut places);
        for place in places {
            for value in &values {
                let mut mutant = document.clone();
                *mutant.pointer_mut(&place).expect("the place is there") = value.clone();
                let (own, other) = (ours(&judge, &schema, *kind, &mutant), theirs(&validator, &mutant));
                assert_eq!(own, other, "{name} with {value} at {place:?}");
                faulty += usize::from(!own.is_empty());
            }
        }
    }
    assert!(faulty > 1_000, "{faulty}");
}
