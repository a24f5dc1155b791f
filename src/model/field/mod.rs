//! A field of a document: missing, unknown, or known.
//!
//! A rule may complain only about what it knows, and it knows three things, each by a question
//! of its own:
//!
//! * [`Field::known`] asks for the *value*: what does it say? A placeholder has none.
//! * [`Field::present`] asks for the *presence*: is the key there, whatever its value? This is the
//!   question where the key itself is the fault. A placeholder is present, with a doubt.
//! * [`Field::is_missing`] asks for the *absence*: is it certainly not there? Where a placeholder
//!   is, the answer is no.
//!
//! [`Field::is_unknown`] may lead to silence, never to a complaint.

pub(in crate::model) mod presence;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::iter;
use std::ops::{Deref, Range};

use crate::finding::Label;
use crate::fix::Spot;
use crate::model::{Answer, Present};
use crate::tree::{Kind, Node};

/// One field.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Field<'d, T> {
    /// It is not there, or holds what AWS's clients drop.
    Missing,
    /// It is, or may be, there, but its value is not known. The node, if the field itself is
    /// seen.
    Unknown(Option<Node<'d>>),
    /// Its value is known.
    Known(Known<'d, T>),
}

/// A known value and the node that holds it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known<'d, T> {
    node: Node<'d>,
    value: T,
}

impl<'d, T> Field<'d, T> {
    /// The value, if it is known: for a rule about what the field says.
    pub(crate) fn known(self) -> Option<Known<'d, T>> {
        if let Field::Known(known) = self { Some(known) } else { None }
    }

    /// The field as something that is there, whatever its value: for a rule about its key.
    pub(crate) fn present(&self) -> Option<Present<'d>> {
        match self {
            Field::Missing => None,
            Field::Unknown(node) => Present::of(node.as_ref().copied()?),
            Field::Known(known) => Some(known.present()),
        }
    }

    /// The field as something that is there for sure: for what makes another field a fault.
    pub(crate) fn certain(&self) -> Option<Present<'d>> {
        self.present().filter(Present::is_certain)
    }

    /// Whether the field is certainly not there: for a rule about what is missing.
    pub(crate) fn is_missing(&self) -> bool {
        matches!(self, Field::Missing)
    }

    /// Whether it is, or may be, there, but its value is not known: for keeping silent.
    pub(crate) fn is_unknown(&self) -> bool {
        matches!(self, Field::Unknown(_))
    }

    /// Whether its value is so: no where it is missing, unknown where its value is not known.
    pub(crate) fn is(self, question: impl FnOnce(T) -> bool) -> Answer {
        match self {
            Field::Missing => Answer::No,
            Field::Unknown(_) => Answer::Unknown,
            Field::Known(known) => question(known.value).into(),
        }
    }

    /// A field inside this one: missing or unknown where this one is.
    pub(crate) fn and_then<U>(self, inner: impl FnOnce(T) -> Field<'d, U>) -> Field<'d, U> {
        match self {
            Field::Missing => Field::Missing,
            Field::Unknown(_) => Field::Unknown(None),
            Field::Known(known) => inner(known.value),
        }
    }

    /// The field with its value read as something else; unknown where it cannot be.
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

    /// The field with a value that AWS's clients drop read as missing.
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

    /// A label on the key of the value, or on the value where it is an item of a list.
    pub(crate) fn key_label(&self, text: impl Into<String>) -> Label {
        Label::new(self.node.key().unwrap_or(self.node).place(), text)
    }

    /// A label on a part of a string, given by the bytes of its value.
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
    /// The node seen.
    fn node(self) -> Node<'d>;

    /// A label on the whole of what is seen.
    fn label(self, text: impl Into<String>) -> Label {
        Label::new(self.node().place(), text)
    }

    /// A label on the key that what is seen stands under, or on the whole.
    fn key_label(self, text: impl Into<String>) -> Label {
        Label::new(self.node().key().unwrap_or(self.node()).place(), text)
    }

    /// A label for something that is missing in what is seen: on its key if it is written as an
    /// empty value, else on the head of the whole.
    fn missing_label(self, key: &str, text: impl Into<String>) -> Label {
        let key = self.node().get(key).and_then(Node::key);
        Label::new(key.map_or(self.node().head(), Node::place), text)
    }

    /// Whether nothing is written in it.
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
    /// The items whose kind is known; `null` is none.
    pub(crate) fn items(&self) -> impl Iterator<Item = V> + use<'d, V> {
        let mut items = if let Field::Known(known) = self.field { Some(known.node.items()) } else { None };
        let view = self.view;
        let is_item = |item: &Node| !matches!(item.kind(), Kind::Null | Kind::Unknown);
        iter::from_fn(move || items.as_mut()?.find(is_item)).map(view)
    }

    /// Whether [`List::items`] gives all that the list holds. A string with a placeholder may
    /// stand for several items.
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

    /// What to delete for one item to be gone: the whole list, where nothing else stands in it.
    pub(crate) fn removal(&self, item: Node<'d>) -> Node<'d> {
        match self.field {
            Field::Known(list) if self.is_complete() && list.node.items().count() == 1 => list.node,
            _ => item,
        }
    }

    /// The list as something that is there, whatever it holds.
    pub(crate) fn present(&self) -> Option<Present<'d>> {
        self.field.present()
    }

    /// The list as something that is there for sure: for what makes another field a fault.
    pub(crate) fn certain(&self) -> Option<Present<'d>> {
        self.field.certain()
    }

    /// The list as a field.
    pub(in crate::model) fn field(self) -> Field<'d, Node<'d>> {
        self.field
    }

    /// The list itself, if it is one and holds anything.
    pub(crate) fn known(&self) -> Option<Known<'d, Node<'d>>> {
        self.field.known()
    }
}

