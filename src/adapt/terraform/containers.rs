//! `container_definitions`: JSON in a string, in the API's spelling. It is written with `jsonencode`, in a heredoc,
//! or as a quoted string; what a file holds is a document of its own.

use std::sync::Arc;

use super::expressions::{DEEPEST, Expressions, InContainers};
use super::{Adapter, Stage};
use crate::adapt::BrokenText;
use crate::adapt::walk::{Shape, Value, Walk, is_plain_integer};
use crate::parse;
use crate::schema::ShapeRef;
use crate::source::{Cut, Source, Span};
use crate::tree::{Kind, Node, Presence, Run, Text, TreeBuilder, Written};

impl<'d> Adapter<'d, '_> {
    pub(super) fn container_definitions(&mut self, key: Node<'d>, value: Node<'d>, shape: ShapeRef) {
        let Some(shape) = shape.member_of_api("containerDefinitions") else { return };
        self.builder.key_named(key, "containerDefinitions");
        let value = trimmed(value);
        let inner = InContainers(self.expressions);
        if let Some(encoded) = self.encoded(value, 8) {
            return match self.expressions.value(encoded) {
                Value::Absent => self.builder.expression(value, "", Presence::Certain),
                list => {
                    Walk { resolver: &inner, builder: &mut self.builder }.value(list, Shape::Known(shape))
                }
            };
        }
        match self.expressions.value(value) {
            // Local values are filled in where they are in the JSON.
            Value::Text { at, .. } if at.kind() == Kind::Text => self.embedded(at, shape),
            Value::Written(node) if node.kind() == Kind::Text => self.embedded(node, shape),
            // Whatever an expression results in, it is needed.
            _ => self.builder.expression(value, "", Presence::Certain),
        }
    }

    /// The argument of `jsonencode`, directly or by way of local values of the same file.
    fn encoded(&self, value: Node<'d>, depth: usize) -> Option<Node<'d>> {
        match value.call() {
            Some(("jsonencode", mut arguments)) => arguments.next(),
            Some(_) => None,
            None => {
                let local = self.expressions.local_here(value)?;
                self.encoded(local, depth.checked_sub(1)?)
            }
        }
    }

    /// Adds the values of JSON in a text.
    fn embedded(&mut self, text: Node<'d>, shape: ShapeRef) {
        let source = &text.tree().source;
        let whole = text.part(0..text.text().len()).span;
        let is_verbatim = source.slice(whole) == text.text();
        let is_computed = self.expressions.stage != Stage::Module;
        // What a directive leaves out is not known.
        let is_escaped = |at: usize| matches!(source.slice(text.part(at..at + 2).span), "$${" | "%%{");
        let is_branching = || text.text().match_indices("%{").any(|(at, _)| !is_escaped(at));
        let masked = match text.text() {
            text if is_computed => Some(text.to_owned()),
            text => (!is_branching()).then(|| masked(text, is_escaped)),
        };
        let parse =
            |masked| Arc::new(parse::parse(Arc::new(Source::new(source.id, "containers.json", masked))));
        let inner = masked.map(parse);
        if let Some(parsed) = inner.as_ref().filter(|inner| !inner.faults.is_empty()) {
            // A text without anything in it is read as no list.
            let is_ours = text.tree().source.id == self.raw.source.id && !is_computed;
            if is_ours && !text.text().trim_ascii().is_empty() {
                let parsed = Arc::clone(parsed);
                self.broken = Some(BrokenText { parsed, text: (Arc::clone(self.raw), text.index()) });
            }
            return self.builder.expression(text, "", Presence::Certain);
        }
        let root = inner.as_ref().and_then(|inner| inner.tree.roots().next());
        match root {
            Some(root) if root.kind() != Kind::Unknown => {
                let place = |span: Span| match is_verbatim {
                    true => Span::new(whole.start + span.start, whole.start + span.end),
                    false => text.part(span.range()).span,
                };
                let source = is_verbatim.then_some(&**source);
                let expressions = self.expressions;
                Embedded { builder: &mut self.builder, expressions, at: text, place: &place, source }
                    .value(root, Some(shape));
            }
            _ => self.builder.expression(text, "", Presence::Certain),
        }
    }
}

/// Adds values that were read from a text within the text.
struct Embedded<'b, 'd, P> {
    builder: &'b mut TreeBuilder,
    expressions: Expressions<'d>,
    /// The text that it is in.
    at: Node<'d>,
    /// Where a span of the inner text is in the source.
    place: &'b P,
    /// The source, if the inner text is written there as it is.
    source: Option<&'b Source>,
}

