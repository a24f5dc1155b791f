//! A field of a document: missing, unknown, or known.
//!
//! A rule may report only what it knows. There are three things to know, each with its own question:
//!
//! * [`Field::known`] asks for the *value*. A placeholder has none.
//! * [`Field::present`] asks for the *presence*: is the key there, whatever its value? Use it if the key
//!   itself is the fault. A placeholder is present, with a doubt.
//! * [`Field::is_missing`] asks for the *absence*: is the field certainly not there? For a placeholder, the
//!   answer is no.
//!
//! [`Field::is_unknown`] may suppress a finding, but never cause one.

pub(in crate::model) mod presence;

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::iter;
use std::ops::{Deref, Range};

use crate::finding::Label;
use crate::fix::Spot;
use crate::model::{Answer, Present};
use crate::tree::{Kind, Node};

/// One field.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Field<'d, T> {
    /// The field is not there, or has a value that AWS's clients drop.
    Missing,
    /// The field is, or may be, there, but its value is not known. The node, if the field itself is visible.
    Unknown(Option<Node<'d>>),
    /// Its value is known.
    Known(Known<'d, T>),
}

/// A known value and its node.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known<'d, T> {
    node: Node<'d>,
    value: T,
}

impl<'d, T> Field<'d, T> {
    /// The value, if known: for a rule about the field's value.
    pub(crate) fn known(self) -> Option<Known<'d, T>> {
        if let Field::Known(known) = self { Some(known) } else { None }
    }

    /// The field as something that is there, whatever its value: for a rule about the key.
    pub(crate) fn present(&self) -> Option<Present<'d>> {
        match self {
            Field::Missing => None,
            Field::Unknown(node) => Present::of(node.as_ref().copied()?),
            Field::Known(known) => Some(known.present()),
        }
    }

    /// The field as something that is certainly there: for what makes another field a fault.
    pub(crate) fn certain(&self) -> Option<Present<'d>> {
        self.present().filter(Present::is_certain)
    }

    /// Whether the field is certainly not there: for a rule about a missing field.
    pub(crate) fn is_missing(&self) -> bool {
        matches!(self, Field::Missing)
    }

    /// Whether the field is, or may be, there, but its value is not known: for suppressing a finding.
    pub(crate) fn is_unknown(&self) -> bool {
        matches!(self, Field::Unknown(_))
    }

    /// Whether the value satisfies a condition: `No` if the field is missing, `Unknown` if its value is
    /// unknown.
    pub(crate) fn is(self, question: impl FnOnce(T) -> bool) -> Answer {
        match self {
            Field::Missing => Answer::No,
            Field::Unknown(_) => Answer::Unknown,
            Field::Known(known) => question(known.value).into(),
        }
    }

    /// A field inside this one: missing or unknown if this one is.
    pub(crate) fn and_then<U>(self, inner: impl FnOnce(T) -> Field<'d, U>) -> Field<'d, U> {
        match self {
            Field::Missing => Field::Missing,
            Field::Unknown(_) => Field::Unknown(None),
            Field::Known(known) => inner(known.value),
        }
    }

    /// The field with its value converted; unknown if the value cannot be converted.
    pub(crate) fn read<U>(self, read: impl FnOnce(T) -> Option<U>) -> Field<'d, U> {
        match self {
            Field::Missing => Field::Missing,
            Field::Unknown(node) => Field::Unknown(node),
            Field::Known(Known { node, value }) => match read(value) {
                Some(value) => Field::Known(Known { node, value }),
                None => Field::Unknown(Some(node)),
            },
        }
    }

    /// The field, but missing if it has a value that AWS's clients drop.
    fn without(self, is_absent: impl FnOnce(&T) -> bool) -> Field<'d, T> {
        match self {
            Field::Known(known) if is_absent(&known.value) => Field::Missing,
            other => other,
        }
    }
}

impl<'d, T> Known<'d, T> {
    /// A value that was read from a node.
    pub(crate) fn new(node: Node<'d>, value: T) -> Known<'d, T> {
        Known { node, value }
    }

    /// The node that holds the value.
    pub(crate) fn node(&self) -> Node<'d> {
        self.node
    }

