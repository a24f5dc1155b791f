//! Reads Terraform's language with the `hcl-edit` crate, and turns what it found into a tree.
//!
//! A block is a member whose key is its keyword; each of its labels is an object more. A string keeps the
//! interpolations in it as holes. A call is a node of its own, as is the choice between two values, with the
//! comparisons that decide it; everything else that has to be computed is unknown, with the text of the expression.

mod old;
#[cfg(feature = "cli")]
mod paths;
mod scanner;
mod settings;

use std::sync::Arc;

use hcl_edit::expr::{BinaryOperator, Conditional, Expression, FuncCall, Object, ObjectKey, UnaryOperator};
use hcl_edit::parser::{Error, parse_body};
use hcl_edit::structure::{Attribute, Block, BlockLabel, Body, Structure};
use hcl_edit::template::{Element, StringTemplate, Template};

use super::{Fault, FaultKind, MAX_NODES, Parsed};
use crate::source::{Cut, Source, Span};
use crate::tree::{CHOICE, NAMELESS, Notation, Run, Text, TreeBuilder, Written};
#[cfg(feature = "cli")]
pub(crate) use paths::{may_read_files, paths_read_by};
pub(crate) use settings::{module_sources, sets};

/// The byte order mark.
const MARK: char = '\u{feff}';

/// The most keys that an object may have: the crate compares each with all that it has read.
const MOST_KEYS: usize = 4096;

/// No more keys that are written twice are passed over than this.
const MOST_REPEATED: usize = 32;

/// Reads a text. If it is not HCL, the tree is empty, and the fault says where.
pub(super) fn parse(source: Arc<Source>) -> Parsed {
    if scanner::may_have_more_keys(&source.text, MOST_KEYS) {
        return Parsed { is_cut_short: true, ..Parsed::without_nodes(&source, Notation::Hcl) };
    }
    let mut reader =
        Reader { source: &source, builder: TreeBuilder::new(Arc::clone(&source), Notation::Hcl) };
    let mut faults = Vec::new();
    let mut comments = Vec::new();
    match body_of(&source.text) {
        Ok(body) => {
            comments = scanner::comments(&source.text);
            let length = source.text.len() as u32;
            reader.builder.open(Written::Object, 0, Span::empty(0));
            reader.body(&body);
            reader.builder.close_repeating(length);
        }
        Err(error) => {
            let at = error.location().offset() as u32;
            let span = source.place(Span::new(at, at + 1)).span;
            faults.push(Fault { kind: FaultKind::NotHcl, span, related: None });
        }
    }
    let is_cut_short = reader.is_full();
    let (tree, _) = reader.builder.finish();
    let (holes, duplicates) = (Vec::new(), Vec::new());
    Parsed { tree: Arc::new(tree), faults, holes, comments, duplicates, is_cut_short }
}

/// The body of a text. Terraform accepts some things that the crate does not: a byte order mark, what was valid in
/// Terraform 0.11, and a key that an object has twice, of which the last one counts, so that the earlier ones get
/// another name. What takes the place of these is as long.
fn body_of(text: &str) -> Result<Body, Error> {
    let mut scratch = text.strip_prefix(MARK).map(|rest| format!("{}{rest}", " ".repeat(MARK.len_utf8())));
    let mut is_old = false;
    for _ in 0..MOST_REPEATED {
        let text = scratch.as_deref().unwrap_or(text);
        let error = match parse_body(text) {
            Ok(body) => return Ok(body),
            Err(error) => error,
        };
        let is_repeated = error.message().contains("redefined object key");
        let changed = match is_repeated {
            true => without_repeated(text, &error),
            false if is_old => None,
            false => {
                is_old = true;
                old::modernised(text)
            }
        };
        let Some(changed) = changed else { return Err(error) };
        scratch = Some(changed);
    }
    parse_body(scratch.as_deref().unwrap_or(text))
}

/// A text in which the key that an error is about has another name of the same length.
fn without_repeated(text: &str, error: &Error) -> Option<String> {
    let at = error.location().offset();
    let rest = text.cut(at..);
    let quote = usize::from(rest.starts_with('"'));
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let length = rest.cut(quote..).find(|c| !is_name(c)).filter(|length| *length > 0)?;
    let name = "_".repeat(length);
    let is_new = rest.cut(quote..quote + length) != name;
    is_new.then(|| format!("{}{name}{}", text.cut(..at + quote), text.cut(at + quote + length..)))
}

