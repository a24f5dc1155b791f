//! Values with positions: one flat list of nodes for each text, in the order of the text.
//!
//! A [`Node`] is a small copyable handle into a [`Tree`]. A node's value is kept apart from its position:
//! escapes are decoded and a key may have been renamed to the API's spelling, while the position stays at the
//! bytes of the file.

mod builder;
mod hash;
mod keys;
mod order;
mod origin;
mod written;

pub(crate) use builder::{Presence, Text, TreeBuilder};
pub(crate) use hash::hash;
pub(crate) use keys::Duplicate;
use origin::Origin;
pub(crate) use origin::{Door, NAMELESS};
pub(crate) use written::Run;
pub(crate) use written::{Notation, PROGRAMS};

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, OnceLock};

use crate::placeholder::{self, Found, Wants};
use crate::source::{Cut, Place, Source, Span};
use written::Spelling;

/// What a node contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number; its text is that of the file.
    Number,
    /// A string.
    Text,
    /// An array.
    List,
    /// An object.
    Object,
    /// Something with an unknown value: a template hole, or a value of the wrong shape.
    Unknown,
}

/// What kind of token a node was in the text, whatever has been learned about it since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    Null,
    False,
    True,
    Number,
    Text,
    Key,
    List,
    Object,
    Hole,
    /// A function, or [`CHOICE`], applied to parts: the text is its name, and its value is not known.
    Call,
}

/// The name of the call that chooses between its first two parts: the third is the condition.
pub(crate) const CHOICE: &str = "?";

/// The node's text is in [`Tree::strings`], not in the source.
const DECODED: u16 = 1;
/// The value is not reliable.
const UNKNOWN: u16 = 1 << 1;
/// A list or an object that may contain more than what is visible.
const INCOMPLETE: u16 = 1 << 2;
/// A key that a later member of the same name overrides.
const SHADOWED: u16 = 1 << 3;
/// A list or an object without a closing bracket.
const UNCLOSED: u16 = 1 << 4;
/// A key that has been renamed since it was read.
const RENAMED: u16 = 1 << 5;
/// An expression of the user's tool, whose value is certainly there although it is unknown.
const EXPRESSION: u16 = 1 << 6;
/// The parts of the text have no places of their own.
const WHOLE: u16 = 1 << 7;
/// The node is not written here: an alias repeats what is written elsewhere, or a tag stands for a key.
const IMPLIED: u16 = 1 << 8;

/// An expression whose value is certainly neither absent nor empty.
const NEVER_EMPTY: u16 = 1 << 10;

/// A string of JSON in which Terraform fills in the holes: it stays a string.
const FILLED_IN: u16 = 1 << 11;

/// An object with members that a deploy step writes: see [`Tree::mark_filled`].
const FILLED: u16 = 1 << 9;

/// The values of [`RawNode::plain`].
const NOBODY_ASKED: u8 = 0;
const PLAIN: u8 = 1;
const NOT_PLAIN: u8 = 2;

#[derive(Debug)]
pub(crate) struct RawNode {
    /// The whole token, including quotes and brackets.
    pub span: Span,
    /// The value of a text, key or number: a range of the source or of the decoded strings. For a list or an
    /// object, what to underline for the whole.
    pub text: Span,
    /// For a value, the index after its last descendant; for a key, the hash of its text.
    pub link: u32,
    /// The keys of an object.
    pub keys: KeySet,
    pub written: Written,
    flags: u16,
    /// Whether a string or a key contains a placeholder, once this has been asked: every rule asks about some
    /// nodes, no rule about most. Threads that ask at the same time get the same result.
    plain: AtomicU8,
}

impl RawNode {
    pub(crate) fn new(written: Written, span: Span, text: Span, link: u32) -> RawNode {
        RawNode {
            span,
            text,
            link,
            keys: KeySet::default(),
            written,
            flags: 0,
            plain: AtomicU8::new(NOBODY_ASKED),
        }
    }
}

