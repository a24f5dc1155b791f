//! Terraform's JSON syntax, rearranged as the native syntax is read: a block is a member whose key is its keyword, and
//! a string may be an expression. What the members mean is decided where the native syntax is rebuilt.

use std::sync::Arc;

use crate::document::Door;
use crate::parse;
use crate::source::{Source, Span};
use crate::tree::{Kind, Node, Run, Text, Tree, TreeBuilder, Written};

/// Attributes that are maps. All other objects in a resource are blocks.
pub(super) const MAPS: &[&str] = &[
    "driver_opts",
    "for_each",
    "labels",
    "options",
    "properties",
    "tags",
    "tags_all",
    "triggers",
    "variables",
    "vars",
];

/// What the text of an expression is read after.
const BEFORE: &str = "value = ";

/// Rearranges a file in JSON like one in the native syntax.
pub(super) fn module(tree: &Arc<Tree>) -> Arc<Tree> {
    let mut module = Module { builder: TreeBuilder::over(tree, Door::Terraform) };
    if let Some(root) = tree.roots().next() {
        module.builder.open_like(root);
        for (key, value) in root.members() {
            match key.text() {
                keyword @ ("resource" | "data") => module.labelled(keyword, value),
                keyword @ ("module" | "variable") => module.named(keyword, value),
                "locals" => each(value).for_each(|body| module.block(key, body)),
                _ => {}
            }
        }
        module.builder.close_repeating(root.span().end);
    }
    Arc::new(module.builder.finish().0)
}

/// The objects that are written as one or as a list.
pub(super) fn each<'d>(value: Node<'d>) -> impl Iterator<Item = Node<'d>> {
    let one = Some(value).filter(|value| value.kind() == Kind::Object);
    one.into_iter().chain(value.items().filter(|item| item.kind() == Kind::Object))
}

/// Whether a value is a block, or a list of blocks.
pub(super) fn holds_blocks(value: Node) -> bool {
    match value.kind() {
        Kind::Object => true,
        Kind::List => value.items().next().is_some() && value.items().all(|item| item.kind() == Kind::Object),
        _ => false,
    }
}

struct Module {
    builder: TreeBuilder,
}

impl Module {
    /// Adds the blocks that have a name.
    fn named(&mut self, keyword: &str, value: Node) {
        for (name, body) in each(value).flat_map(Node::members) {
            self.builder.key_named(name, keyword);
            self.builder.open_block(name, body);
            self.block(name, body);
            self.builder.close_rebuilt();
        }
    }

    /// Adds the blocks that have a type and a name.
    fn labelled(&mut self, keyword: &str, value: Node) {
        for (of_type, named) in each(value).flat_map(Node::members) {
            for (name, bodies) in each(named).flat_map(Node::members) {
                for body in each(bodies) {
                    self.builder.key_named(name, keyword);
                    self.builder.open_block(name, body);
                    self.builder.copy(of_type);
                    self.builder.open_block(name, body);
                    self.block(name, body);
                    self.builder.close_rebuilt();
                    self.builder.close_rebuilt();
                }
            }
        }
    }

    /// Adds a keyword and the block that follows.
    fn block(&mut self, keyword: Node, body: Node) {
        self.builder.copy(keyword);
        self.builder.open_like(body);
        for (key, value) in body.members().filter(|(key, _)| key.text() != "//") {
            match key.text() {
                "dynamic" => {
                    for (label, bodies) in each(value).flat_map(Node::members) {
                        for body in each(bodies) {
                            self.builder.copy(key);
                            self.builder.open_block(key, body);
                            self.block(label, body);
                            self.builder.close_rebuilt();
                        }
                    }
                }
                name if holds_blocks(value) && !MAPS.contains(&name) => {
                    each(value).for_each(|body| self.block(key, body));
                }
                _ => {
                    self.builder.copy(key);
                    self.value(value);
                }
            }
        }
        self.builder.close_repeating(body.span().end);
    }