    /// The value as something that is there.
    pub(crate) fn present(&self) -> Present<'d> {
        Present::of(self.node).unwrap_or(Present::certain(self.node))
    }

    /// The value.
    pub(crate) fn value(self) -> T {
        self.value
    }

    /// A label on the value.
    pub(crate) fn label(&self, text: impl Into<String>) -> Label {
        Label::new(self.node.place(), text)
    }

    /// A label on the key of the value, or on the value itself if it is an item of a list.
    pub(crate) fn key_label(&self, text: impl Into<String>) -> Label {
        Label::new(self.node.key().unwrap_or(self.node).place(), text)
    }

    /// A label on a part of a string, given as a byte range of its value.
    pub(crate) fn part_label(&self, part: Range<usize>, text: impl Into<String>) -> Label {
        Label::new(self.node.part(part), text)
    }
}

impl<'d, T> Spot<'d> for Known<'d, T> {
    fn spot(&self) -> Node<'d> {
        self.node
    }
}

impl<T> Deref for Known<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Display> fmt::Display for Known<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

/// A view of one node.
pub(crate) trait View<'d>: Copy {
    /// The view of a node.
    fn of(node: Node<'d>) -> Self;
    /// The viewed node.
    fn node(self) -> Node<'d>;

    /// A label on the whole node.
    fn label(self, text: impl Into<String>) -> Label {
        Label::new(self.node().place(), text)
    }

    /// A label on the key of the node, or on the whole node.
    fn key_label(self, text: impl Into<String>) -> Label {
        Label::new(self.node().key().unwrap_or(self.node()).place(), text)
    }

    /// A label for something that is missing in the node: on its key if it is set to an empty value,
    /// otherwise on the head of the node.
    fn missing_label(self, key: &str, text: impl Into<String>) -> Label {
        let key = self.node().get(key).and_then(Node::key);
        Label::new(key.map_or(self.node().head(), Node::place), text)
    }

    /// Whether the node has no content.
    fn is_absent(self) -> bool {
        self.node().is_absent()
    }
}

impl<'d> View<'d> for Node<'d> {
    fn of(node: Node<'d>) -> Node<'d> {
        node
    }

    fn node(self) -> Node<'d> {
        self
    }
}

/// Declares a view: a struct that holds one node.
macro_rules! view {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $name<'d>($crate::tree::Node<'d>);

        impl<'d> $crate::model::View<'d> for $name<'d> {
            fn of(node: $crate::tree::Node<'d>) -> $name<'d> {
                $name(node)
            }

            fn node(self) -> $crate::tree::Node<'d> {
                self.0
            }
        }

        impl<'d> $crate::fix::Spot<'d> for $name<'d> {
            fn spot(&self) -> $crate::tree::Node<'d> {
                self.0
            }
        }
    };
}
pub(in crate::model) use view;

/// A list of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct List<'d, V> {
    field: Field<'d, Node<'d>>,
    view: fn(Node<'d>) -> V,
}

impl<'d, V> List<'d, V> {
    /// The items whose kind is known; `null` is not an item.
    pub(crate) fn items(&self) -> impl Iterator<Item = V> + use<'d, V> {
        self.items_that(|item| !matches!(item.kind(), Kind::Null | Kind::Unknown))
    }

    /// The items that are objects: a placeholder among them may stand for any number.
    pub(crate) fn objects(&self) -> impl Iterator<Item = V> + use<'d, V> {
        self.items_that(|item| item.kind() == Kind::Object)
    }

    #[inline]
    fn items_that<F: Fn(&Node) -> bool>(&self, is_item: F) -> impl Iterator<Item = V> + use<'d, V, F> {
        let mut items = if let Field::Known(known) = self.field { Some(known.node.items()) } else { None };
        let view = self.view;
        iter::from_fn(move || items.as_mut()?.find(&is_item)).map(view)
    }

    /// Whether [`List::items`] returns everything in the list. A string with a placeholder may expand to
    /// several items.
    pub(crate) fn is_complete(&self) -> bool {
        match self.field {
            Field::Missing => true,
            Field::Unknown(_) => false,
            Field::Known(list) => {
                let is_hole = |item: Node| {
                    item.kind() == Kind::Unknown || (item.as_text().is_some() && certain_text(item).is_none())
                };
                !list.node.is_incomplete() && !list.node.items().any(is_hole)
            }
        }
    }

    /// Whether the list is certainly absent or empty.
    pub(crate) fn is_missing(&self) -> bool {
        self.field.is_missing()
    }

    /// Whether the list has any items.
    pub(crate) fn is_set(&self) -> Answer {
        match self.field.present() {
            Some(present) if present.is_certain() => Answer::Yes,
            _ => Answer::no_if(self.is_missing()),
        }
    }

    /// What to delete to remove one item: the whole list if it has no other items.
    pub(crate) fn removal(&self, item: Node<'d>) -> Node<'d> {
        match self.field {
            // Each of many items may be asked about.
            Field::Known(list) if list.node.items().take(2).count() == 1 && self.is_complete() => list.node,
            _ => item,
        }
    }

    /// The list as something that is there, whatever it holds.
    pub(crate) fn present(&self) -> Option<Present<'d>> {
        self.field.present()
    }

    /// The list as something that is certainly there: for what makes another field a fault.
    pub(crate) fn certain(&self) -> Option<Present<'d>> {
        self.field.certain()
    }

    /// The list as a field.
    pub(in crate::model) fn field(self) -> Field<'d, Node<'d>> {
        self.field
    }

    /// The list itself, if it is a list and is not empty.
    pub(crate) fn known(&self) -> Option<Known<'d, Node<'d>>> {
        self.field.known()
    }
}

