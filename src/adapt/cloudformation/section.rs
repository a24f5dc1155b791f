//! A section of a template: what it declares, by name.

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;

use crate::tree::Node;

/// So many names are looked up one by one before all are sorted.
const MOST_ONE_BY_ONE: usize = 64;

/// The `Parameters`, the `Conditions` or another section. Hundreds of expressions may look for hundreds of names, but
/// most templates have few.
pub(super) struct Section<'d> {
    node: Option<Node<'d>>,
    looked_up: Cell<usize>,
    by_name: OnceCell<HashMap<&'d str, Node<'d>>>,
}

impl<'d> Section<'d> {
    /// A section of a template, which need not be there.
    pub(super) fn of(template: Node<'d>, name: &str) -> Section<'d> {
        Section::at(template.get(name))
    }

    /// What has members with names.
    pub(super) fn at(node: Option<Node<'d>>) -> Section<'d> {
        Section { node, looked_up: Cell::new(0), by_name: OnceCell::new() }
    }

    /// The whole section, if it is there.
    pub(super) fn node(&self) -> Option<Node<'d>> {
        self.node
    }

    /// What has a name.
    pub(super) fn get(&self, name: &str) -> Option<Node<'d>> {
        if self.looked_up.get() < MOST_ONE_BY_ONE {
            self.looked_up.set(self.looked_up.get() + 1);
            return self.node?.get(name);
        }
        let members = || self.members().map(|(key, value)| (key.text(), value)).collect();
        self.by_name.get_or_init(members).get(name).copied()
    }

    /// Everything in it, with its name.
    pub(super) fn members(&self) -> impl Iterator<Item = (Node<'d>, Node<'d>)> + use<'d> {
        self.node.into_iter().flat_map(Node::members)
    }
}
