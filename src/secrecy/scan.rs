//! Which parts of a source are secrets.

use std::ops::Range;
use std::sync::Arc;

use super::marked;
use super::name::is_secretive;
use super::value::{by_form, is_open};
use crate::parse::{Parsed, parse};
use crate::source::{Cut, Source, Span};
use crate::tree::{Kind, Node, Notation, Tree};

/// Secrets in a source: where each is, and its value, decoded.
pub(super) type Secrets = Vec<(Span, String)>;

/// Finds the secrets of a source by the names and the forms of its values.
pub(super) fn scan(parsed: &Parsed) -> Secrets {
    let source = &parsed.tree.source;
    let mut found: Vec<(Span, String)> = Vec::new();
    of_tree(&parsed.tree, &mut found);
    marked::add(&parsed.tree, &mut found);
    // Forms are looked for in the text itself: they may also be in a key or in a comment.
    let mut by_text = by_form(&source.text);
    if parsed.faults.is_empty() {
        for comment in &parsed.comments {
            let found = assigned(source.slice(*comment)).into_iter();
            by_text.extend(
                found.map(|range| range.start + comment.start as usize..range.end + comment.start as usize),
            );
        }
    } else {
        by_text.extend(assigned(&source.text));
        if parsed.tree.notation == Notation::Yaml {
            by_text.extend(unread_values(&source.text));
        }
    }
    found.extend(
        by_text.into_iter().map(|range| (Span::of(range.clone()), source.text.cut(range).to_owned())),
    );
    found
}

fn of_tree(tree: &Tree, found: &mut Secrets) {
    for node in tree.values() {
        node.key().iter().for_each(|key| of_key(*key, found));
        match node.kind() {
            Kind::Null | Kind::Object => {}
            Kind::List => of_flags(node, found),
            _ => {
                of_value(node, found);
                if let Some(json) = inner(node) {
                    let mut inside = Secrets::new();
                    of_tree(&json, &mut inside);
                    found.extend(
                        inside.into_iter().map(|(span, value)| (node.part(span.range()).span, value)),
                    );
                }
            }
        }
    }
}

fn of_key(key: Node, found: &mut Secrets) {
    of_escapes(key, found);
    // In YAML, a key may be an object, whose members are not read.
    let token = key.token();
    if token.starts_with('{') {
        let start = key.span().start as usize;
        let in_text = |range: Range<usize>| Span::of(start + range.start..start + range.end);
        found.extend(
            values_in_braces(token)
                .into_iter()
                .map(|range| (in_text(range.clone()), token.cut(range).to_owned())),
        );
    }
}

/// The JSON in a text, as Terraform has it.
pub(super) fn inner(node: Node) -> Option<Arc<Tree>> {
    let text = node.as_text().filter(|text| text.trim_start().starts_with(['[', '{']))?;
    let parsed = parse(Arc::new(Source::new(node.tree().source.id, "inner.json", text)));
    parsed.faults.is_empty().then_some(parsed.tree)
}

/// The parts of a text that show by themselves that they are secrets.
pub(super) fn by_words(text: &str) -> Vec<Range<usize>> {
    let mut found = by_form(text);
    found.extend(assigned(text));
    found
}

fn of_value(node: Node, found: &mut Secrets) {
    let text = node.text();
    if is_named_secret(node) {
        if !is_open(text) {
            found.push(part(node, 0..text.len()));
        }
        return;
    }
    let ranges = match whole_assignment(node) {
        Some(range) => vec![range],
        None => assigned(text),
    };
    found.extend(ranges.into_iter().map(|range| part(node, range)));
    of_escapes(node, found);
}

/// What has escapes is not found in the text itself.
fn of_escapes(node: Node, found: &mut Secrets) {
    if node.text() != node.token() {
        found.extend(by_form(node.text()).into_iter().map(|range| part(node, range)));
    }
}

pub(super) fn part(node: Node, range: Range<usize>) -> (Span, String) {
    (node.part(range.clone()).span, node.text().cut(range).to_owned())
}

/// Whether the name of a value says that it is a secret: its key, the key of the list that it is in, or
/// the name beside it.
fn is_named_secret(node: Node) -> bool {
    let Some((key, parent)) = member_of(node).and_then(|named| Some((named.key()?, named.parent()?))) else {
        return false;
    };
    if key.text().eq_ignore_ascii_case("value") {
        let name = |member: &(Node, Node)| matches!(member.0.text(), "name" | "Name" | "key" | "Key");
        let mut names = parent.members().filter(name).map(|(_, value)| value.text());
        return names.any(is_secretive);
    }
    if key.text().eq_ignore_ascii_case("default") && is_secret_input(parent) {
        return true;
    }
    // In an object under `secrets`, too, where it should only be named.
    is_secretive(key.text())
}

