//! Where nodes come from that are not the text's own: a document in another form than the API's is rebuilt in
//! the API's shape, and each node remembers what it was made of.

use std::sync::Arc;

use super::{DECODED, Kind, Node, Tree, WHOLE};
use crate::names::Names;

/// The form in which the user wrote a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Door {
    /// The input or the output of an API call.
    #[default]
    Api,
    /// A resource of a CloudFormation template.
    CloudFormation,
    /// A resource of a Terraform module.
    Terraform,
}

impl Door {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Door::Api => "api",
            Door::CloudFormation => "cloudformation",
            Door::Terraform => "terraform",
        }
    }
}

/// A hole in a text for the result of an expression that refers to nothing that has a name: two of them need not be
/// the same.
pub(crate) const NAMELESS: &str = "${Expression}";

/// What the nodes of a rebuilt tree were made of.
#[derive(Debug)]
pub(super) struct Origin {
    /// The nodes of the text.
    pub raw: Arc<Tree>,
    /// For each node, the index of the one that it was made of; [`Origin::NOWHERE`] if its value is the
    /// result of an expression.
    pub of: Vec<u32>,
    /// The user's names of the fields of each document, by the index of its node, in ascending order.
    pub names: Vec<(u32, Arc<Names>)>,
}

impl Origin {
    pub(super) const NOWHERE: u32 = u32::MAX;
}

impl Tree {
    /// Whether the nodes were made of others.
    pub(crate) fn is_rebuilt(&self) -> bool {
        self.origin.is_some()
    }

    /// The tree of the text itself, in the order of the text.
    pub(crate) fn written(&self) -> &Tree {
        self.origin.as_ref().map_or(self, |origin| &origin.raw)
    }

    /// What was made of nodes that were rearranged before was made of the nodes of the text.
    pub(super) fn skip_rearranged(&mut self) {
        let Some(origin) = &mut self.origin else { return };
        let between = Arc::clone(&origin.raw);
        let Some(first) = &between.origin else { return };
        for (of, node) in origin.of.iter_mut().zip(&mut self.nodes) {
            if *of == Origin::NOWHERE {
                continue;
            }
            *of = first.of[*of as usize];
            if *of == Origin::NOWHERE && node.flags & DECODED != 0 {
                node.flags |= WHOLE;
            }
        }
        origin.raw = Arc::clone(&first.raw);
    }
}

impl<'d> Node<'d> {
    /// The node of the text that this one was made of: itself, unless the tree was rebuilt. `None` if its
    /// value is the result of an expression.
    pub(crate) fn origin(self) -> Option<Node<'d>> {
        let Some(origin) = &self.tree.origin else { return Some(self) };
        let index = origin.of[self.index as usize];
        (index != Origin::NOWHERE).then(|| origin.raw.node(index))
    }

    /// Whether CloudFormation reads the value before the API does.
    pub(crate) fn is_in_template(self) -> bool {
        self.tree.door == Door::CloudFormation
    }

    /// Whether Terraform reads the value before the API does.
    pub(crate) fn is_in_module(self) -> bool {
        self.tree.door == Door::Terraform
    }

    /// Whether a tool of the user reads the value before the API does, and knows what its expressions are worth.
    pub(crate) fn is_declared(self) -> bool {
        self.tree.door != Door::Api
    }

    /// The node of the text that has the same place in its document as this one: no expression made it or any value
    /// around it, so that it can be changed.
    pub(crate) fn editable(self) -> Option<Node<'d>> {
        let own = self.origin()?;
        let Some(parent) = self.parent() else { return Some(own) };
        // Nobody writes the list of all blocks with one name.
        let is_list_of_blocks = parent.origin().is_none() && parent.kind() == Kind::List;
        let parent = if is_list_of_blocks { parent.parent()? } else { parent };
        let mut around = own.parent()?;
        // What Terraform encodes is written there as it is.
        if around.call().is_some_and(|(name, _)| name == "jsonencode") {
            around = around.parent()?;
        }
        (around == parent.editable()?).then_some(own)
    }

    /// The user's names for the members of this value, if they are not those of the API.
    pub(crate) fn names(self) -> Option<&'d Names> {
        let names = &self.tree.origin.as_ref()?.names;
        match (self.parent(), self.key()) {
            (None, _) => {
                let at = names.binary_search_by_key(&self.index, |(root, _)| *root).ok()?;
                Some(&names[at].1)
            }
            (Some(object), Some(key)) => Some(&object.names()?.member(key.text())?.below),
            (Some(list), None) => list.names()?.item(),
        }
    }
}
