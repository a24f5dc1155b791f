//! `container_definitions`: JSON in a string, in the API's spelling. It is written with `jsonencode`, in a heredoc,
//! or as a quoted string; what a file holds is a document of its own.

use std::sync::Arc;

use super::Adapter;
use super::expressions::InContainers;
use crate::adapt::walk::{Shape, Value, Walk};
use crate::parse;
use crate::schema::ShapeRef;
use crate::source::{Cut, Source, Span};
use crate::tree::{Kind, Node, Presence, Run, Text, TreeBuilder, Written};

impl<'d> Adapter<'d, '_> {
    pub(super) fn container_definitions(&mut self, key: Node<'d>, value: Node<'d>, shape: ShapeRef) {
        let Some(shape) = shape.member_of_api("containerDefinitions") else { return };
        self.builder.key_named(key, "containerDefinitions");
        let inner = InContainers(self.expressions);
        if let Some(encoded) = self.encoded(value, 8) {
            let value = self.expressions.value(encoded);
            return Walk { resolver: &inner, builder: &mut self.builder }.value(value, Shape::Known(shape));
        }
        match self.expressions.value(value) {
            Value::Written(node) if node.kind() == Kind::Text => self.embedded(node),
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
    fn embedded(&mut self, text: Node<'d>) {
        let source = &text.tree().source;
        let whole = text.part(0..text.text().len()).span;
        let is_verbatim = source.slice(whole) == text.text();
        let masked = masked(text.text());
        let inner = parse::parse(Arc::new(Source::new(source.id, "containers.json", masked)));
        let root = inner.tree.roots().next().filter(|_| inner.faults.is_empty());
        match root {
            Some(root) if root.kind() == Kind::List => {
                let place = |span: Span| match is_verbatim {
                    true => Span::new(whole.start + span.start, whole.start + span.end),
                    false => text.part(span.range()).span,
                };
                Embedded { builder: &mut self.builder, place: &place, is_verbatim }.value(root);
            }
            _ => self.builder.expression(text, "", Presence::Certain),
        }
    }
}

/// Adds values that were read from a text within the text.
struct Embedded<'b, P> {
    builder: &'b mut TreeBuilder,
    /// Where a span of the inner text is in the source.
    place: &'b P,
    /// Whether the inner text is written in the source as it is.
    is_verbatim: bool,
}

impl<P: Fn(Span) -> Span> Embedded<'_, P> {
    fn value(&mut self, node: Node) {
        let span = (self.place)(node.span());
        match node.kind() {
            Kind::Object => {
                self.builder.open(Written::Object, span.start, (self.place)(node.head().span));
                self.builder.made_of_nothing();
                for (key, value) in node.members().filter(|(_, value)| value.kind() != Kind::Null) {
                    self.scalar(Written::Key, key, &crate::adapt::walk::lowered(key.text()));
                    self.value(value);
                }
                self.close(node, span);
            }
            Kind::List => {
                self.builder.open(Written::List, span.start, (self.place)(node.head().span));
                self.builder.made_of_nothing();
                node.items().for_each(|item| self.value(item));
                self.close(node, span);
            }
            Kind::Unknown => {
                self.builder.unknown(span);
                self.builder.made_of_nothing();
                self.builder.mark_last_expression();
            }
            _ => self.scalar(node.raw().written, node, node.text()),
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
        let inside = node.part(0..node.text().len()).span;
        let is_same = self.is_verbatim && node.token() == text;
        if is_same {
            self.builder.scalar(written, span, Text::Source((self.place)(inside)));
        } else {
            let runs = self.runs(node, text.len());
            self.builder.scalar(written, span, Text::Aligned(text, &runs));
        }
        self.builder.made_of_nothing();
    }

    /// Where the parts of a text are in the source.
    fn runs(&self, node: Node, length: usize) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for decoded in 0..=length {
            let source = (self.place)(node.part(decoded..decoded).span).start;
            let decoded = decoded as u32;
            let goes_on = |last: &Run| source.checked_sub(last.source) == Some(decoded - last.decoded);
            if !runs.last().is_some_and(goes_on) {
                runs.push(Run { decoded, source });
            }
        }
        runs
    }
}

/// A text in which the quotation marks inside its holes cannot be mistaken for those around strings.
fn masked(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        masked.push_str(rest.cut(..start));
        let mut depth = 0_usize;
        let hole = rest.cut(start..);
        let end = hole.char_indices().find_map(|(at, letter)| {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => return None,
            }
            (depth == 0).then_some(at + 1)
        });
        let end = end.unwrap_or(hole.len());
        masked.extend(hole.cut(..end).chars().map(|c| if c == '"' { '_' } else { c }));
        rest = hole.cut(end..);
    }
    masked.push_str(rest);
    masked
}
