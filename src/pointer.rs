//! Pointers with names in place of positions: `containerDefinitions[web].image`. They stay the same
//! when lines move and when the items of a list change places.

use std::collections::HashMap;

use crate::credential;
use crate::tree::{Kind, Node, Tree, Written};

/// The fields that name an object among others of its list, the most specific first: containers by `name`,
/// tags by `key`, mount points by `containerPath`, and so on.
const NAMING_FIELDS: &[&str] = &[
    "name",
    "Name",
    "key",
    "Key",
    "serviceName",
    "ServiceName",
    "PolicyName",
    "ScheduledActionName",
    "ResourceId",
    "family",
    "portName",
    "containerName",
    "containerPath",
    "containerPort",
    "sourceContainer",
    "capacityProvider",
    "namespace",
    "hostname",
    "hostPath",
    "deviceName",
    "registryArn",
    "type",
    "Id",
];

/// The named pointer of a node, from the top of its text; empty for the whole text. Fields have the names
/// of the API. An item without a known name keeps its position, from 0.
pub(crate) fn named_pointer(mut node: Node<'_>) -> String {
    let mut steps = Vec::new();
    while let Some(parent) = node.parent() {
        let key = if node.raw().written == Written::Key { Some(node) } else { node.key() };
        steps.push(match key {
            Some(key) if may_hold_secret(key.text()) => Step::Position(key.position()),
            Some(key) => Step::Field(key.text()),
            None => step_to(node),
        });
        node = parent;
    }
    steps.iter().rev().enumerate().fold(String::new(), |text, (at, step)| step.add_to(text, at == 0))
}

fn step_to(item: Node<'_>) -> Step<'_> {
    let tree = item.tree();
    let name = named(tree).get(&item.index()).map(|name| tree.node(*name).text());
    name.map_or_else(|| Step::Position(item.position()), Step::Name)
}

/// The items whose name no other item of their list has, and their names: found at once for a whole text, because many
/// findings may be about the items of one list.
fn named(tree: &Tree) -> &HashMap<u32, u32> {
    tree.named.get_or_init(|| {
        let mut named = HashMap::new();
        for list in tree.values().filter(|value| value.kind() == Kind::List) {
            let mut by_name: HashMap<&str, Option<(u32, u32)>> = HashMap::new();
            for item in list.items() {
                let Some(name) = name(item) else { continue };
                let own = (item.index(), name.index());
                by_name.entry(name.text()).and_modify(|only| *only = None).or_insert(Some(own));
            }
            named.extend(by_name.into_values().flatten());
        }
        named
    })
}

/// Whether what should be a name may hold a secret, as `DB_PASSWORD=hunter2` and a URL do, or is a token: pointers are
/// written into files that others read.
fn may_hold_secret(name: &str) -> bool {
    // No form of a token is shorter.
    const SHORTEST: usize = 16;
    let has = |is: fn(char) -> bool| name.contains(is);
    let may_be_token =
        || name.len() >= SHORTEST && has(|c| c.is_ascii_digit()) && has(|c| c.is_ascii_alphabetic());
    ["=", "://", ": "].iter().any(|sign| name.contains(sign))
        || may_be_token() && !credential::all_in_formats(name).is_empty()
}

/// The step of a named pointer that leads to an item of a list, by its name: `[web]`.
pub(crate) fn item(name: &str) -> String {
    Step::Name(name).add_to(String::new(), false)
}

/// What names an object among others, if it is known. AWS does not allow longer names.
fn name(object: Node<'_>) -> Option<Node<'_>> {
    const LONGEST: usize = 512;
    let value = NAMING_FIELDS.iter().find_map(|field| object.get(field))?;
    let is_known = match value.kind() {
        Kind::Text => value.is_plain(),
        Kind::Number => true,
        _ => false,
    };
    let name = value.text();
    let is_name = !name.is_empty() && name.len() <= LONGEST && !may_hold_secret(name);
    (is_known && is_name).then_some(value)
}

/// A step of a pointer.
enum Step<'d> {
    Field(&'d str),
    Name(&'d str),
    Position(usize),
}

impl Step<'_> {
    fn add_to(&self, mut text: String, is_first: bool) -> String {
        match self {
            Step::Field(name) if is_word(name) => {
                if !is_first {
                    text.push('.');
                }
                text.push_str(name);
            }
            Step::Field(name) => text.push_str(&format!("[{}]", quoted(name))),
            Step::Name(name) if is_bare(name) => text.push_str(&format!("[{name}]")),
            Step::Name(name) => text.push_str(&format!("[{}]", quoted(name))),
            Step::Position(position) => text.push_str(&format!("[{position}]")),
        }
        text
    }
}

/// Whether a field needs no brackets.
fn is_word(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '$'))
}

/// Whether the name of an item needs no quotation marks: it cannot be mistaken for a position.
fn is_bare(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./:@$ ".contains(c);
    name.chars().all(is_plain) && !name.chars().all(|c| c.is_ascii_digit())
}

fn quoted(name: &str) -> String {
    serde_json::Value::from(name).to_string()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::parse::parse;
    use crate::source::{Source, SourceId};

    /// The named pointers of all values of a text.
    fn pointers(text: &str) -> Vec<String> {
        let parsed = parse(Arc::new(Source::new(SourceId(0), "a.json", text)));
        parsed.tree.values().map(named_pointer).collect()
    }

    #[test]
    fn what_is_a_token_is_no_name() {
        let token = format!("ghp_{}", "a1B2".repeat(9));
        let text = format!(r#"[{{"name": "{token}"}}, {{"name": "service-1-in-eu-west-1"}}]"#);
        assert_eq!(
            pointers(&text)[1..],
            ["[0]", "[0].name", "[service-1-in-eu-west-1]", "[service-1-in-eu-west-1].name"]
        );
    }

    #[test]
    fn items_are_called_by_their_names() {
        let text = r#"{"containerDefinitions": [{"name": "web", "dockerLabels": {"a.b": "1"}}]}"#;
        let expected = [
            "",
            "containerDefinitions",
            "containerDefinitions[web]",
            "containerDefinitions[web].name",
            "containerDefinitions[web].dockerLabels",
            "containerDefinitions[web].dockerLabels[\"a.b\"]",
        ];
        assert_eq!(pointers(text), expected);
    }

    #[test]
    fn what_has_no_name_of_its_own_keeps_its_position() {
        let text =
            r#"[{"name": "a"}, {"name": "a"}, {"name": "${B}"}, {"name": "0"}, {"containerPort": 80}, 1]"#;
        let expected = ["[0]", "[1]", "[2]", "[\"0\"]", "[\"80\"]", "[5]"];
        let found = pointers(text);
        assert!(expected.iter().all(|one| found.iter().any(|other| other == one)), "{found:?}");
    }

    #[test]
    fn what_may_hold_a_secret_keeps_its_position() {
        let text = r#"{"environment": [{"name": "A"}, {"name": "DB_PASSWORD=hunter2"}], "labels": {"a": 1, "p=hunter2": 2}}"#;
        let found = pointers(text);
        assert!(found.iter().all(|pointer| !pointer.contains("hunter2")), "{found:?}");
        for expected in ["environment[A].name", "environment[1].name", "labels[1]"] {
            assert!(found.iter().any(|pointer| pointer == expected), "{expected}: {found:?}");
        }
    }
}