// Functions that take the name of a key are inlined, so that the compiler computes its hash.

/// A member of an object, whatever its value. `null` is missing.
#[inline(always)]
pub(in crate::model) fn member<'d>(object: Node<'d>, name: &str) -> Field<'d, Node<'d>> {
    if object.kind() != Kind::Object {
        return Field::Unknown(None);
    }
    if object.is_filled(name) {
        return Field::Unknown(object.get(name));
    }
    match object.get(name) {
        None if object.is_incomplete() => Field::Unknown(None),
        None => Field::Missing,
        Some(node) => match node.kind() {
            Kind::Null => Field::Missing,
            Kind::Unknown => Field::Unknown(Some(node)),
            _ => Field::Known(Known { node, value: node }),
        },
    }
}

/// A string that names or selects something: an empty string is missing, a placeholder makes it unknown.
#[inline(always)]
pub(in crate::model) fn identifier<'d>(object: Node<'d>, name: &str) -> Field<'d, &'d str> {
    prose(object, name).without(|text| text.is_empty())
}

/// A string that may be any text, including the empty string.
#[inline(always)]
pub(in crate::model) fn prose<'d>(object: Node<'d>, name: &str) -> Field<'d, &'d str> {
    // Most strings are there, and known to be plain.
    match object.get(name).and_then(|node| Some(Known { node, value: node.plain_text()? })) {
        Some(known) if !object.is_filled(name) => Field::Known(known),
        _ => member(object, name).read(certain_text),
    }
}

/// The value of a string, unless it contains a placeholder.
pub(in crate::model) fn certain_text(node: Node<'_>) -> Option<&str> {
    node.as_text().filter(|_| node.is_plain())
}

/// An integer.
#[inline(always)]
pub(in crate::model) fn integer<'d>(object: Node<'d>, name: &str) -> Field<'d, i64> {
    member(object, name).read(Node::as_integer)
}

/// A number, integer or not.
#[inline(always)]
pub(in crate::model) fn number<'d>(object: Node<'d>, name: &str) -> Field<'d, f64> {
    member(object, name).read(Node::as_number)
}

/// An amount: 0 counts as not set, and a negative number is not an amount.
#[inline(always)]
pub(in crate::model) fn amount<'d>(object: Node<'d>, name: &str) -> Field<'d, i64> {
    integer(object, name).without(|number| *number == 0).read(|number| (number > 0).then_some(number))
}

/// A string that is set but empty, unless it is one of the names that the document leaves empty together.
#[inline(always)]
pub(in crate::model) fn empty_text<'d>(object: Node<'d>, name: &str) -> Option<Known<'d, &'d str>> {
    let node = object.get(name)?;
    certain_text(node).filter(|text| text.is_empty()).map(|text| Known { node, value: text })
}

/// A boolean.
#[inline(always)]
pub(in crate::model) fn boolean<'d>(object: Node<'d>, name: &str) -> Field<'d, bool> {
    member(object, name).read(Node::as_bool)
}