/// The keys that an object may contain, one bit for all whose hashes begin alike. Most keys that rules ask
/// for are not there, and this one check rules out most of them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct KeySet(u64);

impl KeySet {
    /// Adds the key with a hash. False if one that looks the same is already there.
    pub(crate) fn insert(&mut self, hash: u32) -> bool {
        let is_new = !self.may_hold(hash);
        self.0 |= KeySet::bit(hash);
        is_new
    }

    fn may_hold(self, hash: u32) -> bool {
        self.0 & KeySet::bit(hash) != 0
    }

    fn bit(hash: u32) -> u64 {
        1 << (hash >> (u32::BITS - u64::BITS.ilog2()))
    }
}

/// The nodes of one text, in the order of the text: a container comes before its members, a key before its
/// value.
#[derive(Debug)]
pub struct Tree {
    /// The text that the nodes point into.
    pub source: Arc<Source>,
    /// The notation of the text.
    pub notation: Notation,
    /// The form in which the user wrote what the nodes describe.
    pub door: Door,
    /// What the nodes were made of, if they are not the text's own.
    origin: Option<Origin>,
    pub(crate) nodes: Vec<RawNode>,
    /// Values that are not slices of the source.
    pub(crate) strings: String,
    /// Where the decoded strings come from, in the order of the text.
    pub(crate) runs: Vec<Run>,
    /// The original spelling of the keys that were renamed, by index.
    spellings: BTreeMap<u32, Spelling>,
    /// Whether there is an empty string among the values.
    pub(crate) holds_empty_text: bool,
    /// The placeholders of the documents, each with the index of its value, in the order of the
    /// text.
    pub(crate) placeholders: Vec<(u32, Found)>,
    /// Whether there is a `null` among the values.
    pub(crate) holds_null: bool,
    /// Whether there are nodes that aliases repeat: the nodes are then not in the order of the text.
    pub(crate) holds_copies: bool,
    /// The members that a deploy step writes, whether or not they are there: each with the index of its object.
    filled: HashSet<(u32, &'static str)>,
    /// The position of each node, computed when what surrounds a node is first needed.
    around: OnceLock<Vec<Around>>,
    /// The nodes without the copies of others, likewise: see [`Tree::last_own_at`].
    own: OnceLock<Vec<u32>>,
    /// How far the nodes are in the order of the text, likewise: see [`Node::child_at`].
    in_order: OnceLock<Vec<u32>>,
    /// Whether what reads the document may write a number for a text that is one.
    pub(crate) may_convert: bool,
    /// Whether what reads the document takes it for YAML, which allows more than JSON.
    pub(crate) is_read_as_yaml: bool,
    /// The items of lists that have a name of their own, likewise: see [`crate::pointer`].
    pub(crate) named: OnceLock<HashMap<u32, u32>>,
    /// Of the keys of blocks that are repeated, how many precede each.
    repetitions: OnceLock<HashMap<u32, usize>>,
    /// Whether there is a word anywhere that is in the names of images for Windows.
    names_windows: OnceLock<bool>,
}

/// The position of a node in its container.
#[derive(Clone, Copy, Debug)]
struct Around {
    /// The list or object that contains a value; [`Around::TOP`] for the value of a whole text.
    parent: u32,
    /// How many items or members precede it there.
    position: u32,
}

impl Around {
    const TOP: u32 = u32::MAX;
}

impl Tree {
    /// A tree without nodes over a source.
    pub(crate) fn empty(source: Arc<Source>, notation: Notation) -> Tree {
        let expected = source.text.len() / 16 + 8;
        Tree {
            source,
            notation,
            door: Door::Api,
            origin: None,
            nodes: Vec::with_capacity(expected),
            strings: String::new(),
            runs: Vec::new(),
            spellings: BTreeMap::new(),
            holds_empty_text: false,
            placeholders: Vec::new(),
            holds_null: false,
            holds_copies: false,
            filled: HashSet::new(),
            around: OnceLock::new(),
            own: OnceLock::new(),
            in_order: OnceLock::new(),
            may_convert: false,
            is_read_as_yaml: false,
            named: OnceLock::new(),
            repetitions: OnceLock::new(),
            names_windows: OnceLock::new(),
        }
    }

