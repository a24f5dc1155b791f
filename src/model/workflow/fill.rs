//! What a step that renders a task definition writes into it. Rules must not take it for missing, nor judge what the
//! file has in its place.

use super::step::set;
use crate::tree::{Kind, Node, Tree};

/// What a step writes into a task definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fill {
    /// The names of the containers that it fills; `None` if they are not known.
    pub containers: Option<Vec<String>>,
    /// The inputs of the step that are set.
    pub(super) inputs: Vec<&'static str>,
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

/// The inputs of a step that are set and change the task definition.
pub(super) fn inputs_of(inputs: Node) -> Vec<&'static str> {
    let all = OF_TASK.iter().chain(&REPLACED).chain(&EXTENDED).chain(&OF_LOGS);
    all.map(|(name, _)| *name).filter(|name| set(inputs, name).is_some()).collect()
}

/// Marks what a step writes into the task definition that begins at a node of a tree.
pub(crate) fn fill(tree: &mut Tree, root: u32, fill: &Fill) {
    let written = |table: &'static [(&'static str, &'static str)]| {
        table.iter().filter(|(input, _)| fill.inputs.contains(input)).map(|(_, key)| *key)
    };
    written(&OF_TASK).for_each(|key| tree.mark_filled(root, key));
    for container in filled_containers(tree.node(root), fill) {
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

/// The containers that a step fills, or may fill.
fn filled_containers(task: Node, fill: &Fill) -> Vec<u32> {
    let is_filled = |container: &Node| {
        let name = container.get("name").filter(|name| name.as_text().is_some() && name.is_plain());
        let (Some(name), Some(names)) = (name, &fill.containers) else { return true };
        names.iter().any(|one| one == name.text())
    };
    let containers = task.get("containerDefinitions").into_iter().flat_map(Node::items);
    let objects = containers.filter(|container| container.kind() == Kind::Object);
    objects.filter(is_filled).map(Node::index).collect()
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
