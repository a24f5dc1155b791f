//! A section of a template: what it declares, by name.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::tree::Node;

/// The `Parameters`, the `Conditions` or another section. Hundreds of expressions may look for hundreds of names, so
/// they are sorted once.
pub(super) struct Section<'d> {
    node: Option<Node<'d>>,
    by_name: OnceCell<HashMap<&'d str, Node<'d>>>,
}

impl<'d> Section<'d> {
    /// A section of a template, which need not be there.
    pub(super) fn of(template: Node<'d>, name: &str) -> Section<'d> {
        Section { node: template.get(name), by_name: OnceCell::new() }
    }

    /// The whole section, if it is there.
    pub(super) fn node(&self) -> Option<Node<'d>> {
        self.node
    }

    /// What has a name.
    pub(super) fn get(&self, name: &str) -> Option<Node<'d>> {
        let members = || self.members().map(|(key, value)| (key.text(), value)).collect();
        self.by_name.get_or_init(members).get(name).copied()
    }

    /// Everything in it, with its name.
    pub(super) fn members(&self) -> impl Iterator<Item = (Node<'d>, Node<'d>)> + use<'d> {
        self.node.into_iter().flat_map(Node::members)
    }
}
