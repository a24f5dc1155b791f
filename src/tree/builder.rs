//! Builds a tree node by node: a container before its members, a key before its value.
//!
//! The parser of YAML builds the nodes of a text with it. What rebuilds a document in the API's shape makes each
//! node of one that is already there ([`TreeBuilder::over`]).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::origin::{Door, Origin};
use super::{
    DECODED, Duplicate, EXPRESSION, FILLED_IN, IMPLIED, INCOMPLETE, NEVER_EMPTY, Node, Notation, RENAMED,
    RawNode, Run, Tree, UNKNOWN, WHOLE, Written, hash,
};
use crate::names::Names;
use crate::source::{Source, Span};

/// The value of a key or of a scalar.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Text<'t> {
    /// It is written like that in the source.
    Source(Span),
    /// It is written in another way. Its parts have no places of their own.
    Decoded(&'t str),
    /// It is written in another way, and these runs tell where its parts are: offsets in the text and in the
    /// source, in order, the first one at the start of both.
    Aligned(&'t str, &'t [Run]),
}

/// A tree that is rebuilt has at most so many nodes, and so many times those of the text.
const MOST_REBUILT: [usize; 2] = [50_000, 8];

/// Its containers are nested at most so deeply: a local value may be a part of itself.
const DEEPEST_REBUILT: usize = 192;

/// Builds a [`Tree`].
pub(crate) struct TreeBuilder {
    tree: Tree,
    /// The open containers, outermost first.
    open: Vec<u32>,
    duplicates: Vec<Duplicate>,
    /// Where names that were given to keys are in the strings of the tree.
    names: HashMap<Box<str>, Span>,
}

impl TreeBuilder {
    /// Builds the nodes of a text.
    pub(crate) fn new(source: Arc<Source>, notation: Notation) -> TreeBuilder {
        TreeBuilder::with(Tree::empty(source, notation))
    }

    /// Rebuilds nodes of a text in the shape of the API.
    pub(crate) fn over(raw: &Arc<Tree>, door: Door) -> TreeBuilder {
        let mut tree = Tree::empty(Arc::clone(&raw.source), raw.notation);
        tree.door = door;
        tree.origin = Some(Origin { raw: Arc::clone(raw), of: Vec::new(), names: Vec::new() });
        TreeBuilder::with(tree)
    }

    fn with(tree: Tree) -> TreeBuilder {
        TreeBuilder { tree, open: Vec::new(), duplicates: Vec::new(), names: HashMap::new() }
    }

    /// The tree, and the keys that objects have more than once. Every container must have been closed.
    pub(crate) fn finish(mut self) -> (Tree, Vec<Duplicate>) {
        debug_assert!(self.open.is_empty(), "every container is closed");
        self.tree.skip_rearranged();
        self.duplicates.sort_by_cached_key(|duplicate| duplicate.kept);
        (self.tree, self.duplicates)
    }

    /// How many nodes there are: the index of the next one.
    pub(crate) fn len(&self) -> u32 {
        self.tree.nodes.len() as u32
    }

    /// How many containers are open.
    pub(crate) fn depth(&self) -> usize {
        self.open.len()
    }

    // ── Nodes of a text ─────────────────────────────────────────────────────────────────────

    /// Opens a list or an object that begins at a byte. `head` is what to underline for the whole.
    pub(crate) fn open(&mut self, written: Written, start: u32, head: Span) {
        self.open.push(self.len());
        self.push(written, Span::empty(start), head);
    }

    /// Opens the application of a function.
    pub(crate) fn open_call(&mut self, start: u32, name: &str) {
        let (text, flags) = self.stored(Text::Decoded(name));
        self.open(Written::Call, start, text);
        self.last().flags |= flags;
    }

    /// Closes the innermost object, whose keys may be there more than once with each counting.
    pub(crate) fn close_repeating(&mut self, end: u32) {
        let index = self.open.pop().expect("only an open container is closed");
        let link = self.len();
        self.tree.nodes[index as usize].span.end = end;
        self.tree.nodes[index as usize].link = link;
        self.tree.take_repeating_keys(index);
    }