/// An object; an empty one is missing.
#[inline(always)]
pub(in crate::model) fn object<'d, V: View<'d>>(of: Node<'d>, name: &str) -> Field<'d, V> {
    let is_object = |node: Node<'d>| (node.kind() == Kind::Object).then_some(node);
    member(of, name).read(is_object).without(|node| node.is_absent()).read(|node| Some(V::of(node)))
}

/// A list; an empty one is missing.
#[inline(always)]
pub(in crate::model) fn list<'d, V: View<'d>>(of: Node<'d>, name: &str) -> List<'d, V> {
    let is_list = |node: Node<'d>| (node.kind() == Kind::List).then_some(node);
    List { field: member(of, name).read(is_list).without(|node| node.is_absent()), view: V::of }
}

/// A list that is known by itself.
pub(in crate::model) fn list_at<'d, V: View<'d>>(node: Node<'d>) -> List<'d, V> {
    List { field: Field::Known(Known { node, value: node }), view: V::of }
}

/// The known strings of a list.
pub(in crate::model) fn known_texts<'d>(
    list: List<'d, Node<'d>>,
) -> impl Iterator<Item = Known<'d, &'d str>> {
    let known = |node: Node<'d>| Some(Known { node, value: certain_text(node)? });
    list.items().filter_map(known)
}

/// The duplicates among some named things, each with the first one of the same name.
pub(crate) fn repeated<K: Ord, T: Copy>(named: impl Iterator<Item = (K, T)>) -> Vec<(T, T)> {
    let mut named: Vec<(K, usize, T)> =
        named.enumerate().map(|(at, (name, thing))| (name, at, thing)).collect();
    named.sort_unstable_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
    let mut repeated = Vec::new();
    for same in named.chunk_by(|one, other| one.0 == other.0) {
        if let [(_, _, first), others @ ..] = same {
            repeated.extend(others.iter().map(|(_, at, other)| (*at, *first, *other)));
        }
    }
    repeated.sort_unstable_by_key(|(at, ..)| *at);
    repeated.into_iter().map(|(_, first, other)| (first, other)).collect()
}

/// The duplicates among some entries with a known name, each with the first one of the same name.
pub(crate) fn repeated_by<'d, T: Copy>(
    entries: impl Iterator<Item = T>,
    name: impl Fn(T) -> Field<'d, &'d str>,
) -> Vec<(T, T)> {
    repeated(entries.filter_map(|entry| Some((name(entry).known()?.value(), entry))))
}

/// The most frequent value; in a tie, the one that comes first.
pub(crate) fn most_frequent<T: Eq + Hash + Copy>(values: impl Iterator<Item = T>) -> Option<T> {
    let values: Vec<T> = values.collect();
    let mut counts: HashMap<T, usize> = HashMap::new();
    values.iter().for_each(|value| *counts.entry(*value).or_default() += 1);
    values.into_iter().rev().max_by_key(|value| counts[value])
}

/// Whether two values are equal: all their members, in any order.
pub(crate) fn is_same(left: Node, right: Node) -> Answer {
    let holds_more = |node: Node| node.kind() == Kind::Unknown || node.is_incomplete();
    if holds_more(left) || holds_more(right) {
        return Answer::Unknown;
    }
    let is_certain = |node: Node| node.as_text().is_none() || certain_text(node).is_some();
    match left.kind() {
        kind if kind != right.kind() => Answer::no_if(is_certain(left) && is_certain(right)),
        Kind::Null | Kind::Unknown => Answer::Yes,
        Kind::Bool => Answer::from(left.as_bool() == right.as_bool()),
        Kind::Number | Kind::Text if left.text() == right.text() => Answer::Yes,
        Kind::Number | Kind::Text => Answer::no_if(is_certain(left) && is_certain(right)),
        Kind::List if left.items().count() != right.items().count() => {
            // A placeholder may expand to several items.
            Answer::no_if(left.items().chain(right.items()).all(is_certain))
        }
        Kind::List => all(left.items().zip(right.items()).map(|(left, right)| is_same(left, right))),
        Kind::Object if left.members().count() != right.members().count() => Answer::No,
        Kind::Object => all(left
            .members()
            .map(|(key, value)| right.get(key.text()).map_or(Answer::No, |other| is_same(value, other)))),
    }
}

fn all(answers: impl Iterator<Item = Answer>) -> Answer {
    answers.fold(Answer::Yes, Answer::and)
}