/// Whether a parameter of a template, or a variable of a module, is declared to be secret, or has the name of a secret.
fn is_secret_input(declaration: Node) -> bool {
    let is_set =
        |flag: &str| declaration.get(flag).is_some_and(|value| value.text().eq_ignore_ascii_case("true"));
    is_set("NoEcho") || is_set("sensitive") || declaration.key().is_some_and(|name| is_secretive(name.text()))
}

/// The member that a value is a part of: the items of a list are what the list is, and what a function of
/// CloudFormation is given is what it makes of it.
fn member_of(mut node: Node) -> Option<Node> {
    const FUNCTIONS: &[&str] = &["Fn::Sub", "Fn::Join", "Fn::Base64", "Fn::If", "Fn::Select", "Fn::Split"];
    loop {
        match node.key() {
            Some(key) if !FUNCTIONS.contains(&key.text()) => return Some(node),
            _ => node = node.parent()?,
        }
    }
}

/// The values of `value: …` in YAML of which a part was not read: the names beside them are not known.
fn unread_values(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let said = line.trim_start_matches([' ', '\t', '-', '{', ',']);
        if let Some(value) = said.strip_prefix("value:").or(said.strip_prefix("Value:")) {
            let value = value.trim();
            let from = line.trim_end().len() - value.len();
            if !value.is_empty() && !is_open(value) {
                found.push(start + from..start + from + value.len());
            }
        }
        start += line.len();
    }
    found.extend(values_in_braces(text));
    found
}

/// The values of `value` in braces that were not read, where other members may come first.
fn values_in_braces(text: &str) -> Vec<Range<usize>> {
    let keys = text.match_indices("value").chain(text.match_indices("Value"));
    let values = keys.filter_map(|(at, key)| {
        let is_key = text.cut(..at).ends_with(['"', '\'', '{', ',', ' ']);
        let value = value_at(text, value_after(text, at + key.len(), key).filter(|_| is_key)?);
        (!value.is_empty() && !is_open(text.cut(value.clone()))).then_some(value)
    });
    values.collect()
}

/// The value of `NAME=value` in a list of variables, which may have blanks.
fn whole_assignment(node: Node) -> Option<Range<usize>> {
    let list = node.parent().filter(|_| node.key().is_none())?.key()?;
    let (name, value) = node.text().split_once('=')?;
    let is_variable =
        list.text().eq_ignore_ascii_case("environment") && is_secretive(name) && !is_open(value);
    is_variable.then(|| name.len() + 1..node.text().len())
}

/// The words of a command that follow an option with the name of a secret: `["--password", "hunter2"]`.
fn of_flags(list: Node, found: &mut Secrets) {
    let mut is_next = false;
    for item in list.items() {
        let text = item.text();
        if is_next && !text.starts_with('-') && !is_open(text) {
            found.push(part(item, 0..text.len()));
        }
        is_next = text.starts_with('-') && !text.contains(['=', ' ']) && is_secretive(text);
    }
}

/// The values that a text assigns to names of secrets: `DB_PASSWORD=hunter2`, `--password hunter2`,
/// `password: hunter2`.
fn assigned(text: &str) -> Vec<Range<usize>> {
    let is_in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text.cut(at..).find(is_in_name).map(|from| at + from) {
        let rest = text.cut(start..);
        let name = rest.find(|c| !is_in_name(c)).map_or(rest, |end| rest.cut(..end));
        let end = start + name.len();
        at = end;
        let Some(from) = value_after(text, end, name).filter(|_| is_secretive(name)) else { continue };
        let value = value_at(text, from);
        if !value.is_empty() && !is_open(text.cut(value.clone())) {
            at = value.end;
            found.push(value);
        }
    }
    found
}

/// Where the value of a name begins that ends at an offset, if it has one.
fn value_after(text: &str, end: usize, name: &str) -> Option<usize> {
    let rest = text.cut(end..);
    let after_quote = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
    let signs = after_quote.trim_start_matches([' ', '\t']);
    for sign in ["=>", "=", ":"] {
        let Some(value) = signs.strip_prefix(sign) else { continue };
        // `secret:web` is a part of an ARN, and `token:1` an image.
        if sign != ":" || value.starts_with([' ', '\t', '"', '\'']) {
            return Some(text.len() - value.trim_start_matches([' ', '\t']).len());
        }
    }
    // An option has its value behind a blank.
    let value = rest.trim_start_matches(' ');
    let is_option = name.starts_with('-') && value.len() < rest.len() && !value.starts_with('-');
    is_option.then(|| text.len() - value.len())
}

/// The value that begins at an offset: what is between quotation marks, or a word.
fn value_at(text: &str, from: usize) -> Range<usize> {
    let rest = text.cut(from..);
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(quote) = quote {
        let inside = rest.cut(1..);
        let length = inside.find([quote, '\n']).unwrap_or(inside.len());
        return from + 1..from + 1 + length;
    }
    let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | '}' | ']');
    from..from + rest.find(is_end).unwrap_or(rest.len())
}