    /// The node at an index.
    pub fn node(&self, index: u32) -> Node<'_> {
        Node { tree: self, index }
    }

    /// The values at the top level of the text: one in JSON, several if values follow one another, none in an
    /// empty text.
    pub fn roots(&self) -> impl Iterator<Item = Node<'_>> {
        Siblings { tree: self, next: 0, end: self.nodes.len() as u32 }
    }

    /// Every node that is a value.
    pub fn values(&self) -> impl Iterator<Item = Node<'_>> {
        let indices = 0..self.nodes.len() as u32;
        indices.map(|index| self.node(index)).filter(|node| node.raw().written != Written::Key)
    }

    /// Makes a value unknown from now on.
    pub fn forget(&mut self, index: u32) {
        self.nodes[index as usize].flags |= UNKNOWN;
    }

    /// Makes a number the text that it is written as.
    pub(crate) fn read_as_text(&mut self, number: u32) {
        self.nodes[number as usize].written = Written::Text;
    }

    /// Declares that a deploy step writes a member of an object: its value is certainly there and not known, and what
    /// the text has in its place never counts.
    pub(crate) fn mark_filled(&mut self, object: u32, key: &'static str) {
        self.filled.insert((object, key));
        self.nodes[object as usize].flags |= FILLED;
        if let Some(value) = self.node(object).get(key) {
            let end = value.raw().link.max(value.index + 1);
            let from = self.placeholders.partition_point(|(index, _)| *index < value.index);
            let to = self.placeholders.partition_point(|(index, _)| *index < end);
            let index = value.index;
            self.placeholders.drain(from..to);
            self.forget(index);
        }
    }

    /// Gives a key of an object the API's name. Its position stays.
    pub(crate) fn rename_key(&mut self, object: u32, key: u32, name: &str) {
        let start = self.strings.len() as u32;
        self.strings.push_str(name);
        let node = &mut self.nodes[key as usize];
        assert!(node.written == Written::Key, "only keys have names");
        self.spellings.entry(key).or_insert(Spelling::of(node));
        node.text = Span::new(start, self.strings.len() as u32);
        node.link = hash(name);
        node.flags |= DECODED | RENAMED;
        *node.plain.get_mut() = NOBODY_ASKED;
        self.nodes[object as usize].keys.insert(hash(name));
    }

    /// The position of each node: one walk for all, because a caller that needs one often needs many.
    fn around(&self) -> &[Around] {
        self.around.get_or_init(|| {
            let mut around = vec![Around { parent: Around::TOP, position: 0 }; self.nodes.len()];
            for (index, node) in self.nodes.iter().enumerate() {
                let is_object = node.written == Written::Object;
                if !is_object && !matches!(node.written, Written::List | Written::Call) {
                    continue;
                }
                let mut next = index as u32 + 1;
                let mut position = 0;
                while next < node.link {
                    let here = Around { parent: index as u32, position };
                    around[next as usize] = here;
                    let value = if is_object { next + 1 } else { next };
                    around[value as usize] = here;
                    next = self.nodes[value as usize].link;
                    position += 1;
                }
            }
            around
        })
    }

    /// Records that a tool fills in some of the texts which a user should replace, below a node.
    pub(crate) fn mark_replaced(&mut self, root: u32, is_replaced: impl Fn(&str) -> bool) {
        let end = self.node(root).raw().link.max(root + 1);
        let found = self.placeholders.iter().enumerate().filter(|(_, (index, found))| {
            (root..end).contains(index)
                && found.kind == placeholder::Kind::StandIn
                && is_replaced(self.node(*index).text().cut(found.range.clone()))
        });
        let found: Vec<usize> = found.map(|(at, _)| at).collect();
        found.into_iter().for_each(|at| self.placeholders[at].1.kind = placeholder::Kind::Hole);
    }

    /// Records the placeholders of a value, or that it contains none: this depends on what its field expects.
    pub(crate) fn mark_placeholders(&mut self, index: u32, found: impl IntoIterator<Item = Found>) {
        let mut is_plain = true;
        for found in found {
            is_plain &= !found.kind.hides_value();
            // Most values arrive in order.
            let at = self.placeholders.partition_point(|(other, _)| *other <= index);
            self.placeholders.insert(at, (index, found));
        }
        *self.nodes[index as usize].plain.get_mut() = if is_plain { PLAIN } else { NOT_PLAIN };
    }

    pub(crate) fn mark_decoded(&mut self, index: u32) {
        self.nodes[index as usize].flags |= DECODED;
    }

    /// Makes a value unknown, and a part of the source its text.
    pub(crate) fn mark_hole(&mut self, index: u32, text: Span) {
        let node = &mut self.nodes[index as usize];
        (node.written, node.text) = (Written::Hole, text);
        node.flags &= !DECODED;
    }

    pub(crate) fn mark_incomplete(&mut self, index: u32) {
        self.nodes[index as usize].flags |= INCOMPLETE;
    }

    /// Whether some words are anywhere in the text, which `is_named` tells: asked once.
    pub(crate) fn names_windows(&self, is_named: impl Fn(&str) -> bool) -> bool {
        *self.names_windows.get_or_init(|| is_named(&self.source.text) || is_named(&self.strings))
    }

    pub(crate) fn mark_unclosed(&mut self, index: u32) {
        self.nodes[index as usize].flags |= UNCLOSED;
    }

    pub(crate) fn mark_shadowed(&mut self, index: u32) {
        self.nodes[index as usize].flags |= SHADOWED;
    }

    /// The bytes to compare: there is no need to find out again where characters begin.
    fn bytes_of(&self, raw: &RawNode) -> &[u8] {
        let text = if raw.flags & DECODED == 0 { &self.source.text } else { &self.strings };
        text.as_bytes().get(raw.text.range()).unwrap_or_default()
    }

    fn text_of(&self, raw: &RawNode) -> &str {
        let text = if raw.flags & DECODED == 0 { &self.source.text } else { &self.strings };
        text.cut(raw.text.range())
    }
}

