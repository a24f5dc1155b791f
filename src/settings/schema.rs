//! The JSON Schema of a settings file, made of the table by which it is read.

use serde_json::{Map, Value, json};

use super::keys::{Key, Kind, SETTINGS};
use super::read::keys_of;
use crate::finding::{Category, Severity};
use crate::rule::{Profile, SettingKind};
use crate::rules::Registry;

/// The JSON Schema of a settings file. `id` is where it can be read.
pub fn json_schema(registry: &Registry, id: &str) -> Value {
    let mut schema = object(SETTINGS, registry);
    let members = schema.as_object_mut().expect("made as an object");
    let names: Vec<&str> = registry.names().collect();
    members.insert(
        "definitions".to_owned(),
        json!({
            "rule": { "enum": names },
            "category": { "enum": Category::ALL.map(Category::name) },
            "name": { "anyOf": [{ "$ref": "#/definitions/rule" }, { "$ref": "#/definitions/category" }] },
            "severity": { "enum": Severity::ALL.map(Severity::name) },
            "profile": { "enum": Profile::CHOICES.map(Profile::name) },
        }),
    );
    let mut whole = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": id,
        "title": "Settings of ecs-lint",
    });
    whole.as_object_mut().expect("made as an object").append(members);
    whole
}

fn object(keys: &[Key], registry: &Registry) -> Value {
    let mut properties = Map::new();
    for key in keys {
        let mut schema = value(key.kind, registry);
        // Beside a `$ref`, draft 7 ignores all else.
        if schema.get("$ref").is_some() {
            schema = json!({ "allOf": [schema] });
        }
        schema["description"] = key.about.into();
        properties.insert(key.name.to_owned(), schema);
    }
    let required: Vec<&str> = keys.iter().filter(|key| key.is_required).map(|key| key.name).collect();
    let mut object = json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

fn value(kind: Kind, registry: &Registry) -> Value {
    let list = |item: Value| json!({ "type": "array", "items": item });
    let definition = |name: &str| json!({ "$ref": format!("#/definitions/{name}") });
    let text = || json!({ "type": "string" });
    match kind {
        Kind::Profile => definition("profile"),
        Kind::Severity => definition("severity"),
        Kind::Category => definition("category"),
        Kind::Rule => definition("rule"),
        Kind::Rules => list(definition("rule")),
        Kind::Names => list(definition("name")),
        Kind::Glob | Kind::Text | Kind::Of(SettingKind::Text) => text(),
        Kind::Globs | Kind::Of(SettingKind::List) => list(text()),
        Kind::Placeholders => list(json!({ "type": "string", "pattern": "^[^*]+\\*[^*]+$" })),
        Kind::Reason => json!({ "type": "string", "pattern": "\\S" }),
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::PerRule => rules(registry),
        Kind::Tables(keys) => list(object(keys, registry)),
        Kind::Of(SettingKind::Number) => json!({ "type": "integer" }),
        Kind::Of(SettingKind::Flag) => json!({ "type": "boolean" }),
    }
}

/// The tables of single rules: those with settings of their own, and all others.
fn rules(registry: &Registry) -> Value {
    let own = registry.rules().filter(|(_, rule)| !rule.settings.is_empty());
    let own: Map<String, Value> =
        own.map(|(_, rule)| (rule.id.to_owned(), object(&keys_of(rule), registry))).collect();
    json!({
        "type": "object",
        "propertyNames": { "$ref": "#/definitions/rule" },
        "properties": own,
        "additionalProperties": object(&[super::keys::SEVERITY], registry),
    })
}
