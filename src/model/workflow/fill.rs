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
        let containers = || {
            let list = task.get("containerDefinitions").into_iter().flat_map(Node::items);
            list.filter(|container| container.kind() == Kind::Object)
        };
        let names: Vec<Option<&str>> = containers().map(known_name).collect();
        // A name that no container has was meant for one that waits for its image.
        let is_meant = |name: &String| names.contains(&Some(name.as_str()));
        let is_any_misnamed = self.containers.as_ref().is_some_and(|own| !own.iter().all(is_meant));
        let is_filled = |container: Node, name: Option<&str>| {
            let (Some(name), Some(own)) = (name, &self.containers) else { return true };
            let waits =
                || container.get("image").is_none_or(|image| image.is_absent() || image.text().is_empty());
            own.iter().any(|one| one == name) || (is_any_misnamed && waits())
        };
        let all = containers().zip(&names).filter(|(container, name)| is_filled(*container, **name));
        all.map(|(container, _)| container.index()).collect()
    }
}

/// The name of a container, if it is known.
fn known_name(container: Node<'_>) -> Option<&str> {
    container.get("name").filter(|name| name.is_plain())?.as_text()
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