fn is_renamed(key: &str) -> bool {
    key.bytes().all(|byte| byte == b'_')
}

struct Reader<'s> {
    source: &'s Arc<Source>,
    builder: TreeBuilder,
}

/// The place of something that the crate has read.
fn span_of(thing: &impl hcl_edit::Span) -> Span {
    thing.span().map(Span::of).unwrap_or_default()
}

impl Reader<'_> {
    fn is_full(&self) -> bool {
        self.builder.len() as usize > MAX_NODES
    }

    fn body(&mut self, body: &Body) {
        for structure in body {
            match structure {
                Structure::Attribute(attribute) => self.attribute(attribute),
                Structure::Block(block) => self.block(block),
            }
        }
    }

    fn attribute(&mut self, attribute: &Attribute) {
        let key = span_of(&attribute.key);
        self.builder.key(key, Text::Source(key));
        self.expression(&attribute.value);
    }

    fn block(&mut self, block: &Block) {
        let end = span_of(block).end;
        let keyword = span_of(&block.ident);
        self.builder.key(keyword, Text::Source(keyword));
        let mut from = keyword.end;
        for label in &block.labels {
            self.builder.open(Written::Object, from, keyword);
            let span = span_of(label);
            match label {
                BlockLabel::Ident(_) => self.builder.key(span, Text::Source(span)),
                BlockLabel::String(text) => {
                    let text = self.text(span, text.value());
                    self.builder.key(span, text.as_text());
                }
            }
            from = span.end;
        }
        self.builder.open(Written::Object, from, keyword);
        self.body(&block.body);
        self.builder.close_repeating(end);
        for _ in &block.labels {
            self.builder.close(end);
        }
    }

    fn expression(&mut self, expression: &Expression) {
        let span = span_of(expression);
        if self.is_full() {
            return self.builder.unknown(span);
        }
        match expression {
            Expression::Null(_) => self.builder.scalar(Written::Null, span, Text::Source(Span::default())),
            Expression::Bool(flag) => {
                let written = if **flag { Written::True } else { Written::False };
                self.builder.scalar(written, span, Text::Source(Span::default()));
            }
            Expression::Number(_) => self.builder.scalar(Written::Number, span, Text::Source(span)),
            Expression::String(text) => {
                let text = self.text(span, text.value());
                self.builder.scalar(Written::Text, span, text.as_text());
            }
            Expression::Array(items) => {
                self.builder.open(Written::List, span.start, Span::new(span.start, span.start + 1));
                items.iter().for_each(|item| self.expression(item));
                self.builder.close(span.end);
            }
            Expression::Object(object) => self.object(object, span),
            Expression::StringTemplate(template) => self.string_template(template, span),
            Expression::HeredocTemplate(heredoc) => {
                if let Some(encoded) = only_json(&heredoc.template) {
                    return self.expression(encoded);
                }
                let text = self.heredoc(span_of(&heredoc.template));
                self.builder.scalar(Written::Text, span, text.as_text());
            }
            Expression::Parenthesis(inner) => self.expression(inner.inner()),
            Expression::Conditional(choice) => self.choice(choice, span),
            Expression::FuncCall(call) => self.call(call, span),
            Expression::Variable(_)
            | Expression::Traversal(_)
            | Expression::UnaryOp(_)
            | Expression::BinaryOp(_)
            | Expression::ForExpr(_) => self.unary(expression, span),
        }
    }

    /// A negative number, or an expression that is not known.
    fn unary(&mut self, expression: &Expression, span: Span) {
        let is_negative = match expression {
            Expression::UnaryOp(operation) => {
                matches!(operation.expr, Expression::Number(_)) && self.source.slice(span).starts_with('-')
            }
            _ => false,
        };
        if is_negative {
            self.builder.scalar(Written::Number, span, Text::Source(span));
        } else {
            self.builder.unknown(span);
        }
    }

    fn object(&mut self, object: &Object, span: Span) {
        self.builder.open(Written::Object, span.start, Span::new(span.start, span.start + 1));
        for (key, value) in object {
            let at = span_of(key);
            match key {
                ObjectKey::Ident(_) => self.builder.key(at, Text::Source(at)),
                // What `without_repeated` has renamed is called as it is written.
                ObjectKey::Expression(Expression::String(text)) if is_renamed(text.value()) => {
                    self.builder.key(at, Text::Source(Span::new(at.start + 1, at.end.saturating_sub(1))));
                }
                ObjectKey::Expression(Expression::String(text)) => {
                    let text = self.text(at, text.value());
                    self.builder.key(at, text.as_text());
                }
                // `(var.name) = …`
                ObjectKey::Expression(_) => {
                    self.builder.mark_open_incomplete();
                    continue;
                }
            }
            self.expression(value.expr());
        }
        self.builder.close(span.end);
    }

    fn choice(&mut self, choice: &Conditional, span: Span) {
        self.builder.open_call(span.start, CHOICE);
        self.expression(&choice.true_expr);
        self.expression(&choice.false_expr);
        self.condition(&choice.cond_expr);
        self.builder.close(span.end);
    }

    /// The condition of a choice, with what its parts are compared with.
    fn condition(&mut self, condition: &Expression) {
        let span = span_of(condition);
        let (name, parts) = match condition {
            Expression::Parenthesis(inner) => return self.condition(inner.inner()),
            Expression::UnaryOp(not) if matches!(*not.operator, UnaryOperator::Not) => ("!", vec![&not.expr]),
            Expression::BinaryOp(two) => match *two.operator {
                BinaryOperator::Eq => ("==", vec![&two.lhs_expr, &two.rhs_expr]),
                BinaryOperator::NotEq => ("!=", vec![&two.lhs_expr, &two.rhs_expr]),
                BinaryOperator::And => ("&&", vec![&two.lhs_expr, &two.rhs_expr]),
                BinaryOperator::Or => ("||", vec![&two.lhs_expr, &two.rhs_expr]),
                _ => return self.expression(condition),
            },
            other => return self.expression(other),
        };
        if self.is_full() {
            return self.builder.unknown(span);
        }
        self.builder.open_call(span.start, name);
        parts.into_iter().for_each(|part| self.condition(part));
        self.builder.close(span.end);
    }

    fn call(&mut self, call: &FuncCall, span: Span) {
        let name = if call.name.is_namespaced() { "" } else { call.name.name.as_str() };
        self.builder.open_call(span.start, name);
        call.args.iter().for_each(|argument| self.expression(argument));
        if call.args.expand_final() {
            self.builder.mark_open_incomplete();
        }
        self.builder.close(span.end);
    }

    fn string_template(&mut self, template: &StringTemplate, span: Span) {
        let mut elements = template.iter();
        // A text that is nothing but one interpolation is that expression.
        if let (Some(Element::Interpolation(only)), None) = (elements.next(), elements.next()) {
            return self.expression(&only.expr);
        }
        let inside = Span::new(span.start + 1, span.end.saturating_sub(1));
        let text = self.joined(template, inside);
        self.builder.scalar(Written::Text, span, text.as_text());
    }

    /// The text of a template: its literals decoded, and a hole for each interpolation, which says what it refers to
    /// if it does nothing else.
    fn joined(&self, template: &Template, inside: Span) -> Value {
        let written = self.source.slice(inside);
        let is_plain = template.iter().all(|element| match element {
            Element::Literal(_) => true,
            other => is_reference(self.source.slice(span_of(other))),
        });
        if is_plain && !written.contains('\\') && !has_escaped_hole(written) {
            return Value::Source(inside);
        }
        let mut text = String::new();
        let mut places: Vec<Run> = Vec::new();
        for element in template {
            let span = span_of(element);
            let decoded = text.len() as u32;
            let written = self.source.slice(span);
            if let Element::Literal(literal) = element {
                let moved = runs(written, span.start, true);
                places.extend(moved.iter().map(|run| Run { decoded: run.decoded + decoded, ..*run }));
                text.push_str(literal);
            } else {
                places.push(Run { decoded, source: span.start });
                text.push_str(if is_reference(written) { written } else { NAMELESS });
            }
        }
        Value::Aligned(text, places)
    }

    /// The text of a heredoc, which has no escapes but those of holes: as it is written, even if its interpolations
    /// are more than references.
    fn heredoc(&self, inside: Span) -> Value {
        let written = self.source.slice(inside);
        if !has_escaped_hole(written) {
            return Value::Source(inside);
        }
        let text = written.replace("$${", "${").replace("%%{", "%{");
        Value::Aligned(text, runs(written, inside.start, false))
    }

    /// The text of a quoted string.
    fn text(&self, span: Span, value: &str) -> Value {
        let inside = Span::new(span.start + 1, span.end.saturating_sub(1));
        if self.source.slice(inside) == value {
            Value::Source(inside)
        } else {
            Value::Aligned(value.to_owned(), runs(self.source.slice(inside), inside.start, true))
        }
    }
}

