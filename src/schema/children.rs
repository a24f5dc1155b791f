//! What objects contain, looked up by key.

use std::collections::HashMap;

use crate::tree::Node;

/// The members of objects, gathered once for each object that has a fault, so that an
/// object with many faults is not walked once for each.
#[derive(Default)]
pub(super) struct Children<'d> {
    members: HashMap<u32, HashMap<&'d str, Node<'d>>>,
}

impl<'d> Children<'d> {
    /// The members of an object, by key.
    pub(super) fn members(&mut self, object: Node<'d>) -> &HashMap<&'d str, Node<'d>> {
        let gather = || object.members().map(|(key, value)| (key.text(), value)).collect();
        self.members.entry(object.index()).or_insert_with(gather)
    }

    /// The member of an object with a key.
    pub(super) fn member(&mut self, object: Node<'d>, key: &str) -> Option<Node<'d>> {
        self.members(object).get(key).copied()
    }
}
