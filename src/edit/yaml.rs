//! Changes of YAML: scalars are replaced in the quotation marks that the user likes, and in block style, members
//! and items come and go by whole lines. What cannot be done without touching anything else is not done.

use serde_json::Value;

use super::{Edit, Writer};
use crate::source::{Cut, Source, Span};
use crate::tree::{Node, Written};

/// Words that are something else than a text without quotation marks, in lower case.
const WORDS: &[&str] = &["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

pub(super) const WRITER: Writer = Writer { removal, replacement, renaming, insertion };

// ── Scalars ─────────────────────────────────────────────────────────────────────────────────────

fn replacement(node: Node, value: &Value) -> Option<Edit> {
    let source = &node.tree().source;
    if node.is_container() || node.is_implied() || !stands_alone(source, node.span()) {
        return None;
    }
    let old = source.slice(node.span());
    let text = scalar(value, old)?;
    // Nothing is written, right behind the colon or the dash.
    let text = if old.is_empty() { format!(" {text}") } else { text };
    Some(Edit::at(source, node.span(), text))
}

fn renaming(key: Node, name: &str) -> Option<Edit> {
    let source = &key.tree().source;
    let is_written = !key.is_implied() && !key.span().is_empty();
    let text = scalar(&name.into(), source.slice(key.span()))?;
    is_written.then(|| Edit::at(source, key.span(), text))
}

/// Whether a scalar is on one line, and is neither a block scalar nor behind a tag.
fn stands_alone(source: &Source, span: Span) -> bool {
    let before = source.text.cut(line_start(source, span.start)..span.start as usize);
    let word = before.trim_end().rsplit([' ', '\t', '[', '{', ',']).next().unwrap_or_default();
    let begins_line = before.trim().is_empty() && span.start > 0;
    !source.slice(span).contains('\n') && !word.starts_with(['!', '&', '|', '>']) && !begins_line
}

/// A scalar as YAML, with the quotation marks of an old one if it needs any. `None` for lists and objects.
fn scalar(value: &Value, old: &str) -> Option<String> {
    let text = match value {
        Value::String(text) => text,
        Value::Array(_) | Value::Object(_) => return None,
        other => return Some(in_one_line(other)),
    };
    Some(match old.chars().next() {
        Some('\'') if !text.contains(|c: char| c.is_control()) => format!("'{}'", text.replace('\'', "''")),
        Some('"') => value.to_string(),
        _ => in_one_line(value),
    })
}

/// A value in flow style.
pub(crate) fn in_one_line(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(in_one_line).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let member = |(key, value): (&String, &Value)| {
                format!("{}: {}", in_one_line(&key.as_str().into()), in_one_line(value))
            };
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
        Value::String(text) if is_plain(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Whether a text means itself without quotation marks, wherever it is.
fn is_plain(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_./:@+".contains(c);
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '_')
        && text.chars().all(is_part)
        && !text.ends_with(':')
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}

// ── Members and items ───────────────────────────────────────────────────────────────────────────

fn insertion(object: Node, key: &str, value: &Value) -> Option<Edit> {
    let source = &object.tree().source;
    if object.is_implied() || object.raw().written != Written::Object {
        return None;
    }
    let member = format!("{}: {}", scalar(&key.into(), "")?, scalar(value, "")?);
    let last = entries(object).last();
    if is_flow(object) {
        let Some((_, last)) = last else {
            let inside = Span::new(object.span().start + 1, object.span().end - 1);
            return source.slice(inside).trim().is_empty().then(|| Edit::at(source, inside, member));
        };
        let is_written = !last.is_implied() && !last.span().is_empty();
        return is_written.then(|| Edit::at(source, Span::empty(last.span().end), format!(", {member}")));
    }
    let (first, (key, last)) = (entries(object).next()?.0, last?);
    let indentation = indentation(source, first.span().start)?;
    // The token of an alias is on the line of its key.
    let end = if last.is_implied() { key.span().end } else { last.span().end };
    if source.slice(Span::new(key.span().end, last.span().start)).contains(['+', '&']) {
        return None;
    }
    let at = line_end(source, end)?;
    let newline = if source.text.contains("\r\n") { "\r\n" } else { "\n" };
    let blanks = " ".repeat(indentation);
    Some(match source.text.cut(..at).ends_with('\n') {
        true => Edit::at(source, Span::empty(at as u32), format!("{blanks}{member}{newline}")),
        false => Edit::at(source, Span::empty(at as u32), format!("{newline}{blanks}{member}")),
    })
}

fn removal(value: Node) -> Option<Edit> {
    let (source, container) = (&value.tree().source, value.parent()?);
    let key = value.key();
    let whole = key.unwrap_or(value);
    if whole.is_implied() || container.is_implied() {
        return None;
    }
    let span = Span::new(whole.span().start, value.span().end);
    let is_alias = value.is_implied();
    let (before, after) = neighbors(container, whole);
    if is_flow(container) {
        let is_known = |node: &Option<Node>| node.is_none_or(|node| !node.is_implied());
        if is_alias || !is_known(&before) || !is_known(&after) {
            return None;
        }
        let span = match (before, after) {
            (_, Some(after)) => Span::new(span.start, after.span().start),
            (Some(before), None) => Span::new(before.span().end, span.end),
            (None, None) => span,
        };
        return is_free(source.slice(span)).then(|| Edit::at(source, span, ""));
    }
    // The token of an alias is on the line of its key or its dash.
    let end = if is_alias { key?.span().end } else { span.end };
    let start = match key {
        Some(_) => span.start,
        None => dash(source, span.start)?,
    };
    let own = Span::new(start, end);
    if has_anchor(source.slice(own)) {
        return None;
    }
    let line = line_start(source, start);
    let begins_line = source.text.cut(line..start as usize).trim().is_empty();
    match (before, after) {
        (None, None) => {
            let is_deeper = container.key().is_none_or(|key| {
                column(source, key.span().start) < column(source, start)
                    && line_start(source, key.span().start) < line
            });
            let nothing = if key.is_some() { "{}" } else { "[]" };
            let is_free = is_free(source.slice(own)) && !is_alias && is_deeper;
            is_free.then(|| Edit::at(source, own, nothing))
        }
        // The first member of an item, beside its dash: the next one takes its place.
        (None, Some(after)) if !begins_line => {
            let span = Span::new(start, after.span().start);
            let is_free = key.is_some() && is_free(source.slice(span)) && !after.is_implied();
            is_free.then(|| Edit::at(source, span, ""))
        }
        _ if begins_line => {
            let end = line_end(source, end)?;
            Some(Edit::at(source, Span::of(line..end), ""))
        }
        _ => None,
    }
}

/// What is written before and after a member or an item in its container: the value before, and the key or
/// the item after.
fn neighbors<'d>(container: Node<'d>, whole: Node<'d>) -> (Option<Node<'d>>, Option<Node<'d>>) {
    let all: Vec<(Node, Node)> = entries(container).collect();
    let Some(at) = all.iter().position(|(first, _)| *first == whole) else { return (None, None) };
    let before = at.checked_sub(1).map(|before| all[before].1);
    (before, all.get(at + 1).map(|(first, _)| *first))
}

/// What is written in a container: the key or the item, and the value or the item, of each entry. What is
/// merged into it is written elsewhere.
fn entries<'d>(container: Node<'d>) -> impl Iterator<Item = (Node<'d>, Node<'d>)> {
    let (tree, end) = (container.tree(), container.raw().link);
    let mut next = container.index() + 1;
    let all = std::iter::from_fn(move || {
        let first = (next < end).then(|| tree.node(next))?;
        let value = if first.raw().written == Written::Key { first.value_of_key() } else { first };
        next = value.raw().link;
        Some((first, value))
    });
    all.filter(|(first, _)| first.raw().written != Written::Key || !first.is_implied())
}

