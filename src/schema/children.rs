//! What lists and objects contain, looked up by key and by position.

use std::collections::HashMap;

use crate::tree::Node;

/// The members and items of containers, gathered once for each container that has a fault, so that a
/// container with many faults is not walked once for each.
#[derive(Default)]
pub(super) struct Children<'d> {
    members: HashMap<u32, HashMap<&'d str, Node<'d>>>,
    items: HashMap<u32, Vec<Node<'d>>>,
}

impl<'d> Children<'d> {
    /// The members of an object, by key.
    pub(super) fn members(&mut self, object: Node<'d>) -> &HashMap<&'d str, Node<'d>> {
        let gather = || object.members().map(|(key, value)| (key.text(), value)).collect();
        self.members.entry(object.index()).or_insert_with(gather)
    }

    /// The member of an object with a key, and the key as the document has it.
    pub(super) fn member(&mut self, object: Node<'d>, key: &str) -> Option<(&'d str, Node<'d>)> {
        self.members(object).get_key_value(key).map(|(key, value)| (*key, *value))
    }

    /// The item of a list at a position, from 0.
    pub(super) fn item(&mut self, list: Node<'d>, position: usize) -> Option<Node<'d>> {
        let items = self.items.entry(list.index()).or_insert_with(|| list.items().collect());
        items.get(position).copied()
    }
}
