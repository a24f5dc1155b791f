//! A piece of the API's JSON as Terraform writes it: blocks and attributes.

use serde_json::{Map, Value};

use super::{Member, Names};

/// What is written in a body.
enum Part {
    /// `name = value`
    Attribute(String),
    /// A block, and what is in it.
    Block(String, Vec<Part>),
}

/// Members of an object as code between backquotes, which begins and ends inside of them. `find` gives the names of the
/// outermost ones. Only a block with one attribute fits into a line of HCL, so that of another one, the parts are
/// listed.
pub(super) fn written<'n>(members: &Map<String, Value>, find: impl Fn(&str) -> Option<&'n Member>) -> String {
    let mut parts = Vec::new();
    for (key, value) in members {
        add(key, value, find(key), &mut parts);
    }
    listed(&parts)
}

/// A pair as an attribute of a map.
pub(super) fn pair(key: &str, value: &Value) -> String {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_identifier = key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.chars().all(is_name);
    if is_identifier { format!("{key} = {value}") } else { format!("{} = {value}", Value::from(key)) }
}

fn listed(parts: &[Part]) -> String {
    let parts: Vec<String> = parts.iter().map(Part::written).collect();
    match parts.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{}` and `{last}", others.join("`, `")),
        None => String::new(),
    }
}

impl Part {
    fn written(&self) -> String {
        match self {
            Part::Attribute(text) => text.clone(),
            Part::Block(name, parts) => match parts.as_slice() {
                [] => format!("{name} {{}}"),
                [Part::Attribute(only)] => format!("{name} {{ {only} }}"),
                more => format!("{name}` with `{}", listed(more)),
            },
        }
    }
}

fn add(key: &str, value: &Value, member: Option<&Member>, parts: &mut Vec<Part>) {
    let name = member.map_or(key, |member| &member.name);
    let names = member.map_or(&Names::Kept, |member| &member.below);
    let below = names.object();
    match value {
        Value::Object(inner) if !matches!(below, Names::Kept | Names::Pairs(_)) => {
            let mut own = Vec::new();
            for (key, value) in inner {
                let member = below.member(key);
                let is_beside = member.is_some_and(|member| member.is_beside);
                add(key, value, member, if is_beside { parts } else { &mut own });
            }
            if !own.is_empty() {
                parts.push(Part::Block(name.to_owned(), own));
            }
        }
        Value::Array(items) => match names {
            Names::Pairs(of_key) => {
                let pairs =
                    items.iter().filter_map(|item| Some(pair(item.get(of_key)?.as_str()?, &item["value"])));
                let pairs: Vec<String> = pairs.collect();
                parts.push(Part::Attribute(format!("{name} = {{ {} }}", pairs.join(", "))));
            }
            _ if !items.is_empty() && items.iter().all(Value::is_object) => {
                for item in items {
                    add(key, item, member, parts);
                }
            }
            _ => parts.push(Part::Attribute(format!("{name} = {value}"))),
        },
        other => parts.push(Part::Attribute(format!("{name} = {other}"))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn names(members: &[(&str, &str, bool)], below: impl Fn(&str) -> Names) -> Names {
        let member = |(api, name, is_beside): &(&str, &str, bool)| Member {
            api: (*api).into(),
            name: (*name).into(),
            is_beside: *is_beside,
            below: below(api),
        };
        Names::of_members(members.iter().map(member).collect())
    }

    #[test]
    fn objects_are_blocks() {
        let kept = |_: &str| Names::Kept;
        let strategy = || names(&[("field", "field", false), ("type", "type", false)], kept);
        let service = names(
            &[
                ("network", "network", false),
                ("strategy", "ordered_strategy", false),
                ("count", "count", false),
                ("tags", "tags", false),
            ],
            |api| match api {
                "network" => names(&[("vpc", "network", true)], |_| names(&[("ids", "ids", false)], kept)),
                "strategy" => Names::Items(Box::new(strategy())),
                "tags" => Names::Pairs("key"),
                _ => Names::Kept,
            },
        );
        for (json, expected) in [
            (json!({"network": {"vpc": {"ids": ["a"]}}}), "network { ids = [\"a\"] }"),
            (
                json!({"strategy": [{"type": "b"}, {"type": "c"}], "count": 2}),
                "ordered_strategy { type = \"b\" }`, `ordered_strategy { type = \"c\" }` and `count = 2",
            ),
            (
                json!({"strategy": [{"type": "b", "field": "c"}]}),
                "ordered_strategy` with `type = \"b\"` and `field = \"c\"",
            ),
            (json!({"labels": {"d": "e"}}), "labels = {\"d\":\"e\"}"),
            (
                json!({"tags": [{"key": "f", "value": "g"}, {"key": "h:i", "value": "j"}]}),
                "tags = { f = \"g\", \"h:i\" = \"j\" }",
            ),
        ] {
            let members = json.as_object().expect("an object");
            assert_eq!(written(members, |key| service.member(key)), expected);
        }
    }
}