/// A handle on one node. Nodes are equal when they are the same node of the same tree.
#[derive(Clone, Copy)]
pub struct Node<'d> {
    tree: &'d Tree,
    index: u32,
}

// The basic questions are asked of every value many times; when optimizing for size, the compiler would make
// each one a call.
impl<'d> Node<'d> {
    #[inline(always)]
    pub(crate) fn raw(self) -> &'d RawNode {
        &self.tree.nodes[self.index as usize]
    }

    /// The tree that the node belongs to.
    pub fn tree(self) -> &'d Tree {
        self.tree
    }

    /// The index of the node in its tree.
    pub fn index(self) -> u32 {
        self.index
    }

    /// What the node contains, as far as it is known.
    #[inline(always)]
    pub fn kind(self) -> Kind {
        let raw = self.raw();
        if raw.flags & UNKNOWN != 0 {
            return Kind::Unknown;
        }
        match raw.written {
            Written::Null => Kind::Null,
            Written::False | Written::True => Kind::Bool,
            Written::Number => Kind::Number,
            Written::Text | Written::Key => Kind::Text,
            Written::List => Kind::List,
            Written::Object => Kind::Object,
            Written::Hole | Written::Call => Kind::Unknown,
        }
    }

    /// The bytes of the whole token, including quotes and brackets.
    pub fn span(self) -> Span {
        self.raw().span
    }

    /// The place of the node.
    pub fn place(self) -> Place {
        self.tree.source.place(self.span())
    }

    /// The key of a value that is a member of an object, as a node.
    pub fn key(self) -> Option<Node<'d>> {
        let before = self.tree.node(self.index.checked_sub(1)?);
        (before.raw().written == Written::Key).then_some(before)
    }

    /// The value that a key belongs to.
    pub fn value_of_key(self) -> Node<'d> {
        self.tree.node(self.index + 1)
    }

    /// The decoded text of a key or of a string, the digits of a number, and an empty text for anything else,
    /// whether or not the value is known.
    #[inline]
    pub fn text(self) -> &'d str {
        let raw = self.raw();
        match raw.written {
            Written::List | Written::Object => "",
            _ => self.tree.text_of(raw),
        }
    }

    /// The value of a string.
    pub fn as_text(self) -> Option<&'d str> {
        (self.kind() == Kind::Text).then(|| self.text())
    }

    /// Whether this is a string, or a key, without a placeholder that hides its value. For a key, and if the
    /// field is unknown, only what is a placeholder in any field counts.
    pub fn is_plain(self) -> bool {
        let raw = self.raw();
        match raw.plain.load(Ordering::Relaxed) {
            NOBODY_ASKED => {
                let is_string = matches!(raw.written, Written::Text | Written::Key);
                let is_plain = is_string && placeholder::find(self.text(), Wants::Choice).is_none();
                raw.plain.store(if is_plain { PLAIN } else { NOT_PLAIN }, Ordering::Relaxed);
                is_plain
            }
            known => known == PLAIN,
        }
    }

    /// The value of a string that is known to hold no placeholder that hides it, because somebody has asked.
    #[inline(always)]
    pub(crate) fn plain_text(self) -> Option<&'d str> {
        let raw = self.raw();
        let is_plain = raw.plain.load(Ordering::Relaxed) == PLAIN;
        (is_plain && raw.written == Written::Text && raw.flags & UNKNOWN == 0).then(|| self.tree.text_of(raw))
    }

    /// Whether a template hole replaces the value: unlike a value of the wrong shape, it may turn out to be
    /// anything.
    pub fn is_hole(self) -> bool {
        let raw = self.raw();
        let is_one = || match self.tree.origin {
            None => placeholder::find(self.token(), Wants::Choice).is_some(),
            Some(_) => raw.flags & EXPRESSION != 0,
        };
        raw.written == Written::Hole && is_one()
    }

    /// Whether it is a string with holes that Terraform fills in, and a string whatever they become.
    pub(crate) fn stays_text(self) -> bool {
        let raw = self.raw();
        let is_json = || {
            let tree = self.tree;
            tree.door == Door::Terraform && tree.notation == Notation::Json && tree.origin.is_none()
        };
        raw.written == Written::Text
            && (raw.flags & FILLED_IN != 0 || is_json())
            && self.text().contains("${")
    }

    /// Whether it is an expression of a template that may remove the member that it is the value of.
    pub(crate) fn may_be_absent(self) -> bool {
        self.raw().written == Written::Hole && self.tree.origin.is_some() && !self.is_hole()
    }

    /// Whether it is an expression whose value is not empty, such as the ARN of a resource.
    pub(crate) fn is_never_empty(self) -> bool {
        self.raw().flags & NEVER_EMPTY != 0
    }

    /// The value of a boolean.
    pub fn as_bool(self) -> Option<bool> {
        (self.kind() == Kind::Bool).then(|| self.raw().written == Written::True)
    }

    /// The value of a number that is an integer without fraction or exponent and fits 64 bits.
    pub fn as_integer(self) -> Option<i64> {
        if self.kind() != Kind::Number { None } else { self.text().parse().ok() }
    }

    /// The value of a number.
    pub fn as_number(self) -> Option<f64> {
        if self.kind() != Kind::Number { None } else { self.text().parse().ok() }
    }

    /// Whether an object or a list may contain more than what is visible, because it contains a template hole
    /// or a syntax fault.
    pub fn is_incomplete(self) -> bool {
        self.raw().flags & INCOMPLETE != 0
    }

    /// Whether a deploy step writes a member of this object.
    #[inline(always)]
    pub(crate) fn is_filled(self, name: &str) -> bool {
        self.raw().flags & FILLED != 0 && self.is_among_filled(name)
    }

    fn is_among_filled(self, name: &str) -> bool {
        let filled: &HashSet<(u32, &str)> = &self.tree.filled;
        filled.contains(&(self.index, name))
    }

    /// Whether a list or an object has a closing bracket.
    pub fn is_closed(self) -> bool {
        self.raw().flags & UNCLOSED == 0
    }

    /// Whether the node is a list or an object, whether or not its contents are known.
    pub(crate) fn is_container(self) -> bool {
        matches!(self.raw().written, Written::List | Written::Object)
    }

    /// Whether the node is not written where it counts: an alias repeats what is written elsewhere, or a tag
    /// stands for a key. It cannot be changed by itself.
    pub fn is_implied(self) -> bool {
        self.raw().flags & IMPLIED != 0
    }

    /// Whether AWS's clients and deployers treat the value as unset: `null`, `[]`, `{}`.
    pub fn is_absent(self) -> bool {
        match self.kind() {
            Kind::Null => true,
            Kind::List => self.items().next().is_none() && !self.is_incomplete(),
            Kind::Object => self.members().next().is_none() && !self.is_incomplete(),
            _ => false,
        }
    }

    /// The object or list that contains a value, or a key; `None` for the value of a whole text.
    pub fn parent(self) -> Option<Node<'d>> {
        let parent = self.tree.around()[self.index as usize].parent;
        (parent != Around::TOP).then(|| self.tree.node(parent))
    }

    /// Every value below this one, in the order of the text.
    pub fn descendants(self) -> impl Iterator<Item = Node<'d>> {
        let tree = self.tree;
        let below = self.index + 1..self.raw().link.max(self.index + 1);
        below.map(|index| tree.node(index)).filter(|node| node.raw().written != Written::Key)
    }

    /// The placeholders in this value and below it, each with the value that contains it, in the order of the
    /// text.
    pub fn placeholders(self) -> impl Iterator<Item = (Node<'d>, &'d Found)> {
        let all = &self.tree.placeholders;
        let from = all.partition_point(|(index, _)| *index < self.index);
        let end = self.raw().link.max(self.index + 1);
        let below = all[from..].iter().take_while(move |(index, _)| *index < end);
        below.map(|(index, found)| (self.tree.node(*index), found))
    }

    fn children(self) -> Siblings<'d> {
        Siblings { tree: self.tree, next: self.index + 1, end: self.raw().link }
    }

    fn nothing(self) -> Siblings<'d> {
        Siblings { tree: self.tree, next: 0, end: 0 }
    }

    /// The members of an object, key and value, in order. If two members have the same name, the last one
    /// counts, as in Python and Go, and the others are left out.
    pub fn members(self) -> Members<'d> {
        let siblings = if self.kind() == Kind::Object { self.children() } else { self.nothing() };
        Members { siblings }
    }

    /// The items of a list, in order.
    pub fn items(self) -> impl Iterator<Item = Node<'d>> + Clone {
        if self.kind() == Kind::List { self.children() } else { self.nothing() }
    }

    /// The name of the function that is applied here, and the parts that it is applied to.
    pub(crate) fn call(self) -> Option<(&'d str, impl Iterator<Item = Node<'d>> + Clone)> {
        (self.raw().written == Written::Call).then(|| (self.text(), self.children()))
    }

    /// The value of a member of an object.
    #[inline(always)]
    pub fn get(self, name: &str) -> Option<Node<'d>> {
        self.get_hashed(name, hash(name))
    }

    #[inline(always)]
    pub(crate) fn get_hashed(self, name: &str, hash: u32) -> Option<Node<'d>> {
        if !self.raw().keys.may_hold(hash) || self.kind() != Kind::Object {
            return None;
        }
        self.find(name, hash)
    }

    fn find(self, name: &str, hash: u32) -> Option<Node<'d>> {
        let object = self.raw();
        let mut at = self.index + 1;
        while at < object.link {
            let key = &self.tree.nodes[at as usize];
            let value = at + 1;
            let is_meant = || self.tree.bytes_of(key) == name.as_bytes();
            if key.link == hash && key.flags & SHADOWED == 0 && is_meant() {
                return Some(self.tree.node(value));
            }
            at = self.tree.nodes[value as usize].link;
        }
        None
    }

    /// The value of a member of an object that does not count: a tool drops it, or another member replaces it.
    pub(crate) fn left_out(self, name: &str) -> Option<Node<'d>> {
        let mut children = if self.kind() == Kind::Object { self.children() } else { self.nothing() };
        while let (Some(key), Some(value)) = (children.next(), children.next()) {
            if key.raw().flags & SHADOWED != 0 && key.text() == name {
                return Some(value);
            }
        }
        None
    }

    /// The node that a path of keys and positions leads to.
    pub fn descend<'s>(self, steps: impl IntoIterator<Item = &'s str>) -> Option<Node<'d>> {
        steps.into_iter().try_fold(self, |node, step| match node.raw().written {
            Written::List => node.children().nth(step.parse().ok()?),
            _ => node.get(step),
        })
    }

    /// How many items or members precede this one.
    pub fn position(self) -> usize {
        self.tree.around()[self.index as usize].position as usize
    }

    /// The JSON Pointer (RFC 6901) of the node in its text, with the keys as the text spells them. If the
    /// text contains several values, it starts at the one that contains the node.
    pub fn pointer(self) -> String {
        let mut steps = Vec::new();
        let mut node = self;
        while let Some(parent) = node.parent() {
            let key = if node.raw().written == Written::Key { Some(node) } else { node.key() };
            steps.extend(key.and_then(Node::repetition).map(|position| position.to_string()));
            steps.push(key.map_or_else(|| node.position().to_string(), |key| key.spelled().to_owned()));
            node = parent;
        }
        let steps = steps.iter().rev().map(|step| step.replace('~', "~0").replace('/', "~1"));
        steps.flat_map(|step| ["/".to_owned(), step]).collect()
    }
}