/// The call of `jsonencode` that is all there is in a heredoc: the blanks around JSON mean nothing.
fn only_json(template: &Template) -> Option<&Expression> {
    let mut others = template
        .iter()
        .filter(|element| !matches!(element, Element::Literal(text) if text.trim().is_empty()));
    let (Some(Element::Interpolation(only)), None) = (others.next(), others.next()) else { return None };
    match &only.expr {
        Expression::FuncCall(call)
            if !call.name.is_namespaced() && call.name.name.as_str() == "jsonencode" =>
        {
            Some(&only.expr)
        }
        _ => None,
    }
}

/// Where the parts of a quoted string are whose contents begin at an offset: see [`Run`].
fn runs(written: &str, start: u32, has_backslashes: bool) -> Vec<Run> {
    let mut runs = vec![Run { decoded: 0, source: start }];
    let (mut at, mut decoded) = (0, 0);
    while let Some(letter) = written.cut(at..).chars().next() {
        let rest = written.cut(at..);
        let (length, result) = match letter {
            '\\' if !has_backslashes => (1, 1),
            '\\' if rest.starts_with("\\u") => (6, code_point(rest.cut(2..6.min(rest.len())))),
            '\\' if rest.starts_with("\\U") => (10, code_point(rest.cut(2..10.min(rest.len())))),
            '\\' => (2, 1),
            '$' if rest.starts_with("$${") => (3, 2),
            '%' if rest.starts_with("%%{") => (3, 2),
            letter => {
                at += letter.len_utf8();
                decoded += letter.len_utf8();
                continue;
            }
        };
        at += length;
        decoded += result;
        runs.push(Run { decoded: decoded as u32, source: start + at as u32 });
    }
    runs
}

