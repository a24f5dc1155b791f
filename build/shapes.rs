//! Writes what the schemas require as tables in Rust, for `src/schema/judge/shape.rs`: a program that reads the schemas
//! first spends a quarter of a short run on it.
//!
//! The schemas are flat: no references, no branches. A keyword that the tables have no place for stops the build.

use std::collections::HashMap;
use std::fmt::Write;

use serde_json::Value;

use crate::hash::hash;

/// The tables.
#[derive(Default)]
pub(crate) struct Tables {
    /// What is written so far.
    text: String,
    /// The tables that are there, by what they contain: equal ones are written once.
    known: HashMap<String, String>,
    /// The schemas: their names, and their shapes.
    roots: Vec<(String, String)>,
}

impl Tables {
    /// Adds a schema.
    pub(crate) fn add(&mut self, name: &str, text: &str) {
        let schema: Value = serde_json::from_str(text).expect("a schema is JSON");
        let shape = self.shape(&schema);
        self.roots.push((name.to_owned(), shape));
    }

    /// The tables of all schemas.
    pub(crate) fn finish(mut self) -> String {
        self.text.push_str("/// The shapes of whole documents, by the names of the schemas.\n");
        self.text.push_str("pub(super) static DOCUMENTS: &[(&str, &Shape)] = &[\n");
        for (name, shape) in &self.roots {
            writeln!(self.text, "    ({name:?}, {shape}),").expect("a text takes everything");
        }
        self.text.push_str("];\n");
        self.text
    }

    /// A table of its own, and the reference to it.
    fn table(&mut self, kind: &str, content: String) -> String {
        if let Some(known) = self.known.get(&content) {
            return known.clone();
        }
        let name = format!("{}_{}", kind.to_uppercase(), self.known.len());
        writeln!(self.text, "static {name}: {kind} = {content};").expect("a text takes everything");
        self.known.insert(content, format!("&{name}"));
        format!("&{name}")
    }

    fn shape(&mut self, schema: &Value) -> String {
        let mut shape = Fields::of(&["types", "limits", "required", "required_unless", "properties"]);
        let mut limits = Vec::new();
        for (keyword, says) in members(schema) {
            match keyword {
                "type" => shape.set("types", list(one_or_many(says).map(|name| kind(text(name))))),
                "enum" => limits.push(format!("Limit::Enum({})", list(items(says).map(scalar)))),
                "pattern" => {
                    let pattern = self.table("Pattern", format!("Pattern::new({:?})", text(says)));
                    limits.push(format!("Limit::Pattern({pattern})"));
                }
                "minimum" => limits.push(format!("Limit::Minimum({})", number(says))),
                "maximum" => limits.push(format!("Limit::Maximum({})", number(says))),
                "minLength" => limits.push(format!("Limit::MinLength({})", count(says))),
                "maxLength" => limits.push(format!("Limit::MaxLength({})", count(says))),
                "minItems" => limits.push(format!("Limit::MinItems({})", count(says))),
                "maxItems" => limits.push(format!("Limit::MaxItems({})", count(says))),
                "minProperties" => limits.push(format!("Limit::MinProperties({})", count(says))),
                "required" => shape.set("required", keys(says)),
                "x-required-unless" => shape.set("required_unless", list(members(says).map(demand))),
                "properties" => shape.set("properties", self.properties(says)),
                "additionalProperties" if says == &Value::Bool(false) => {
                    shape.set("others", "Others::Refused".to_owned());
                }
                "additionalProperties" => {
                    let values = self.shape(says);
                    shape.set("others", format!("Others::Shaped({values})"));
                }
                "items" => {
                    let items = self.shape(says);
                    shape.set("items", format!("Some({items})"));
                }
                "x-cloudformation" => {
                    let differences = self.in_cloudformation(says);
                    shape.set("in_cloudformation", format!("Some({differences})"));
                }
                "$schema" | "$id" | "title" | "description" => {}
                annotation => assert!(annotation.starts_with("x-"), "no schema of ours has `{annotation}`"),
            }
        }
        if !limits.is_empty() {
            shape.set("limits", list(limits.into_iter()));
        }
        let defaults = [("others", "Others::Any"), ("items", "None"), ("in_cloudformation", "None")];
        self.table("Shape", shape.finish("Shape", &defaults))
    }

