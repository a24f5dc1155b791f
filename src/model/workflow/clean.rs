//! What a step that deploys a task definition leaves out of it. The API never sees it.

use super::step::set;
use crate::tree::{Kind, Node, Tree};

/// What a step leaves out of a task definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clean {
    /// Whether it leaves out empty values too.
    drops_empty: bool,
    /// Whether it may write a number for a text that is one: the client of its older versions does, which is that of
    /// JavaScript in version 2.
    may_convert: bool,
}

/// The fields of a response that the action removes.
const OF_RESPONSE: [&str; 8] = [
    "compatibilities",
    "taskDefinitionArn",
    "requiresAttributes",
    "revision",
    "status",
    "registeredAt",
    "deregisteredAt",
    "registeredBy",
];

/// Where the action puts empty values back.
const KEPT: [&str; 2] = ["environment", "proxyConfiguration"];

impl Clean {
    /// The fields of a response, and nothing else.
    pub(super) const OF_RESPONSE_ALONE: Clean = Clean { drops_empty: false, may_convert: false };

    /// What a step with these inputs leaves out that uses a version of the action.
    pub(super) fn of(inputs: Node, version: &str) -> Clean {
        Clean {
            drops_empty: set(inputs, "keep-null-value-keys").is_none(),
            may_convert: !has_new_client(version),
        }
    }

    /// What two steps leave out.
    pub(super) fn or(self, other: Clean) -> Clean {
        Clean {
            drops_empty: self.drops_empty || other.drops_empty,
            may_convert: self.may_convert || other.may_convert,
        }
    }

    /// Hides what the step leaves out of the task definition that begins at a node of a tree.
    pub(super) fn apply(self, tree: &mut Tree, root: u32) {
        let root = tree.node(root);
        let keys = root.members().map(|(key, _)| key);
        let mut hidden: Vec<u32> =
            keys.filter(|key| OF_RESPONSE.contains(&key.text())).map(Node::index).collect();
        if self.drops_empty {
            add_empty(root, &mut hidden);
        }
        hidden.into_iter().for_each(|key| tree.mark_shadowed(key));
        tree.may_convert |= self.may_convert;
    }
}

/// Whether a version of the action certainly sends a text as a text: `v2` and later, and `v1.6.0`. `v1` is 1.5.0.
fn has_new_client(version: &str) -> bool {
    let mut numbers = version.trim_start_matches('v').split('.').map(|part| part.parse::<u32>().ok());
    match (numbers.next().flatten(), numbers.next().flatten()) {
        (Some(1), minor) => minor.is_some_and(|minor| minor >= 6),
        (Some(major), _) => (2..1000).contains(&major),
        (None, _) => false,
    }
}

/// Adds the keys of the empty values below a node.
fn add_empty(node: Node, keys: &mut Vec<u32>) {
    for (key, value) in node.members() {
        if is_empty(value) {
            keys.push(key.index());
        } else if !KEPT.contains(&key.text()) {
            add_empty(value, keys);
        }
    }
    node.items().for_each(|item| add_empty(item, keys));
}

/// Whether a value is empty for the action: it contains nothing but empty values.
fn is_empty(value: Node) -> bool {
    match value.kind() {
        Kind::Null => true,
        Kind::Text => value.text().is_empty(),
        Kind::List => !value.is_incomplete() && value.items().all(is_empty),
        Kind::Object => !value.is_incomplete() && value.members().all(|(_, value)| is_empty(value)),
        Kind::Bool | Kind::Number | Kind::Unknown => false,
    }
}
