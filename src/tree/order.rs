//! What is at a place of the text, without looking at every node: most nodes are in the order of the text.

use super::{Node, SHADOWED, Tree, Written};
use crate::source::Span;

/// Of so few nodes, each is looked at.
const FEW: u32 = 16;

impl Tree {
    /// The nodes that are written where they count, in the order of the text.
    fn own(&self) -> &[u32] {
        self.own.get_or_init(|| {
            let all = 0..self.nodes.len() as u32;
            all.filter(|index| !self.node(*index).is_implied()).collect()
        })
    }

    /// The last node that holds a span, in a tree with copies, which do not count.
    pub(crate) fn last_own_at(&self, span: Span) -> Option<Node<'_>> {
        let own = self.own();
        let after = own.partition_point(|index| self.nodes[*index as usize].span.start <= span.start);
        let before = own.get(..after).unwrap_or_default().iter().rev().map(|index| self.node(*index));
        before.into_iter().find(|node| node.span().holds(span))
    }

    /// For each node, the index behind those from it on of which none begins in front of the one before it.
    fn runs_in_order(&self) -> &[u32] {
        self.in_order.get_or_init(|| {
            let mut ends = vec![self.nodes.len() as u32; self.nodes.len()];
            for at in (1..self.nodes.len()).rev() {
                let is_next = self.nodes[at - 1].span.start <= self.nodes[at].span.start;
                ends[at - 1] = if is_next { ends[at] } else { at as u32 };
            }
            ends
        })
    }
}

impl<'d> Node<'d> {
    /// The member or the item of a container that holds a span, or whose key does: the first, if several do.
    pub(crate) fn child_at(self, span: Span) -> Option<Node<'d>> {
        let is_here =
            |value: &Node| value.key().is_some_and(|key| key.span().holds(span)) || value.span().holds(span);
        let (from, end) = (self.index + 1, self.raw().link);
        let is_long = self.is_container() && end > from + FEW;
        if !is_long || self.tree.runs_in_order()[from as usize] < end {
            return self.members().map(|(_, value)| value).chain(self.items()).find(is_here);
        }
        let below = self.tree.nodes.get(from as usize..end as usize).unwrap_or_default();
        let begun = below.partition_point(|node| node.span.start <= span.start) as u32;
        let last = self.child_with((from + begun).checked_sub(1).filter(|index| *index >= from)?);
        // Where one ends, the next may begin.
        let first_of_last = last.key().map_or(last.index, |key| key.index);
        let before = (first_of_last > from).then(|| self.child_with(first_of_last - 1));
        let counts = |value: &Node| value.key().is_none_or(|key| key.raw().flags & SHADOWED == 0);
        before.into_iter().chain([last]).filter(counts).find(is_here)
    }

    /// The member or the item of this container that a node is, or is in.
    fn child_with(self, index: u32) -> Node<'d> {
        let mut child = self.tree.node(index);
        while let Some(parent) = child.parent().filter(|parent| *parent != self) {
            child = parent;
        }
        if child.raw().written == Written::Key { child.value_of_key() } else { child }
    }
}
