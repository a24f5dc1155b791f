//! Which values a shape allows.

use std::sync::OnceLock;

use regex::Regex;

use super::sequence::Sequences;
use crate::tree::{Kind, Node};

/// A JSON type.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    String,
    Number,
    Integer,
    Boolean,
    Array,
    Object,
}

/// A limit on a value. It does not apply to values of another type, except for [`Limit::Enum`].
pub(super) enum Limit {
    Enum(&'static [Scalar]),
    Pattern(&'static Pattern),
    Minimum(f64),
    Maximum(f64),
    /// In characters.
    MinLength(usize),
    MaxLength(usize),
    MinItems(usize),
    MaxItems(usize),
    MinProperties(usize),
}

/// A value of an enumeration, or one that makes a key optional.
pub(super) enum Scalar {
    Text(&'static str),
    Number(f64),
    Bool(bool),
}

/// A pattern.
pub(super) struct Pattern {
    text: &'static str,
    /// What matches a pattern that needs no regular expression.
    sequences: OnceLock<Option<Sequences>>,
    /// Compiled when the first string is matched against it: most never are.
    compiled: OnceLock<Regex>,
}

impl Type {
    pub(super) fn holds(self, node: Node) -> bool {
        match node.kind() {
            Kind::Text => self == Type::String,
            // AWS's clients reject `512.0` and `5e2` if they require a whole number.
            Kind::Number => {
                self == Type::Number || self == Type::Integer && !node.text().contains(['.', 'e', 'E'])
            }
            Kind::Bool => self == Type::Boolean,
            Kind::List => self == Type::Array,
            Kind::Object => self == Type::Object,
            Kind::Null | Kind::Unknown => false,
        }
    }
}

impl Limit {
    pub(super) fn holds(&self, node: Node) -> bool {
        let text = |holds: &dyn Fn(&str) -> bool| node.as_text().is_none_or(holds);
        let number = |holds: &dyn Fn(f64) -> bool| {
            // A number too large for `f64` is left to the reader of the document.
            node.as_number().filter(|number| number.is_finite()).is_none_or(holds)
        };
        // No need to count the characters of a text with few bytes.
        let is_longer = |text: &str, most: usize| text.len() > most && text.chars().nth(most).is_some();
        let is_list = node.kind() == Kind::List;
        match self {
            Limit::Enum(values) => values.iter().any(|value| value.is(node)),
            Limit::Pattern(pattern) => text(&|text| pattern.matches(text)),
            Limit::Minimum(least) => number(&|number| number >= *least),
            Limit::Maximum(most) => number(&|number| number <= *most),
            Limit::MinLength(least) => text(&|text| *least == 0 || is_longer(text, least - 1)),
            Limit::MaxLength(most) => text(&|text| !is_longer(text, *most)),
            Limit::MinItems(least) => !is_list || node.items().take(*least).count() == *least,
            Limit::MaxItems(most) => !is_list || node.items().nth(*most).is_none(),
            Limit::MinProperties(least) => {
                let members = node.members().filter(|(_, value)| value.kind() != Kind::Null);
                node.kind() != Kind::Object || members.take(*least).count() == *least
            }
        }
    }
}

impl Scalar {
    pub(super) fn is(&self, node: Node) -> bool {
        match self {
            Scalar::Text(text) => node.as_text() == Some(text),
            Scalar::Number(number) => node.as_number() == Some(*number),
            Scalar::Bool(bool) => node.as_bool() == Some(*bool),
        }
    }
}

impl Pattern {
    pub(super) const fn new(text: &'static str) -> Pattern {
        Pattern { text, sequences: OnceLock::new(), compiled: OnceLock::new() }
    }

    fn matches(&self, text: &str) -> bool {
        if let Some(sequences) = self.sequences.get_or_init(|| Sequences::read(self.text)) {
            return sequences.matches(text);
        }
        let compile = || Regex::new(self.text).expect("the generator lets no pattern pass that is none");
        self.compiled.get_or_init(compile).is_match(text)
    }
}