    /// The members that an object may have, sorted by the hashes of their keys.
    fn properties(&mut self, says: &Value) -> String {
        let mut properties: Vec<(&str, &Value)> = members(says).collect();
        properties.sort_by_key(|(name, _)| hash(name));
        let properties: Vec<String> = properties.into_iter().map(|one| self.member(one)).collect();
        list(properties.into_iter())
    }

    fn member(&mut self, (name, schema): (&str, &Value)) -> String {
        format!("({}, {})", key(name), self.shape(schema))
    }

    fn in_cloudformation(&mut self, says: &Value) -> String {
        let mut here = Fields::of(&["names", "optional", "required", "lacks", "more"]);
        for (difference, says) in members(says) {
            match difference {
                "names" => {
                    let names =
                        members(says).map(|(api, name)| format!("({}, {})", key(text(name)), key(api)));
                    here.set("names", list(names));
                }
                "optional" | "required" | "lacks" => here.set(difference, keys(says)),
                // Only explanations need it.
                "unchecked" => {}
                "more" => {
                    let more: Vec<String> = members(says).map(|one| self.member(one)).collect();
                    here.set("more", list(more.into_iter()));
                }
                other => panic!("no schema of ours has `x-cloudformation/{other}`"),
            }
        }
        self.table("InCloudFormation", here.finish("InCloudFormation", &[]))
    }
}

/// The fields of a table.
struct Fields(Vec<(String, String)>);

impl Fields {
    /// Fields that are empty lists.
    fn of(names: &[&str]) -> Fields {
        Fields(names.iter().map(|name| ((*name).to_owned(), "&[]".to_owned())).collect())
    }

    fn set(&mut self, name: &str, value: String) {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value));
    }

    /// The table, with the fields that have a default besides.
    fn finish(mut self, kind: &str, defaults: &[(&str, &str)]) -> String {
        for (name, value) in defaults {
            if self.0.iter().all(|(known, _)| known != name) {
                self.set(name, (*value).to_owned());
            }
        }
        // Equal tables are equal texts.
        self.0.sort();
        let fields: Vec<String> = self.0.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        format!("{kind} {{ {} }}", fields.join(", "))
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("&[{}]", items.collect::<Vec<_>>().join(", "))
}

fn keys(says: &Value) -> String {
    list(items(says).map(|name| key(text(name))))
}

fn key(name: &str) -> String {
    format!("Key {{ name: {name:?}, hash: {} }}", hash(name))
}

/// A key, and `{other: value}`.
fn demand((name, unless): (&str, &Value)) -> String {
    let (other, value) = members(unless).next().expect("it names another key");
    format!("Demand {{ key: {}, other: {}, value: {} }}", key(name), key(other), scalar(value))
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => format!("Scalar::Text({text:?})"),
        Value::Bool(bool) => format!("Scalar::Bool({bool})"),
        other => format!("Scalar::Number({})", number(other)),
    }
}

fn kind(name: &str) -> String {
    let kind = match name {
        "string" => "String",
        "number" => "Number",
        "integer" => "Integer",
        "boolean" => "Boolean",
        "array" => "Array",
        "object" => "Object",
        other => panic!("no schema of ours has the type `{other}`"),
    };
    format!("Type::{kind}")
}

fn number(value: &Value) -> String {
    format!("{:?}", value.as_f64().expect("a schema has numbers for bounds"))
}

fn count(value: &Value) -> u64 {
    value.as_u64().expect("a schema counts in whole numbers")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().expect("an object").iter().map(|(key, value)| (key.as_str(), value))
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().expect("a list").iter()
}

/// The items of a list, or the one value that is there instead.
fn one_or_many(value: &Value) -> impl Iterator<Item = &Value> {
    let one = (!value.is_array()).then_some(value);
    one.into_iter().chain(value.as_array().into_iter().flatten())
}