/// Whether a container has brackets.
fn is_flow(container: Node) -> bool {
    let text = container.tree().source.slice(container.span());
    text.starts_with(['{', '[']) && text.ends_with(['}', ']'])
}

/// Whether a part of a text has neither comments nor anchors.
fn is_free(text: &str) -> bool {
    !text.contains('#') && !has_anchor(text)
}

fn has_anchor(text: &str) -> bool {
    text.match_indices('&')
        .any(|(at, _)| text.cut(..at).is_empty() || text.cut(..at).ends_with([' ', '\t', '[', '{', ',']))
}

/// The dash in front of an item, on its line.
fn dash(source: &Source, item: u32) -> Option<u32> {
    let line = line_start(source, item);
    let before = source.text.cut(line..item as usize).trim_end();
    before.ends_with('-').then(|| (line + before.len() - 1) as u32)
}

/// How deeply a key is indented that is on a line of its own or behind dashes.
fn indentation(source: &Source, key: u32) -> Option<usize> {
    let before = source.text.cut(line_start(source, key)..key as usize);
    before.chars().all(|c| matches!(c, ' ' | '-')).then_some(before.len())
}

fn column(source: &Source, offset: u32) -> usize {
    offset as usize - line_start(source, offset)
}

fn line_start(source: &Source, offset: u32) -> usize {
    source.text.cut(..offset as usize).rfind('\n').map_or(0, |newline| newline + 1)
}