/// The length of the character with a number in hexadecimal digits.
fn code_point(digits: &str) -> usize {
    let letter = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    letter.map_or(1, char::len_utf8)
}

/// Whether an interpolation does nothing but refer to something: `${aws_ecs_service.web.name}`.
fn is_reference(interpolation: &str) -> bool {
    let inner = interpolation.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    inner.is_some_and(|inner| {
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']' | '*');
        !inner.trim().is_empty() && inner.trim().chars().all(is_word)
    })
}

/// Whether a text holds what would be a hole if it were not escaped.
fn has_escaped_hole(text: &str) -> bool {
    text.contains("$${") || text.contains("%%{")
}

/// A text and where it is written.
enum Value {
    Source(Span),
    Aligned(String, Vec<Run>),
}

impl Value {
    fn as_text(&self) -> Text<'_> {
        match self {
            Value::Source(span) => Text::Source(*span),
            Value::Aligned(text, runs) => Text::Aligned(text, runs),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::parse::parse;
    use crate::source::{Source, SourceId};

    #[test]
    fn escapes_in_an_indented_heredoc_keep_the_places_of_the_rest() {
        let text = "a = <<-EOF\n    $${b} %%{c} ${d}\n      \"e\"\n    EOF\n";
        let tree = parse(Arc::new(Source::new(SourceId(0), "main.tf", text))).tree;
        let (_, value) = tree.roots().next().and_then(|root| root.members().next()).expect("a member");
        assert_eq!(value.text().trim_start(), "${b} %{c} ${d}\n      \"e\"\n");
        for (part, written) in [("${b}", "$${b}"), ("%{c}", "%%{c}"), ("${d}", "${d}"), ("\"e\"", "\"e\"")] {
            let at = value.text().find(part).expect("it is there");
            assert_eq!(tree.source.slice(value.part(at..at + part.len()).span), written);
        }
    }

    #[test]
    fn a_heredoc_with_nothing_but_encoded_json_is_that() {
        let call = |text: &str| {
            let tree = parse(Arc::new(Source::new(SourceId(0), "main.tf", text))).tree;
            let (_, value) = tree.roots().next().and_then(|root| root.members().next()).expect("a member");
            value.call().map(|(name, _)| name.to_owned())
        };
        assert_eq!(call("a = <<-EOF\n    ${jsonencode([1])}\n    EOF\n").as_deref(), Some("jsonencode"));
        assert_eq!(call("a = <<EOF\n${jsonencode([1])} ${b}\nEOF\n"), None);
        assert_eq!(call("a = <<EOF\n${upper(b)}\nEOF\n"), None);
    }
}
