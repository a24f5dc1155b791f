//! What a step that renders a task definition writes into it. Rules must not take it for missing, nor judge what the
//! file has in its place.

use std::collections::{BTreeSet, HashMap};

use super::step::set;
use crate::tree::{Kind, Node, Tree};

/// What a step writes into a task definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fill {
    /// The names of the containers that it fills; `None` if they are not known.
    containers: Option<Vec<String>>,
    /// The inputs of the step that are set.
    inputs: Vec<&'static str>,
    /// Whether the step writes a copy, which may be made of any file with these containers.
    is_of_copy: bool,
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
        Fill { containers, inputs, is_of_copy: false }
    }

    /// The same in the files that the one may be made of.
    pub(super) fn of_copy(&self) -> Fill {
        Fill { is_of_copy: true, ..self.clone() }
    }

    /// Whether it may be about a task definition.
    fn suits(&self, task: Node) -> bool {
        let Some(names) = self.containers.as_ref().filter(|_| self.is_of_copy) else { return true };
        let containers = task.get("containerDefinitions").into_iter().flat_map(Node::items);
        containers.filter_map(known_name).any(|name| names.iter().any(|own| own == name))
    }
}

/// Marks what steps write into the task definition that begins at a node of a tree.
pub(super) fn apply(fills: &[&Fill], tree: &mut Tree, root: u32) {
    let fills: Vec<&Fill> = fills.iter().copied().filter(|fill| fill.suits(tree.node(root))).collect();
    let of_task = fills.iter().flat_map(|fill| &fill.inputs);
    let of_task: BTreeSet<&str> = of_task.copied().collect();
    written(&OF_TASK, &of_task).for_each(|key| tree.mark_filled(root, key));
    for (container, inputs) in inputs_of_containers(&fills, tree.node(root)) {
        written(&REPLACED, &inputs).for_each(|key| tree.mark_filled(container, key));
        written(&EXTENDED, &inputs).for_each(|key| extend(tree, container, key));
        for key in written(&OF_LOGS, &inputs) {
            match object(tree, container, "logConfiguration") {
                None => tree.mark_filled(container, "logConfiguration"),
                Some(logs) if key == "options" => extend(tree, logs, key),
                Some(logs) => tree.mark_filled(logs, key),
            }
        }
    }
}

/// The inputs that are, or may be, set for each container.
fn inputs_of_containers(fills: &[&Fill], task: Node) -> Vec<(u32, BTreeSet<&'static str>)> {
    let containers = task.get("containerDefinitions").into_iter().flat_map(Node::items);
    let containers: Vec<Node> = containers.filter(|container| container.kind() == Kind::Object).collect();
    let mut named: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    containers.iter().filter_map(|one| known_name(*one)).for_each(|name| _ = named.entry(name).or_default());
    let [mut of_any, mut of_all, mut of_waiting] = [BTreeSet::new(), BTreeSet::new(), BTreeSet::new()];
    for fill in fills {
        of_any.extend(&fill.inputs);
        match &fill.containers {
            None => of_all.extend(&fill.inputs),
            Some(names) => names.iter().for_each(|name| match named.get_mut(name.as_str()) {
                Some(own) => own.extend(&fill.inputs),
                // A name that no container has was meant for one that waits for its image.
                None if fill.is_of_copy => {}
                None => of_waiting.extend(&fill.inputs),
            }),
        }
    }
    let inputs = |container: &Node| {
        let Some(name) = known_name(*container) else { return of_any.clone() };
        let image = container.get("image");
        let waits = image.is_none_or(|image| image.is_absent() || image.text().is_empty());
        let mut inputs = &named[name] | &of_all;
        inputs.extend(of_waiting.iter().filter(|_| waits));
        inputs
    };
    containers.iter().map(|container| (container.index(), inputs(container))).collect()
}

/// The members that some inputs write.
fn written(
    table: &'static [(&'static str, &'static str)],
    inputs: &BTreeSet<&str>,
) -> impl Iterator<Item = &'static str> {
    table.iter().filter(|(input, _)| inputs.contains(input)).map(|(_, key)| *key)
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
