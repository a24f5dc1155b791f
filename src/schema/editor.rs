//! The schemas for editors: a template that a tool renders later is not a fault, `null` and `$schema` are
//! allowed, and the kinds of documents are told apart by their content.

use serde_json::{Map, Value, json};

use super::{TEXTS, text_of};

/// What VS Code supports best.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// Placeholders in a text: `${X}`, `$X`, `$(X)`, `{{ x }}`, `<X>`, `#{x}`, `%X%`, `@X@`, `__X__`, and
/// words in capitals that stand for a value, such as `YOUR_BUCKET`.
const PLACEHOLDER: &str = r"\$[{(A-Za-z_]|\{\{|\{%|<[^<>]+>|#\{|%[A-Za-z_]+%|@[A-Za-z_]+@|__[A-Za-z_]+__|^[A-Z][A-Z0-9]*_[A-Z0-9_]+$";

/// The keys that identify a kind of document, in the order in which they are checked: one of the sets is
/// there.
const SIGNS: &[(&str, &[&[&str]])] = &[
    ("task-definition", &[&["containerDefinitions"], &["family"]]),
    ("scheduled-action", &[&["ScheduledActionName"], &["ScalableTargetAction"]]),
    ("scaling-policy", &[&["PolicyName"], &["PolicyType"]]),
    ("scalable-target", &[&["ScalableDimension"], &["MinCapacity"], &["MaxCapacity"]]),
    ("target-tracking", &[&["TargetValue"]]),
    ("step-scaling", &[&["AdjustmentType"], &["StepAdjustments"]]),
    ("predictive-scaling", &[&["MetricSpecifications"]]),
    ("create-task-set", &[&["service", "externalId"], &["service", "scale"]]),
    ("update-service", &[&["service"]]),
    ("create-service", &[&["serviceName"]]),
];

/// The schema with a name for editors, or `None` if there is no such schema.
pub fn editor_schema(name: &str) -> Option<Value> {
    let mut schema = lenient(&read(name)?);
    let members = schema.as_object_mut()?;
    members.insert("$schema".to_owned(), DRAFT.into());
    members.insert("$id".to_owned(), format!("{}/{name}.editor.json", home()).into());
    Some(schema)
}

/// The schema for editors for all kinds of documents: the keys of a document decide which one applies. A
/// document without any of them may contain anything.
pub fn editor_schema_of_all() -> Value {
    let definitions: Map<String, Value> =
        TEXTS.iter().filter_map(|(name, _)| Some(((*name).to_owned(), lenient(&read(name)?)))).collect();
    let refer = |name: &str| json!({"$ref": format!("#/definitions/{name}")});
    let containers = json!({
        "if": {"type": "array", "items": {"type": "object", "required": ["image"]}, "minItems": 1},
        "then": refer("container-definitions"),
    });
    let by_content = SIGNS.iter().rev().fold(containers, |otherwise, (name, sets)| {
        let any: Vec<Value> = sets.iter().map(|keys| json!({"required": keys})).collect();
        json!({"if": {"type": "object", "anyOf": any}, "then": refer(name), "else": otherwise})
    });
    let mut schema = json!({
        "$schema": DRAFT,
        "$id": format!("{}/ecs.editor.json", home()),
        "title": "Amazon ECS document",
    });
    let members = schema.as_object_mut().expect("made as an object");
    members.extend(by_content.as_object().expect("made as an object").clone());
    members.insert("definitions".to_owned(), definitions.into());
    schema
}

fn home() -> String {
    const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");
    format!("{REPOSITORY}/schemas")
}

fn read(name: &str) -> Option<Value> {
    let mut schema: Value = serde_json::from_str(text_of(name)?).expect("the schemas are JSON");
    let members = schema.as_object_mut().expect("a schema is an object");
    members.retain(|keyword, _| keyword != "$schema" && keyword != "$id");
    if let Some(required) = members.get_mut("required").and_then(Value::as_array_mut) {
        // The command line may name what is scaled.
        required.retain(|key| {
            !["ServiceNamespace", "ResourceId", "ScalableDimension"].iter().any(|of| key == of)
        });
    }
    if let Some(properties) = members.get_mut("properties").and_then(Value::as_object_mut) {
        properties.insert("$schema".to_owned(), json!({"type": "string"}));
    }
    Some(schema)
}

/// A schema that allows placeholders and `null`, without our own keywords.
fn lenient(schema: &Value) -> Value {
    let Some(members) = schema.as_object() else { return schema.clone() };
    let mut new = Map::new();
    for (keyword, value) in members.iter().filter(|(keyword, _)| !keyword.starts_with("x-")) {
        let value = match (keyword.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                properties.iter().map(|(key, schema)| (key.clone(), lenient(schema))).collect()
            }
            ("items" | "additionalProperties", schema) => lenient(schema),
            ("type", one) => with_null_and_text(one),
            // A template may be longer than its result.
            ("maxLength", _) => continue,
            ("pattern", Value::String(pattern)) => format!("(?:{pattern})|(?:{PLACEHOLDER})").into(),
            // What is not an error in a report is not an error here.
            ("required", Value::Array(keys)) => {
                keys.iter().filter(|key| !is_lowered(members, key)).cloned().collect()
            }
            (_, value) => value.clone(),
        };
        new.insert(keyword.clone(), value);
    }
    let holds_text = members.get("type").is_some_and(|one| *one == "string");
    if !holds_text && members.contains_key("type") {
        // Of everything that the schema allows, only texts have a pattern.
        new.insert("pattern".to_owned(), PLACEHOLDER.into());
    }
    // Output of AWS is a document too.
    if let (Some(Value::Array(answered)), Some(Value::Object(properties))) =
        (members.get("x-response-only"), new.get_mut("properties"))
    {
        properties.extend(answered.iter().filter_map(Value::as_str).map(|key| (key.to_owned(), true.into())));
    }
    if let Some(choices) = new.remove("enum") {
        let any = json!([{"enum": choices}, {"type": "string", "pattern": PLACEHOLDER}, {"type": "null"}]);
        new.insert("anyOf".to_owned(), any);
    }
    new.into()
}

/// Whether a key may be missing, for a warning.
fn is_lowered(members: &Map<String, Value>, key: &Value) -> bool {
    let severities = members.get("x-severity").and_then(Value::as_object);
    severities.zip(key.as_str()).is_some_and(|(all, key)| all.contains_key(&format!("required/{key}")))
}

/// A type, a list of types with it, a text and `null`.
fn with_null_and_text(one: &Value) -> Value {
    let own = match one {
        Value::Array(own) => own.as_slice(),
        own => std::slice::from_ref(own),
    };
    let more = ["string", "null"].map(Value::from);
    let new = more.iter().filter(|one| !own.contains(one));
    own.iter().chain(new).cloned().collect()
}