/// Where the line behind an offset ends, with its line end. `None` if there is more on it than a comment.
fn line_end(source: &Source, offset: u32) -> Option<usize> {
    let rest = source.text.cut(offset as usize..);
    let line = rest.find('\n').map_or(rest.len(), |newline| newline + 1);
    let says = rest.cut(..line).trim_start_matches([':', '*']).trim();
    let is_alias = rest.cut(..line).trim_start().trim_start_matches(':').trim_start().starts_with('*');
    (says.is_empty() || says.starts_with('#') || is_alias).then_some(offset as usize + line)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::super::Change;
    use super::*;
    use crate::edit::render;
    use crate::fix::{Fix, Safety, apply};
    use crate::parse::{Parsed, parse};
    use crate::source::SourceId;
    use crate::tree::Kind;

    fn read(text: &str) -> (Arc<Source>, Parsed) {
        let source = Arc::new(Source::new(SourceId(0), "a.yml", text));
        (Arc::clone(&source), parse(source))
    }

    fn value(node: Node) -> Value {
        match node.kind() {
            Kind::Unknown => "?".into(),
            Kind::Null => Value::Null,
            Kind::Bool => node.as_bool().into(),
            Kind::Number => serde_json::from_str(node.text()).expect("a number of JSON"),
            Kind::Text => node.text().into(),
            Kind::List => node.items().map(value).collect(),
            Kind::Object => {
                node.members().map(|(key, member)| (key.text().to_owned(), value(member))).collect()
            }
        }
    }

    /// The text after a change of the value that a path leads to. `None` if the change is not made.
    fn changed(text: &str, path: &str, change: impl for<'d> Fn(Node<'d>) -> Change<'d>) -> Option<String> {
        let (source, parsed) = read(text);
        let root = parsed.tree.roots().next().expect("a root");
        let node = root.descend(path.split('/').filter(|step| !step.is_empty())).expect("the node");
        let fix = Fix::new(Safety::Safe, "", &[change(node)]);
        (!fix.edits.is_empty()).then(|| apply(&source, [&fix]).0)
    }

    fn remove(node: Node<'_>) -> Change<'_> {
        Change::Remove(node)
    }

    fn quote_node(node: Node<'_>) -> Change<'_> {
        Change::Quote(node)
    }

    fn without(text: &str, path: &str) -> Option<String> {
        changed(text, path, remove)
    }

    const TEXT: &str = "# top\na: 1 # one\nb:\n  # about c\n  c: 'x'\n  d: |\n    two\n\n    lines\n  e: [f, g, {h: 1, i: 2}]\nj:\n- k: 1\n  l: 2\n- m\n- n # why\n";

    #[test]
    fn members_and_items_go_by_whole_lines() {
        let gone = |path: &str, part: &str| {
            assert_eq!(without(TEXT, path), Some(TEXT.replacen(part, "", 1)), "{path}");
            let (text, part) = (TEXT.replace('\n', "\r\n"), part.replace('\n', "\r\n"));
            assert_eq!(without(&text, path), Some(text.replacen(&part, "", 1)), "{path}");
        };
        gone("a", "a: 1 # one\n");
        gone("b/c", "  c: 'x'\n");
        gone("b/d", "  d: |\n    two\n\n    lines\n");
        gone("b/e", "  e: [f, g, {h: 1, i: 2}]\n");
        gone("b/e/0", "f, ");
        gone("b/e/1", "g, ");
        gone("b/e/2", ", {h: 1, i: 2}");
        gone("b/e/2/h", "h: 1, ");
        gone("b/e/2/i", ", i: 2");
        gone("j", "j:\n- k: 1\n  l: 2\n- m\n- n # why\n");
        gone("j/0", "- k: 1\n  l: 2\n");
        gone("j/0/k", "k: 1\n  ");
        gone("j/0/l", "  l: 2\n");
        gone("j/2", "- n # why\n");
        assert_eq!(without("a:\n  b: 1\n", "a/b").as_deref(), Some("a:\n  {}\n"));
        assert_eq!(without("a:\n  - 1\n", "a/0").as_deref(), Some("a:\n  []\n"));
        assert_eq!(without("a: {b: 1}\n", "a/b").as_deref(), Some("a: {}\n"));
        assert_eq!(without("a: 1\nb: 2", "b").as_deref(), Some("a: 1\n"));
        assert_eq!(without("a: &x 1\nb: 2\n", "a"), None);
        assert_eq!(without("a: &x {c: 1}\nb: *x\n", "b/c"), None);
        assert_eq!(without("a: &x {c: 1}\nb: *x\n", "b").as_deref(), Some("a: &x {c: 1}\n"));
        assert_eq!(without("a: &x {c: 1}\nb:\n  <<: *x\n  d: 2\n", "b/c"), None);
        assert_eq!(without("a:\n- 1\n", "a/0"), None);
        assert_eq!(without("- a: 1\n  # about b\n  b: 2\n", "0/a"), None);
    }

    #[test]
    fn scalars_keep_their_quotation_marks() {
        let set = |text: &str, to: Value| changed(text, "a", |node| Change::Replace(node, to.clone()));
        for (text, to, expected) in [
            ("a: 1\n", json!(2), "a: 2\n"),
            ("a: 'x' # y\n", json!("it's"), "a: 'it''s' # y\n"),
            ("a: \"x\"\n", json!("z"), "a: \"z\"\n"),
            ("a: x\n", json!("z-1"), "a: z-1\n"),
            ("a: x\n", json!("256"), "a: \"256\"\n"),
            ("a: x\n", json!("no"), "a: \"no\"\n"),
            ("a: x\n", json!("b: c"), "a: \"b: c\"\n"),
            ("a: \"1\"\n", json!(1), "a: 1\n"),
            ("a:\nb: 1\n", json!("z"), "a: z\nb: 1\n"),
            ("{a: 1, b: 2}\n", json!(true), "{a: true, b: 2}\n"),
        ] {
            assert_eq!(set(text, to).as_deref(), Some(expected), "{text}");
        }
        for text in
            ["a: |\n  x\n", "a: x\n  y\n", "a: !!str 1\n", "a: !Ref x\n", "a: &x 1\nb: *x\n", "a: [1]\n"]
        {
            assert_eq!(set(text, json!(2)), None, "{text}");
        }
        let quote = |text: &str| changed(text, "a", quote_node);
        assert_eq!(quote("a: 80 # b\n").as_deref(), Some("a: \"80\" # b\n"));
        let rename =
            |text: &str| changed(text, "a", |node| Change::Rename(node.key().expect("a key"), "name"));
        assert_eq!(rename("a : 1\n").as_deref(), Some("name : 1\n"));
        assert_eq!(rename("'a': 1\n").as_deref(), Some("'name': 1\n"));
        assert_eq!(rename("{\"a\": 1}\n").as_deref(), Some("{\"name\": 1}\n"));
    }

    #[test]
    fn members_are_inserted_beside_their_siblings() {
        let insert = |text: &str, path: &str| changed(text, path, |node| Change::Insert(node, "z", json!(1)));
        for (text, path, expected) in [
            ("a: 1 # b\n", "", "a: 1 # b\nz: 1\n"),
            ("a: 1", "", "a: 1\nz: 1"),
            ("a:\r\n  b: 1\r\nc: 2\r\n", "a", "a:\r\n  b: 1\r\n  z: 1\r\nc: 2\r\n"),
            ("- a: 1\n  b: |\n    x\n\n- c\n", "0", "- a: 1\n  b: |\n    x\n  z: 1\n\n- c\n"),
            ("a: {}\n", "a", "a: {z: 1}\n"),
            ("a: {b: [c]}\n", "a", "a: {b: [c], z: 1}\n"),
            ("x: &x {c: 1}\na:\n  b: *x\nd: 1\n", "a", "x: &x {c: 1}\na:\n  b: *x\n  z: 1\nd: 1\n"),
            ("x: &x {c: 1}\na:\n  <<: *x\n  b: 1\n", "a", "x: &x {c: 1}\na:\n  <<: *x\n  b: 1\n  z: 1\n"),
            ("a:\n  b:\n", "a", "a:\n  b:\n  z: 1\n"),
        ] {
            assert_eq!(insert(text, path).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(insert("a: &x {b: 1}\nc: *x\n", "c"), None);
        assert_eq!(insert("a: {b: }\n", "a"), None);
    }

    /// Each change that is made of each node gives the values that are wanted, and keeps the other comments.
    #[test]
    fn every_change_gives_what_is_wanted() {
        let texts = [
            TEXT.to_owned(),
            TEXT.replace('\n', "\r\n"),
            TEXT.trim_end().to_owned(),
            "{\n  \"a\": [1, 2], # b\n  \"c\": {\"d\": 'e'},\n  f: g\n}\n".to_owned(),
            "- - a\n  - b: c\n    d:\n      - e\n    # f\n    g: >-\n      h\n      i\n-\n  j: k\n- ? l\n  : m\n".to_owned(),
            "x: &x\n  a: 1\n  b: [2]\ny:\n  <<: *x\n  b: 3\nz: [*x, {c: *x}]\nw: *x\nv: !Sub \"a\"\nu: !If [a, !Ref b]\n".to_owned(),
            "a:\n  b:   1   # c\n\n\n  d:\n    # e\n    f: null\n    g:\n  h: \"i\n    j\"\n\nk: l\n".to_owned(),
        ];
        let mut made = 0;
        for text in &texts {
            let (source, parsed) = read(text);
            let count = parsed.tree.nodes.len() as u32;
            let before: Vec<Value> = parsed.tree.roots().map(value).collect();
            assert_eq!(parsed.faults, [], "{text}");
            for index in 0..count {
                let node = parsed.tree.node(index);
                let changes = match node.raw().written {
                    Written::Key => vec![Change::Rename(node, "new-name")],
                    _ => {
                        let mut changes = vec![
                            Change::Replace(node, json!("no")),
                            Change::Replace(node, json!(7)),
                            Change::Insert(node, "new", json!("x")),
                        ];
                        if node.parent().is_some() {
                            changes.push(Change::Remove(node));
                        }
                        changes
                    }
                };
                for change in changes {
                    let is_object = node.kind() == Kind::Object;
                    if matches!(change, Change::Insert(..)) && !is_object {
                        continue;
                    }
                    let edits = render(std::slice::from_ref(&change));
                    if edits.is_empty() {
                        continue;
                    }
                    made += 1;
                    let fix = Fix { title: String::new(), safety: Safety::Safe, edits };
                    let after = apply(&source, [&fix]).0;
                    let (_, reread) = read(&after);
                    let context = format!("{change:?} in\n{text}\nis\n{after}");
                    assert_eq!(reread.faults, [], "{context}");
                    let found: Vec<Value> = reread.tree.roots().map(value).collect();
                    let mut wanted = before.clone();
                    // A node that aliases repeat is changed with its copies.
                    if !parsed.tree.holds_copies {
                        expect(&mut wanted[0], node, &change);
                        assert_eq!(found, wanted, "{context}");
                    } else {
                        assert_ne!(found, wanted, "{context}");
                    }
                    let gone = parsed.comments.len() - reread.comments.len();
                    assert!(gone <= usize::from(matches!(change, Change::Remove(_))) * 2, "{context}");
                    assert_eq!(after.contains("\r\n"), text.contains("\r\n"), "{context}");
                }
            }
        }
        assert!(made > 150, "{made}");
    }

    /// Makes a change of the value of the whole text.
    fn expect(whole: &mut Value, node: Node, change: &Change) {
        let pointer = node.pointer();
        let (parent, step) = pointer.rsplit_once('/').unwrap_or_default();
        match change {
            Change::Replace(_, value) => *whole.pointer_mut(&pointer).expect("the value") = value.clone(),
            Change::Insert(_, key, value) => {
                let object = whole.pointer_mut(&pointer).and_then(Value::as_object_mut);
                object.expect("the object").insert((*key).to_owned(), value.clone());
            }
            Change::Rename(_, name) => {
                let object = whole.pointer_mut(parent).and_then(Value::as_object_mut).expect("the object");
                let members = std::mem::take(object).into_iter();
                object.extend(
                    members.map(|(key, value)| (if key == step { (*name).to_owned() } else { key }, value)),
                );
            }
            _ => match whole.pointer_mut(parent).expect("the container") {
                Value::Object(members) => _ = members.shift_remove(step),
                Value::Array(items) => _ = items.remove(step.parse().expect("a position")),
                _ => {}
            },
        }
    }
}