    /// Closes the innermost container, which ends in front of a byte.
    pub(crate) fn close(&mut self, end: u32) {
        let index = self.open.pop().expect("only an open container is closed");
        let link = self.len();
        let node = &mut self.tree.nodes[index as usize];
        node.span.end = end;
        node.link = link;
        if node.written == Written::Object {
            let found = self.tree.take_keys(index);
            self.duplicates.extend(found);
        }
    }

    /// Adds the key of the member that follows.
    pub(crate) fn key(&mut self, span: Span, text: Text) {
        self.scalar(Written::Key, span, text);
    }

    /// Adds a scalar.
    pub(crate) fn scalar(&mut self, written: Written, span: Span, text: Text) {
        let (range, flags) = self.stored(text);
        self.push(written, span, range);
        let tree = &mut self.tree;
        let node = tree.nodes.last_mut().expect("just pushed");
        node.flags |= flags;
        tree.holds_null |= written == Written::Null;
        tree.holds_empty_text |= written == Written::Text && range.is_empty();
        if written == Written::Key {
            let index = self.len() - 1;
            let hash = hash(self.tree.node(index).text());
            self.tree.nodes[index as usize].link = hash;
        }
    }

    /// Adds a value that is unknown.
    pub(crate) fn unknown(&mut self, span: Span) {
        self.push(Written::Hole, span, span);
    }

    /// The innermost container may hold more than what is visible.
    pub(crate) fn mark_open_incomplete(&mut self) {
        if let Some(open) = self.open.last() {
            self.tree.mark_incomplete(*open);
        }
    }

    /// The innermost container has no end of its own.
    pub(crate) fn mark_open_unclosed(&mut self) {
        if let Some(open) = self.open.last() {
            self.tree.mark_unclosed(*open);
        }
    }

    /// Leaves the member out whose key was just added: it is not known what it is called.
    pub(crate) fn mark_shadowed(&mut self) {
        let index = self.len() - 1;
        self.tree.mark_shadowed(index);
    }

    /// Adds the only key of an object that a tag stands for.
    pub(crate) fn key_of_tag(&mut self, tag: Span, name: &str) {
        self.key(tag, Text::Decoded(name));
        self.last().flags |= IMPLIED;
    }

