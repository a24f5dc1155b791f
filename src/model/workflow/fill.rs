//! What a step that renders a task definition writes into it. Rules must not take it for missing, nor judge what the
//! file has in its place.

use super::step::set;
use crate::tree::{Kind, Node, Tree};

/// What a step writes into a task definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fill {
    /// The names of the containers that it fills; `None` if they are not known.
    containers: Option<Vec<String>>,
    /// The inputs of the step that are set.
    inputs: Vec<&'static str>,
}

/// The inputs that replace a member of the task definition.
const OF_TASK: [(&str, &str); 2] =
    [("task-role-arn", "taskRoleArn"), ("execution-role-arn", "executionRoleArn")];

/// The inputs that replace a member of the container.
const REPLACED: [(&str, &str); 3] =
    [("image", "image"), ("command", "command"), ("env-files", "environmentFiles")];

/// The inputs that add to a list or to an object of the container.
const EXTENDED: [(&str, &str); 3] =
    [("environment-variables", "environment"), ("secrets", "secrets"), ("docker-labels", "dockerLabels")];

/// The inputs that set a part of the log configuration of the container.
const OF_LOGS: [(&str, &str); 2] =
    [("log-configuration-log-driver", "logDriver"), ("log-configuration-options", "options")];

impl Fill {
    /// What a step with these inputs writes, given the containers that it names.
    pub(super) fn of(inputs: Node, containers: Option<Vec<String>>) -> Fill {
        let all = OF_TASK.iter().chain(&REPLACED).chain(&EXTENDED).chain(&OF_LOGS);
        let inputs = all.map(|(name, _)| *name).filter(|name| set(inputs, name).is_some()).collect();
        Fill { containers, inputs }
    }

    /// Marks what the step writes into the task definition that begins at a node of a tree.
    pub(super) fn apply(&self, tree: &mut Tree, root: u32) {
        let written = |table: &'static [(&'static str, &'static str)]| {
            table.iter().filter(|(input, _)| self.inputs.contains(input)).map(|(_, key)| *key)
        };
        written(&OF_TASK).for_each(|key| tree.mark_filled(root, key));
        for container in self.filled_containers(tree.node(root)) {
            written(&REPLACED).for_each(|key| tree.mark_filled(container, key));
            written(&EXTENDED).for_each(|key| extend(tree, container, key));
            for key in written(&OF_LOGS) {
                match object(tree, container, "logConfiguration") {
                    None => tree.mark_filled(container, "logConfiguration"),
                    Some(logs) if key == "options" => extend(tree, logs, key),
                    Some(logs) => tree.mark_filled(logs, key),
                }
            }
        }
    }

    /// The containers that the step fills, or may fill.
    fn filled_containers(&self, task: Node) -> Vec<u32> {
        let is_filled = |container: &Node| {
            let name = container.get("name").filter(|name| name.as_text().is_some() && name.is_plain());
            let (Some(name), Some(names)) = (name, &self.containers) else { return true };
            names.iter().any(|one| one == name.text())
        };
        let containers = task.get("containerDefinitions").into_iter().flat_map(Node::items);
        let objects = containers.filter(|container| container.kind() == Kind::Object);
        objects.filter(is_filled).map(Node::index).collect()
    }
}

/// Marks that more is added to a list or an object, or that it is made.
fn extend(tree: &mut Tree, object: u32, key: &'static str) {
    match tree.node(object).get(key).filter(|value| value.is_container()).map(Node::index) {
        Some(value) => tree.mark_incomplete(value),
        None => tree.mark_filled(object, key),
    }
}

fn object(tree: &Tree, of: u32, key: &str) -> Option<u32> {
    tree.node(of).get(key).filter(|value| value.kind() == Kind::Object).map(Node::index)
}