impl<P: Fn(Span) -> Span> Embedded<'_, '_, P> {
    fn value(&mut self, node: Node, shape: Option<ShapeRef>) {
        let span = (self.place)(node.span());
        match node.kind() {
            Kind::Object => {
                let shape = shape.map(|shape| shape.item().unwrap_or(shape));
                self.builder.open(Written::Object, span.start, (self.place)(node.head().span));
                self.builder.made_of_nothing();
                for (key, value) in node.members().filter(|(_, value)| value.kind() != Kind::Null) {
                    let known = shape.and_then(|shape| shape.member_in_any_case(key.text()));
                    self.scalar(Written::Key, key, known.map_or(key.text(), |(name, _)| name));
                    let values = || shape.and_then(ShapeRef::values);
                    self.value(value, known.map(|(_, shape)| shape).or_else(values));
                }
                self.close(node, span);
            }
            Kind::List => {
                let shape = shape.and_then(|shape| shape.item());
                self.builder.open(Written::List, span.start, (self.place)(node.head().span));
                self.builder.made_of_nothing();
                // An interpolation may result in any number of items, and what the provider makes of a `null` depends
                // on the list.
                let (unknown, known): (Vec<Node>, Vec<Node>) =
                    node.items().partition(|item| matches!(item.kind(), Kind::Unknown | Kind::Null));
                if !unknown.is_empty() {
                    self.builder.mark_open_incomplete();
                }
                known.into_iter().for_each(|item| self.value(item, shape));
                self.close(node, span);
            }
            Kind::Unknown => {
                match self.expressions.filled_text(self.at, node.text(), DEEPEST) {
                    // It is pasted as a token of the JSON.
                    Some(number) if is_plain_integer(&number) => {
                        self.builder.scalar(Written::Number, span, Text::Decoded(&number));
                    }
                    _ => self.builder.unknown(span),
                }
                self.builder.made_of_nothing();
            }
            _ => {
                // What is in quotation marks stays a string.
                if let Some(text) = self.expressions.filled_text(self.at, node.text(), DEEPEST) {
                    self.builder.scalar(node.raw().written, span, Text::Decoded(&text));
                    self.builder.made_of_nothing();
                } else {
                    self.scalar(node.raw().written, node, node.text());
                }
                self.builder.mark_filled_in();
            }
        }
    }

    fn close(&mut self, node: Node, span: Span) {
        if node.is_incomplete() {
            self.builder.mark_open_incomplete();
        }
        self.builder.close(span.end);
    }

    fn scalar(&mut self, written: Written, node: Node, text: &str) {
        let span = (self.place)(node.span());
        let inside = (self.place)(node.part(0..node.text().len()).span);
        let is_same = self.source.is_some_and(|source| source.slice(inside) == text);
        if is_same {
            self.builder.scalar(written, span, Text::Source(inside));
        } else {
            let runs = self.runs(node, text.len());
            self.builder.scalar(written, span, Text::Aligned(text, &runs));
        }
        self.builder.made_of_nothing();
    }

    /// Where the parts of a text are in the source.
    fn runs(&self, node: Node, length: usize) -> Vec<Run> {
        Run::of((0..=length).map(|decoded| (self.place)(node.part(decoded..decoded).span).start))
    }
}

/// What a function that only removes whitespace is given.
pub(super) fn trimmed(value: Node<'_>) -> Node<'_> {
    match value.call() {
        Some(("chomp" | "trimspace", mut arguments)) => arguments.next().map_or(value, trimmed),
        _ => value,
    }
}

/// A text with holes that can be told from the rest: what an interpolation computes is left out, with its quotation
/// marks and brackets. `is_escaped` tells whether what begins at an offset stands for itself.
fn masked(text: &str, is_escaped: impl Fn(usize) -> bool) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut from = 0;
    for (start, mark) in text.match_indices("${") {
        // An interpolation may hold others.
        if start < from || is_escaped(start) {
            continue;
        }
        let start = start + mark.len();
        masked.push_str(text.cut(from..start));
        let mut depth = 1_usize;
        let end = text.cut(start..).char_indices().find_map(|(at, letter)| {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => return None,
            }
            (depth == 0).then_some(start + at)
        });
        from = end.unwrap_or(text.len());
        let hole = text.cut(start..from);
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']' | '*');
        match !hole.is_empty() && hole.chars().all(is_word) {
            true => masked.push_str(hole),
            false => masked.extend(std::iter::repeat_n('_', hole.len())),
        }
    }
    masked.push_str(text.cut(from..));
    masked
}