    /// A node that has been added.
    pub(crate) fn node(&self, index: u32) -> Node<'_> {
        self.tree.node(index)
    }

    /// Whether the last node is a key.
    pub(crate) fn lacks_value(&self) -> bool {
        self.tree.nodes.last().is_some_and(|node| node.written == Written::Key)
    }

    /// The place of the last node, if it is a scalar that is written there.
    pub(crate) fn last_scalar(&self) -> Option<Span> {
        let last = self.tree.nodes.last().filter(|node| node.flags & IMPLIED == 0)?;
        let is_scalar = !matches!(last.written, Written::Key | Written::List | Written::Object);
        is_scalar.then_some(last.span)
    }

    /// The last node is not what it seems to be.
    pub(crate) fn forget_last(&mut self) {
        self.last().flags |= UNKNOWN;
    }

    /// Whether a container is still open.
    pub(crate) fn is_open(&self, index: u32) -> bool {
        self.open.contains(&index)
    }

    /// How many nodes there are at an index and below it.
    pub(crate) fn count(&self, index: u32) -> u32 {
        let raw = &self.tree.nodes[index as usize];
        if raw.written == Written::Key { 1 } else { raw.link - index }
    }

    /// Adds a closed value once more, with the places of the first time. A key becomes a text.
    pub(crate) fn repeat(&mut self, index: u32) {
        let shift = self.len() - index;
        for at in index..index + self.count(index) {
            let raw = &self.tree.nodes[at as usize];
            let (written, link) = match raw.written {
                Written::Key if at == index => (Written::Text, at + 1 + shift),
                Written::Key => (Written::Key, raw.link),
                written => (written, raw.link + shift),
            };
            let mut copy = RawNode::new(written, raw.span, raw.text, link);
            copy.keys = raw.keys;
            copy.flags = raw.flags | IMPLIED;
            self.tree.nodes.push(copy);
        }
        self.tree.holds_copies = true;
    }

    /// Adds those members of closed objects to the innermost one that it does not have yet, with the places
    /// that they have there. Of the objects, the first prevails.
    pub(crate) fn merge(&mut self, objects: &[u32]) {
        let Some(open) = self.open.last().copied().filter(|_| !objects.is_empty()) else { return };
        let mut has: HashSet<String> = self.keys_from(open, self.len()).map(|(key, _)| key).collect();
        for object in objects {
            let members: Vec<(String, u32)> =
                self.keys_from(*object, self.tree.nodes[*object as usize].link).collect();
            for (key, index) in members {
                if !has.insert(key) {
                    continue;
                }
                let raw = &self.tree.nodes[index as usize];
                let mut copy = RawNode::new(Written::Key, raw.span, raw.text, raw.link);
                copy.flags = raw.flags | IMPLIED;
                self.tree.nodes.push(copy);
                self.repeat(index + 1);
            }
            if self.node(*object).is_incomplete() {
                self.tree.mark_incomplete(open);
            }
        }
    }

    /// The members of an object that ends in front of an index: their keys, with the indices of these.
    fn keys_from(&self, object: u32, end: u32) -> impl Iterator<Item = (String, u32)> {
        let tree = &self.tree;
        let mut next = object + 1;
        std::iter::from_fn(move || {
            while next < end {
                let key = next;
                next = tree.nodes[key as usize + 1].link;
                let node = tree.node(key);
                if node.raw().flags & super::SHADOWED == 0 {
                    return Some((node.text().to_owned(), key));
                }
            }
            None
        })
    }

    // ── Nodes made of others ────────────────────────────────────────────────────────────────

    /// Whether no more may be added: what is written once may be meant so often, by way of local values or
    /// mappings, that the rest is as good as unknown.
    pub(crate) fn is_full(&self) -> bool {
        let written = self.tree.origin.as_ref().map_or(0, |origin| origin.raw.nodes.len());
        let [some, times] = MOST_REBUILT;
        self.tree.nodes.len() > some + times * written || self.open.len() > DEEPEST_REBUILT
    }

    /// Opens a container like one of the text.
    pub(crate) fn open_like(&mut self, raw: Node) {
        self.open.push(self.len());
        self.push(raw.raw().written, raw.raw().span, raw.raw().text);
        self.last().flags |= raw.raw().flags & (INCOMPLETE | super::UNCLOSED);
        self.comes_from(raw);
    }

    /// Records the user's names of the fields of a document, by its node. Later documents come later.
    pub(crate) fn name(&mut self, root: u32, names: Arc<Names>) {
        if let Some(origin) = &mut self.tree.origin {
            origin.names.push((root, names));
        }
    }

    /// Opens a container of another kind in the place of a node of the text.
    pub(crate) fn open_instead(&mut self, written: Written, at: Node) {
        self.open.push(self.len());
        self.push(written, at.raw().span, at.head().span);
        self.comes_from_nowhere();
    }

    /// Opens an object of which a keyword is underlined, in the place of a node of the text.
    pub(crate) fn open_block(&mut self, keyword: Node, body: Node) {
        let index = self.len();
        self.open_instead(Written::Object, body);
        self.set_head(index, keyword.span());
    }

    /// Closes the innermost container that was opened like one of the text or instead of it.
    pub(crate) fn close_rebuilt(&mut self) {
        let open = *self.open.last().expect("only an open container is closed");
        let end = self.tree.nodes[open as usize].span.end;
        self.close(end);
    }

    /// Says what to underline for the whole of a container.
    pub(crate) fn set_head(&mut self, index: u32, head: Span) {
        self.tree.nodes[index as usize].text = head;
    }

    /// Adds a key of the text under a name of the API.
    pub(crate) fn key_named(&mut self, raw: Node, name: &str) {
        let known = self.names.get(name).copied();
        let text = known.unwrap_or_else(|| {
            let (text, _) = self.stored(Text::Decoded(name));
            self.names.insert(name.into(), text);
            text
        });
        self.push(Written::Key, raw.raw().span, text);
        let renamed = if raw.text() == name { 0 } else { RENAMED };
        let node = self.last();
        node.flags |= DECODED | renamed;
        node.link = hash(name);
        self.comes_from(raw);
    }

    /// Adds a key of the text under another name.
    pub(crate) fn key_respelled(&mut self, raw: Node, name: &str) {
        let (text, flags) = self.stored(Text::Decoded(name));
        self.push(Written::Key, raw.raw().span, text);
        let node = self.last();
        node.flags |= flags | RENAMED;
        node.link = hash(name);
        self.comes_from(raw);
    }

    /// Adds a key or a scalar of the text as it is.
    pub(crate) fn copy(&mut self, raw: Node) {
        self.convert(raw, raw.raw().written);
        self.last().flags |= raw.raw().flags & UNKNOWN;
    }

    /// Adds a scalar of the text as one of another kind, with the same text.
    pub(crate) fn convert(&mut self, raw: Node, written: Written) {
        let is_decoded = raw.raw().flags & DECODED != 0;
        let text = match raw.raw().written {
            Written::True => Text::Decoded("true"),
            Written::False => Text::Decoded("false"),
            _ if is_decoded => Text::Decoded(raw.text()),
            _ => Text::Source(raw.raw().text),
        };
        let (range, flags) = self.stored(text);
        self.push(written, raw.raw().span, range);
        let node = self.last();
        // The node of the text knows where its parts are.
        node.flags |= flags & DECODED;
        node.link = if written == Written::Key { raw.raw().link } else { node.link };
        self.tree.holds_empty_text |= written == Written::Text && range.is_empty();
        self.comes_from(raw);
    }

    /// Adds a value that an expression of the text results in.
    pub(crate) fn computed(&mut self, at: Node, written: Written, text: &str) {
        self.scalar(written, at.raw().span, Text::Decoded(text));
        self.comes_from_nowhere();
    }

    /// Adds an expression with an unknown value. `name` is what it refers to, in the notation of a text with
    /// holes; empty if nothing.
    pub(crate) fn expression(&mut self, at: Node, name: &str, presence: Presence) {
        let (text, flags) = self.stored(Text::Decoded(name));
        self.push(Written::Hole, at.raw().span, text);
        let is_there = match presence {
            Presence::Doubtful => 0,
            Presence::Certain => EXPRESSION,
            Presence::NeverEmpty => EXPRESSION | NEVER_EMPTY,
        };
        self.last().flags |= flags | is_there;
        self.comes_from_nowhere();
    }

    /// The last node stays a string whatever Terraform fills into it.
    pub(crate) fn mark_filled_in(&mut self) {
        self.last().flags |= FILLED_IN;
    }

    /// The last node was read from a text within the text.
    pub(crate) fn made_of_nothing(&mut self) {
        self.comes_from_nowhere();
    }

    fn last(&mut self) -> &mut RawNode {
        self.tree.nodes.last_mut().expect("a node was just added")
    }

    fn comes_from(&mut self, raw: Node) {
        if let Some(origin) = &mut self.tree.origin {
            origin.of.push(raw.index());
        }
    }

    fn comes_from_nowhere(&mut self) {
        if let Some(origin) = &mut self.tree.origin {
            origin.of.push(Origin::NOWHERE);
        }
    }

    fn stored(&mut self, text: Text) -> (Span, u16) {
        match text {
            Text::Source(span) => (span, 0),
            Text::Decoded(text) => {
                let start = self.tree.strings.len();
                self.tree.strings.push_str(text);
                (Span::of(start..self.tree.strings.len()), DECODED | WHOLE)
            }
            Text::Aligned(text, runs) => {
                let start = self.tree.strings.len();
                self.tree.strings.push_str(text);
                let moved = runs.iter().map(|run| Run { decoded: run.decoded + start as u32, ..*run });
                self.tree.runs.extend(moved);
                let range = Span::of(start..self.tree.strings.len());
                // No other text begins where this one ends.
                self.tree.strings.push('\0');
                (range, DECODED)
            }
        }
    }

    fn push(&mut self, written: Written, span: Span, text: Span) {
        let link = self.len() + 1;
        self.tree.nodes.push(RawNode::new(written, span, text, link));
    }
}

/// Whether an expression has a value at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Presence {
    /// It may remove the member that it is the value of.
    Doubtful,
    /// It has one.
    Certain,
    /// It has one, which is not empty: the name or the ARN of a resource.
    NeverEmpty,
}
