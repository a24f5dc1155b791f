//! A piece of the API's JSON as Terraform writes it: blocks and attributes.

use serde_json::{Map, Value};

use super::{Member, Names};

/// Writes members of an object. `find` gives the names of the outermost ones.
pub(super) fn written<'n>(members: &Map<String, Value>, find: impl Fn(&str) -> Option<&'n Member>) -> String {
    let mut parts = Vec::new();
    for (key, value) in members {
        add(key, value, find(key), &mut parts);
    }
    parts.join(" ")
}

fn add(key: &str, value: &Value, member: Option<&Member>, parts: &mut Vec<String>) {
    let name = member.map_or(key, |member| &member.name);
    let below = member.map_or(&Names::Kept, |member| member.below.object());
    match value {
        Value::Object(inner) if *below != Names::Kept => {
            let mut own = Vec::new();
            for (key, value) in inner {
                let member = below.member(key);
                let is_beside = member.is_some_and(|member| member.is_beside);
                add(key, value, member, if is_beside { parts } else { &mut own });
            }
            if !own.is_empty() {
                parts.push(format!("{name} {{ {} }}", own.join(" ")));
            }
        }
        Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_object) => {
            for item in items {
                add(key, item, member, parts);
            }
        }
        other => parts.push(format!("{name} = {other}")),
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
        let service = names(
            &[
                ("network", "network", false),
                ("strategy", "ordered_strategy", false),
                ("count", "count", false),
            ],
            |api| match api {
                "network" => names(&[("vpc", "network", true)], |_| names(&[("ids", "ids", false)], kept)),
                "strategy" => Names::Items(Box::new(names(&[("type", "type", false)], kept))),
                _ => Names::Kept,
            },
        );
        let json = json!({
            "network": {"vpc": {"ids": ["a"]}},
            "strategy": [{"type": "b"}, {"type": "c"}],
            "count": 2,
            "labels": {"d": "e"},
        });
        let text = written(json.as_object().expect("an object"), |key| service.member(key));
        let blocks =
            "network { ids = [\"a\"] } ordered_strategy { type = \"b\" } ordered_strategy { type = \"c\" }";
        assert_eq!(text, format!("{blocks} count = 2 labels = {{\"d\":\"e\"}}"));
    }
}