impl<'d> Node<'d> {
    /// How many blocks of the same name precede the one that a key begins, if there are several in a block.
    fn repetition(self) -> Option<usize> {
        let parent = self.parent().filter(|_| self.tree.notation == Notation::Hcl)?;
        parent.parent()?;
        self.tree.repetitions.get_or_init(|| repetitions(self.tree)).get(&self.index).copied()
    }
}

/// Of all keys that are in their objects more than once, how many of the same text precede each.
fn repetitions(tree: &Tree) -> HashMap<u32, usize> {
    let mut found = HashMap::new();
    for object in tree.values().filter(|value| value.kind() == Kind::Object) {
        let mut by_text: HashMap<&str, Vec<u32>> = HashMap::new();
        for (key, _) in object.members() {
            by_text.entry(key.text()).or_default().push(key.index);
        }
        let repeated = by_text.into_values().filter(|keys| keys.len() > 1);
        found.extend(repeated.flat_map(|keys| keys.into_iter().enumerate().map(|(at, key)| (key, at))));
    }
    found
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.tree, other.tree) && self.index == other.index
    }
}

impl Eq for Node<'_> {}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {}", self.kind(), self.tree.source.slice(self.span()))
    }
}

#[derive(Clone)]
struct Siblings<'d> {
    tree: &'d Tree,
    next: u32,
    end: u32,
}

impl<'d> Iterator for Siblings<'d> {
    type Item = Node<'d>;

    fn next(&mut self) -> Option<Node<'d>> {
        if self.next >= self.end {
            return None;
        }
        let node = self.tree.node(self.next);
        self.next = match node.raw().written {
            Written::Key => self.next + 1,
            _ => node.raw().link,
        };
        Some(node)
    }
}

/// The members of an object: see [`Node::members`].
#[derive(Clone)]
pub struct Members<'d> {
    siblings: Siblings<'d>,
}

impl<'d> Iterator for Members<'d> {
    type Item = (Node<'d>, Node<'d>);

    fn next(&mut self) -> Option<(Node<'d>, Node<'d>)> {
        loop {
            let key = self.siblings.next()?;
            let value = self.siblings.next()?;
            if key.raw().flags & SHADOWED == 0 {
                return Some((key, value));
            }
        }
    }
}