    /// Adds the value of an attribute.
    fn value(&mut self, node: Node) {
        match node.kind() {
            Kind::Object => {
                self.builder.open_like(node);
                for (key, value) in node.members() {
                    if key.text().contains("${") {
                        self.builder.mark_open_incomplete();
                        continue;
                    }
                    self.builder.copy(key);
                    self.value(value);
                }
                self.builder.close_rebuilt();
            }
            Kind::List => {
                self.builder.open_like(node);
                node.items().for_each(|item| self.value(item));
                self.builder.close_rebuilt();
            }
            Kind::Text => self.text(node),
            _ => self.builder.copy(node),
        }
    }

    /// Adds a text. If it is nothing but one interpolation, it is that expression.
    fn text(&mut self, node: Node) {
        let inner = node.text().strip_prefix("${").and_then(|text| text.strip_suffix('}'));
        let Some(inner) = inner else { return self.template(node) };
        let source = Source::new(node.tree().source.id, "expression.tf", format!("{BEFORE}{inner}"));
        let parsed = parse::parse(Arc::new(source));
        match parsed.tree.roots().next().and_then(|root| root.members().next()) {
            Some((_, value)) => Expression { builder: &mut self.builder, node }.add(value),
            None => self.builder.copy(node),
        }
    }

    /// Adds a text that is a template: `$${` and `%%{` are read as `${` and `%{`.
    fn template(&mut self, node: Node) {
        let written = node.text();
        if !written.contains("$${") && !written.contains("%%{") {
            return self.builder.copy(node);
        }
        let is_escape = |at: usize| {
            let around = at.checked_sub(1).and_then(|start| written.as_bytes().get(start..start + 3));
            matches!(around, Some(b"$${" | b"%%{"))
        };
        let mut kept = String::with_capacity(written.len());
        let mut starts = Vec::with_capacity(written.len() + 1);
        for (at, letter) in written.char_indices().filter(|(at, _)| !is_escape(*at)) {
            kept.push(letter);
            starts.extend(at..at + letter.len_utf8());
        }
        starts.push(written.len());
        let runs = Run::of(starts.into_iter().map(|at| node.part(at..at).span.start));
        self.builder.scalar(node.raw().written, node.span(), Text::Aligned(&kept, &runs));
        self.builder.made_of_nothing();
    }
}

/// Adds the nodes of an expression that is the text of a node.
struct Expression<'b, 'd> {
    builder: &'b mut TreeBuilder,
    node: Node<'d>,
}

impl Expression<'_, '_> {
    /// Where a span of the text that was read is in the source.
    fn place(&self, span: Span) -> Span {
        let shifted = |offset: u32| (offset as usize + "${".len()).saturating_sub(BEFORE.len());
        self.node.part(shifted(span.start)..shifted(span.end)).span
    }

    fn add(&mut self, value: Node) {
        let span = self.place(value.span());
        if let Some((name, parts)) = value.call() {
            self.builder.open_call(span.start, name);
            self.builder.made_of_nothing();
            parts.for_each(|part| self.add(part));
            return self.builder.close(span.end);
        }
        match value.kind() {
            Kind::Object => {
                self.open(value, Written::Object);
                for (key, value) in value.members() {
                    let at = self.place(key.span());
                    self.builder.key(at, Text::Decoded(key.text()));
                    self.builder.made_of_nothing();
                    self.add(value);
                }
                self.builder.close(span.end);
            }
            Kind::List => {
                self.open(value, Written::List);
                value.items().for_each(|item| self.add(item));
                self.builder.close(span.end);
            }
            _ => {
                self.builder.scalar(value.raw().written, span, Text::Decoded(value.text()));
                self.builder.made_of_nothing();
            }
        }
    }

    fn open(&mut self, value: Node, written: Written) {
        let (start, head) = (self.place(value.span()).start, self.place(value.head().span));
        self.builder.open(written, start, head);
        self.builder.made_of_nothing();
        if value.is_incomplete() {
            self.builder.mark_open_incomplete();
        }
    }
}
