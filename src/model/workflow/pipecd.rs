//! What PipeCD makes of a task definition. It reads the file into the type that describes one, a number where that has a
//! text as a text, and sends the fields that the input has.

use super::clean::Clean;
use crate::tree::{Kind, Node, Tree};

/// Modes that are not sent if they are empty.
const MODES: [&str; 3] = ["networkMode", "pidMode", "ipcMode"];

/// Reads the task definition that begins at a node of a tree as PipeCD does.
pub(super) fn apply(tree: &mut Tree, root: u32) {
    let task = tree.node(root);
    let is_number = |node: &Node| node.kind() == Kind::Number;
    let numbers: Vec<u32> = texts(task).filter(is_number).map(Node::index).collect();
    let is_unset = |node: &Node| {
        let is_empty_mode = || {
            node.as_text() == Some("")
                && node.key().is_some_and(|key| MODES.contains(&key.text()))
                && node.parent() == Some(task)
        };
        node.kind() == Kind::Null || is_empty_mode()
    };
    let unset = task.descendants().filter(is_unset).filter_map(Node::key);
    let unset: Vec<u32> = unset.map(Node::index).collect();
    numbers.into_iter().for_each(|number| tree.read_as_text(number));
    unset.into_iter().for_each(|key| tree.mark_shadowed(key));
    Clean::OF_RESPONSE_ALONE.apply(tree, root);
}

/// The values of a task definition that are texts for the API, and numbers for many people.
fn texts<'d>(task: Node<'d>) -> impl Iterator<Item = Node<'d>> {
    let of_container = |container: Node<'d>| {
        let options = container.get("logConfiguration").and_then(|logs| logs.get("options"));
        let maps = options.into_iter().chain(container.get("dockerLabels"));
        values_of(container, "environment").chain(maps.flat_map(Node::members).map(|(_, value)| value))
    };
    let sizes = ["cpu", "memory"].into_iter().filter_map(move |key| task.get(key));
    let containers = task.get("containerDefinitions").into_iter().flat_map(Node::items);
    sizes.chain(values_of(task, "tags")).chain(containers.flat_map(of_container))
}

/// The values of a list of pairs.
fn values_of<'d>(object: Node<'d>, list: &str) -> impl Iterator<Item = Node<'d>> + use<'d> {
    object.get(list).into_iter().flat_map(Node::items).filter_map(|pair| pair.get("value"))
}