// What takes the name of a key is inlined, so that the compiler computes its hash.

/// A member of an object, whatever it holds. `null` is missing.
#[inline(always)]
pub(in crate::model) fn member<'d>(object: Node<'d>, name: &str) -> Field<'d, Node<'d>> {
    if object.kind() != Kind::Object {
        return Field::Unknown(None);
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

/// A string that names or chooses something: empty is missing, a placeholder makes it unknown.
#[inline(always)]
pub(in crate::model) fn identifier<'d>(object: Node<'d>, name: &str) -> Field<'d, &'d str> {
    prose(object, name).without(|text| text.is_empty())
}

/// A string that may be any text, the empty one too.
#[inline(always)]
pub(in crate::model) fn prose<'d>(object: Node<'d>, name: &str) -> Field<'d, &'d str> {
    member(object, name).read(certain_text)
}

/// The value of a string, unless it holds a placeholder.
pub(in crate::model) fn certain_text(node: Node<'_>) -> Option<&str> {
    node.as_text().filter(|_| node.is_plain())
}

/// A whole number.
#[inline(always)]
pub(in crate::model) fn integer<'d>(object: Node<'d>, name: &str) -> Field<'d, i64> {
    member(object, name).read(Node::as_integer)
}

/// A number, whole or not.
#[inline(always)]
pub(in crate::model) fn number<'d>(object: Node<'d>, name: &str) -> Field<'d, f64> {
    member(object, name).read(Node::as_number)
}

/// An amount, where 0 counts as not written; what is below 0 is none.
#[inline(always)]
pub(in crate::model) fn amount<'d>(object: Node<'d>, name: &str) -> Field<'d, i64> {
    integer(object, name).without(|number| *number == 0).read(|number| (number > 0).then_some(number))
}

/// A string that is written and empty, unless it is one of the names that a document lacks.
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

/// An object; the empty one is missing.
#[inline(always)]
pub(in crate::model) fn object<'d, V: View<'d>>(of: Node<'d>, name: &str) -> Field<'d, V> {
    let is_object = |node: Node<'d>| (node.kind() == Kind::Object).then_some(node);
    member(of, name).read(is_object).without(|node| node.is_absent()).read(|node| Some(V::of(node)))
}

/// A list; the empty one is missing.
#[inline(always)]
pub(in crate::model) fn list<'d, V: View<'d>>(of: Node<'d>, name: &str) -> List<'d, V> {
    let is_list = |node: Node<'d>| (node.kind() == Kind::List).then_some(node);
    List { field: member(of, name).read(is_list).without(|node| node.is_absent()), view: V::of }
}

/// The strings of a list that are known.
pub(in crate::model) fn known_texts<'d>(
    list: List<'d, Node<'d>>,
) -> impl Iterator<Item = Known<'d, &'d str>> {
    let known = |node: Node<'d>| Some(Known { node, value: certain_text(node)? });
    list.items().filter_map(known)
}

/// The later ones of some things that have one name, each with the first of its name.
pub(crate) fn repeated<K: Ord, T: Copy>(named: impl Iterator<Item = (K, T)>) -> Vec<(T, T)> {
    let mut firsts: BTreeMap<K, T> = BTreeMap::new();
    let mut repeated = Vec::new();
    for (name, thing) in named {
        match firsts.entry(name) {
            Entry::Occupied(first) => repeated.push((*first.get(), thing)),
            Entry::Vacant(place) => drop(place.insert(thing)),
        }
    }
    repeated
}

/// The later ones of some entries that have one known name, each with the first of its name.
pub(crate) fn repeated_by<'d, T: Copy>(
    entries: impl Iterator<Item = T>,
    name: impl Fn(T) -> Field<'d, &'d str>,
) -> Vec<(T, T)> {
    repeated(entries.filter_map(|entry| Some((name(entry).known()?.value(), entry))))
}

/// The value that occurs most often; of several, the one that comes first.
pub(crate) fn most_frequent<T: PartialEq + Copy>(values: impl Iterator<Item = T>) -> Option<T> {
    let values: Vec<T> = values.collect();
    let count = |value: &T| values.iter().filter(|other| *other == value).count();
    values.iter().copied().rev().max_by_key(count)
}

/// Whether two values say the same: every member of theirs, in any order.
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
            // A placeholder may stand for several items.
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
