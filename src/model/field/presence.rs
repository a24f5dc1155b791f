//! What is there, whatever its value.

use std::fmt;

use crate::finding::Label;
use crate::fix::Spot;
use crate::placeholder;
use crate::tree::{Kind, Node};

/// Something that is there. Its value may be unknown: a rule about a key does not ask for it.
///
/// A list or an object that is not empty is there whatever its content, and so is a string that contains more
/// than placeholders. A placeholder alone may be replaced with nothing: then the rule has a doubt, which
/// makes its problem a warning at most ([`Problem::unless`]).
///
/// [`Problem::unless`]: crate::finding::Problem::unless
#[derive(Clone, Copy, Debug)]
pub(crate) struct Present<'d> {
    node: Node<'d>,
    is_certain: bool,
}

impl<'d> Present<'d> {
    /// The content of a node; `None` if it is empty or has the wrong shape.
    pub(in crate::model) fn of(node: Node<'d>) -> Option<Present<'d>> {
        let is_certain = match node.kind() {
            Kind::Null => return None,
            Kind::Unknown if node.is_hole() => node.is_never_empty(),
            Kind::Unknown => return None,
            Kind::Text if node.text().is_empty() => return None,
            Kind::Text => node.is_plain() || !placeholder::may_be_empty(node.text()),
            Kind::Bool | Kind::Number => true,
            Kind::List | Kind::Object if node.is_absent() => return None,
            Kind::List => node.items().any(|item| !item.is_hole()),
            Kind::Object => node.members().next().is_some(),
        };
        Some(Present { node, is_certain })
    }

    /// The same, except that `false`, and a list or an object with only empty values, also count as nothing:
    /// AWS's clients treat them as not set.
    pub(in crate::model) fn of_content(node: Node<'d>) -> Option<Present<'d>> {
        let is_certain = match node.kind() {
            Kind::Bool if node.as_bool() == Some(false) => return None,
            Kind::List => {
                let items = node.items().filter_map(|item| match item.kind() {
                    // An item that may end up empty is still an item.
                    Kind::Text if !item.is_plain() => Some(true),
                    _ => Some(Present::of_content(item)?.is_certain),
                });
                strongest(items, node)?
            }
            Kind::Object => {
                let members = node.members().filter_map(|(_, member)| match member.kind() {
                    Kind::Unknown if member.may_be_absent() => Some(false),
                    Kind::Unknown | Kind::Text => Present::of(member).map(|_| true),
                    _ => Some(Present::of_content(member)?.is_certain),
                });
                strongest(members, node)?
            }
            _ => return Present::of(node),
        };
        Some(Present { node, is_certain })
    }

    /// What is certainly there.
    pub(in crate::model) fn certain(node: Node<'d>) -> Present<'d> {
        Present { node, is_certain: true }
    }

    /// The enclosing object, which is there because this part of it is.
    pub(in crate::model) fn whole(self, object: Node<'d>) -> Present<'d> {
        Present { node: object, ..self }
    }

    /// The node that holds it.
    pub(crate) fn node(&self) -> Node<'d> {
        self.node
    }

    /// The name of its key; empty for an item of a list.
    pub(crate) fn key(&self) -> &'d str {
        self.node.key().map_or("", Node::text)
    }

    /// Whether it is certainly there, so that it cannot end up empty.
    pub(crate) fn is_certain(&self) -> bool {
        self.is_certain
    }

    /// A label on what may end up empty; `None` if it is certainly there.
    pub(crate) fn doubt(&self) -> Option<Label> {
        (!self.is_certain).then(|| self.label("unless this ends up empty"))
    }

    /// A label on what is there.
    pub(crate) fn label(&self, text: impl Into<String>) -> Label {
        Label::new(self.node.place(), text)
    }

    /// A label on its key, or on the value itself if it is an item of a list.
    pub(crate) fn key_label(&self, text: impl Into<String>) -> Label {
        Label::new(self.node.key().unwrap_or(self.node).place(), text)
    }
}

impl<'d> Spot<'d> for Present<'d> {
    fn spot(&self) -> Node<'d> {
        self.node
    }
}

/// The value as it appears in a sentence: a text, digits, or a placeholder.
impl fmt::Display for Present<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.node.text())
    }
}

/// Two things that exclude each other, if both are there. With two placeholders a template may choose between
/// them, so at least one of the two must certainly be there.
pub(crate) fn both<'d>(
    first: Option<Present<'d>>,
    second: Option<Present<'d>>,
) -> Option<(Present<'d>, Present<'d>)> {
    first.zip(second).filter(|(first, second)| first.is_certain || second.is_certain)
}

/// The first of several things that is certainly there, otherwise the first.
pub(crate) fn surest<'d>(all: impl IntoIterator<Item = Present<'d>>) -> Option<Present<'d>> {
    all.into_iter().reduce(|best, next| if next.is_certain && !best.is_certain { next } else { best })
}

/// The doubts about several things of which one is enough; empty if one is certainly there.
pub(crate) fn doubts<'p, 'd: 'p>(all: impl IntoIterator<Item = &'p Present<'d>>) -> Vec<Label> {
    all.into_iter().map(|one| one.doubt()).collect::<Option<Vec<Label>>>().unwrap_or_default()
}

/// Whether any part of a list or an object is certainly there; `None` if it has no parts.
fn strongest(mut parts: impl Iterator<Item = bool>, whole: Node) -> Option<bool> {
    match parts.next() {
        Some(first) => Some(first || parts.any(|is_certain| is_certain)),
        None => whole.is_incomplete().then_some(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;
    use crate::source::{Source, SourceId};
    use std::sync::Arc;

    /// Whether a value is certainly there; `None` if it is empty.
    fn presence(value: &str) -> [Option<bool>; 2] {
        let text = format!("{{\"a\": {value}}}");
        let parsed = parse(Arc::new(Source::new(SourceId(0), "a.json", text)));
        let node = parsed.tree.roots().next().and_then(|root| root.get("a")).expect("a member");
        [Present::of(node), Present::of_content(node)].map(|present| Some(present?.is_certain))
    }

    #[test]
    fn a_placeholder_alone_may_end_up_empty() {
        for value in [
            "${X}",
            "\"${X}\"",
            "\" {{ x }} \"",
            "\"${A}${B}\"",
            "\"{{ if x }}arn:aws:iam::111122223333:role/x{{ end }}\"",
            "\"YOUR_ROLE_ARN\"",
            "[${X}]",
            "{${X}}",
            "[${X}, ${Y}]",
        ] {
            assert_eq!(presence(value), [Some(false); 2], "{value}");
        }
    }

    #[test]
    fn what_holds_more_than_a_placeholder_is_there() {
        for value in [
            "\"x\"",
            "\"arn:aws:iam::${ACCOUNT}:role/x\"",
            "\"arn:aws:iam::ACCOUNT_ID:role/x\"",
            "\"${PREFIX}-role\"",
            "\"web-${STAGE}\"",
            "[\"${X}\"]",
            "[\"x\", ${X}]",
            "{\"a\": \"${X}\"}",
            "{\"a\": ${X}}",
            "[{\"a\": {\"b\": \"${X}\"}}]",
            "0",
            "true",
        ] {
            assert_eq!(presence(value), [Some(true); 2], "{value}");
        }
    }

    #[test]
    fn nothing_is_not_there() {
        for value in ["null", "\"\"", "[]", "{}"] {
            assert_eq!(presence(value), [None; 2], "{value}");
        }
        for value in ["false", "[\"\"]", "{\"a\": false}", "[{\"a\": []}]"] {
            assert_eq!(presence(value), [Some(true), None], "{value}");
        }
    }
}
