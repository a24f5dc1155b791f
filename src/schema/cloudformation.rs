//! What differs for a document that comes from a CloudFormation template: `x-cloudformation` in the schemas.

use serde_json::{Map, Value};

/// The date of the resource schemas that the differences were taken from.
pub(super) const DATE: &str = "2026-10-20";

/// A schema as it judges documents from templates.
pub(super) fn adapted(schema: &Value) -> Value {
    let Some(members) = schema.as_object() else { return schema.clone() };
    let mut own: Map<String, Value> = members.clone();
    for keyword in ["items", "additionalProperties"] {
        if let Some(below) = own.get_mut(keyword) {
            *below = adapted(below);
        }
    }
    if let Some(properties) = own.get_mut("properties").and_then(Value::as_object_mut) {
        properties.values_mut().for_each(|property| *property = adapted(property));
    }
    let lists = ["optional", "required", "lacks"].map(|list| listed(schema, list).collect::<Vec<_>>());
    let [optional, required, lacks] = lists;
    if !optional.is_empty() || !required.is_empty() {
        let known = members.get("required").and_then(Value::as_array).into_iter().flatten();
        let kept = known.filter(|key| key.as_str().is_none_or(|key| !optional.contains(&key)));
        let all: Vec<Value> = kept.cloned().chain(required.iter().map(|key| (*key).into())).collect();
        own.insert("required".to_owned(), all.into());
        if let Some(demands) = own.get_mut("x-required-unless").and_then(Value::as_object_mut) {
            demands.retain(|key, _| !required.contains(&key.as_str()));
        }
    }
    if let Some(properties) = own.get_mut("properties").and_then(Value::as_object_mut) {
        properties.retain(|key, _| !lacks.contains(&key.as_str()));
        let more = differences(schema, "more").and_then(Value::as_object).into_iter().flatten();
        properties.extend(more.map(|(key, schema)| (key.clone(), schema.clone())));
    }
    own.into()
}

/// The name in CloudFormation of a key of an object. In a map, keys keep their spelling.
pub(super) fn name_of(schema: &Value, key: &str) -> String {
    let is_known = |members: Option<&Value>| members.is_some_and(|members| members.get(key).is_some());
    let own = differences(schema, "names").and_then(|names| names.get(key)).and_then(Value::as_str);
    match own {
        Some(name) => name.to_owned(),
        None if is_known(schema.get("properties")) || lacks(schema, key) => raised(key),
        None => key.to_owned(),
    }
}

/// Whether only the API has a key of an object.
pub(super) fn lacks(schema: &Value, key: &str) -> bool {
    listed(schema, "lacks").any(|one| one == key)
}

/// Whether only the API requires a key of an object.
pub(super) fn is_unchecked(schema: &Value, key: &str) -> bool {
    listed(schema, "unchecked").any(|one| one == key)
}

/// A word with its first letter in upper case.
pub(super) fn raised(word: &str) -> String {
    with_first(word, str::make_ascii_uppercase)
}

/// A word with its first letter in lower case.
pub(super) fn lowered(word: &str) -> String {
    with_first(word, str::make_ascii_lowercase)
}

fn with_first(word: &str, change: fn(&mut str)) -> String {
    let mut word = word.to_owned();
    if let Some(first) = word.get_mut(..1) {
        change(first);
    }
    word
}

fn differences<'s>(schema: &'s Value, which: &str) -> Option<&'s Value> {
    schema.get("x-cloudformation")?.get(which)
}

fn listed<'s>(schema: &'s Value, which: &str) -> impl Iterator<Item = &'s str> {
    differences(schema, which).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}
