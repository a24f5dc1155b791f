//! Changes of HCL: literals are replaced, and attributes come and go by whole lines, or between commas on one line.
//! What cannot be done without touching anything else is not done.

use serde_json::Value;

use super::{Edit, Writer};
use crate::source::{Cut, Source, Span};
use crate::tree::{Kind, Node, Written};

pub(super) const WRITER: Writer = Writer { removal, replacement, renaming, insertion };

/// A scalar as HCL. `None` for lists and objects.
fn scalar(value: &Value) -> Option<String> {
    Some(match value {
        Value::String(text) => {
            Value::from(text.as_str()).to_string().replace("${", "$${").replace("%{", "%%{")
        }
        Value::Array(_) | Value::Object(_) => return None,
        other => other.to_string(),
    })
}

fn replacement(node: Node, value: &Value) -> Option<Edit> {
    let source = &node.tree().source;
    let is_literal = matches!(node.kind(), Kind::Text | Kind::Number | Kind::Bool | Kind::Null);
    let is_heredoc = source.slice(node.span()).starts_with('<');
    if !is_literal || is_heredoc {
        return None;
    }
    Some(Edit::at(source, node.span(), scalar(value)?))
}

fn renaming(key: Node, name: &str) -> Option<Edit> {
    let source = &key.tree().source;
    let is_quoted = source.slice(key.span()).starts_with('"');
    let text = if is_quoted { Value::from(name).to_string() } else { name.to_owned() };
    Some(Edit::at(source, key.span(), text))
}

/// Whether a node is what is between the braces of a block, which has lines instead of commas.
fn is_body(container: Node) -> bool {
    container.kind() == Kind::Object && container.head().span.start < container.span().start
}

fn insertion(object: Node, key: &str, value: &Value) -> Option<Edit> {
    let source = &object.tree().source;
    let end = object.span().end.checked_sub(1)?;
    if object.raw().written != Written::Object || source.slice(Span::new(end, end + 1)) != "}" {
        return None;
    }
    let value = scalar(value)?;
    let last = object.members().last();
    // Like the other members: `"key": value`, `key = value`.
    let (is_quoted, sign) = last.map_or((false, " = "), |(key, value)| {
        let between = source.slice(Span::new(key.span().end, value.span().start.max(key.span().end)));
        (source.slice(key.span()).starts_with('"'), if between.contains(':') { ": " } else { " = " })
    });
    let key = if is_quoted && !is_body(object) { format!("\"{key}\"") } else { key.to_owned() };
    let member = format!("{key}{}{value}", if is_body(object) { " = " } else { sign });
    let line = line_start(source, end);
    let before = source.text.cut(line..end as usize);
    if before.trim().is_empty() && line > 0 {
        let newline = if source.text.cut(..line).ends_with("\r\n") { "\r\n" } else { "\n" };
        return Some(Edit::at(source, Span::empty(line as u32), format!("{before}  {member}{newline}")));
    }
    if is_body(object) {
        return None;
    }
    Some(match last {
        Some((_, last)) => Edit::at(source, Span::empty(last.span().end), format!(", {member}")),
        None => {
            let inside = Span::new(object.span().start + 1, end);
            return source
                .slice(inside)
                .trim()
                .is_empty()
                .then(|| Edit::at(source, inside, format!(" {member} ")));
        }
    })
}

fn removal(value: Node) -> Option<Edit> {
    let (source, container) = (&value.tree().source, value.parent()?);
    let whole = value.key().unwrap_or(value);
    let own = Span::new(whole.span().start, value.span().end);
    let line = line_start(source, own.start);
    let rest = source.text.cut(own.end as usize..);
    let (rest, end) = rest
        .split_once('\n')
        .map_or((rest, source.text.len()), |(rest, _)| (rest, own.end as usize + rest.len() + 1));
    let begins_line = source.text.cut(line..own.start as usize).trim().is_empty();
    let ends_line = rest.trim().strip_prefix(',').unwrap_or(rest.trim()).trim().is_empty();
    if begins_line && ends_line {
        return Some(Edit::at(source, Span::of(line..end), ""));
    }
    if is_body(container) || source.slice(own).contains('\n') {
        return None;
    }
    let (before, after) = neighbors(container, whole);
    let span = match (before, after) {
        (_, Some(after)) => Span::new(own.start, after.span().start),
        (Some(before), None) => Span::new(before.span().end, own.end),
        (None, None) => own,
    };
    // A comment between them stays where it is.
    let between = |span: Span| source.slice(span).trim().trim_matches(',').trim().is_empty();
    let is_free =
        between(Span::new(span.start, own.start)) && between(Span::new(own.end, span.end.max(own.end)));
    is_free.then(|| Edit::at(source, span, ""))
}

/// The value before a member or an item of a container, and the key or the item after it.
fn neighbors<'d>(container: Node<'d>, whole: Node<'d>) -> (Option<Node<'d>>, Option<Node<'d>>) {
    let all: Vec<(Node, Node)> =
        container.members().chain(container.items().map(|item| (item, item))).collect();
    let Some(at) = all.iter().position(|(first, _)| *first == whole) else { return (None, None) };
    let before = at.checked_sub(1).map(|before| all[before].1);
    (before, all.get(at + 1).map(|(first, _)| *first))
}

fn line_start(source: &Source, at: u32) -> usize {
    source.text.cut(..at as usize).rfind('\n').map_or(0, |newline| newline + 1)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::parse::parse;
    use crate::source::SourceId;

    const TEXT: &str = r#"resource "a" "b" {
  one = 1 # kept
  two = "x"

  list = [
    { a = 1, "b" : 2, c = 3 },
    {
      d = 4
      "e" = 5,
    },
  ]
  block {
  }
}
"#;

    fn at<'d>(root: Node<'d>, path: &str) -> Node<'d> {
        path.split('.').fold(root, |node, step| match step.parse::<usize>() {
            Ok(index) => node.items().nth(index).expect("an item"),
            Err(_) => node.get(step).expect("a member"),
        })
    }

    fn changed(change: impl Fn(Node<'_>) -> Option<Edit>) -> Option<String> {
        let parsed = parse(Arc::new(Source::new(SourceId(0), "main.tf", TEXT)));
        let edit = change(at(parsed.tree.roots().next().expect("a body"), "resource.a.b"))?;
        let range = edit.place.span.range();
        let text = format!("{}{}{}", TEXT.cut(..range.start), edit.text, TEXT.cut(range.end..));
        assert!(
            parse(Arc::new(Source::new(SourceId(0), "main.tf", text.as_str()))).faults.is_empty(),
            "{text}"
        );
        Some(text)
    }

    #[test]
    fn changes_touch_nothing_else() {
        let replaced = |path: &'static str, old: &str, new: &str, value: Value| {
            let text = changed(|root| replacement(at(root, path), &value));
            assert_eq!(text.as_deref(), Some(&*TEXT.replacen(old, new, 1)), "{path}");
        };
        replaced("one", "one = 1", "one = 2", json!(2));
        replaced("two", "\"x\"", "\"a$${b}\"", json!("a${b}"));
        let removed = |path: &'static str, old: &str, new: &str| {
            let text = changed(|root| removal(at(root, path)));
            assert_eq!(text.as_deref(), Some(&*TEXT.replacen(old, new, 1)), "{path}");
        };
        removed("two", "  two = \"x\"\n", "");
        removed("list.0.a", "a = 1, ", "");
        removed("list.0.c", ", c = 3", "");
        removed("list.1.e", "      \"e\" = 5,\n", "");
        removed("list.0", "    { a = 1, \"b\" : 2, c = 3 },\n", "");
        removed("block", "  block {\n  }\n", "");
        assert_eq!(changed(|root| removal(at(root, "one"))), None);
        let inserted = |path: &'static str, old: &str, new: &str| {
            let text = changed(|root| insertion(at(root, path), "f", &json!(true)));
            assert_eq!(text.as_deref(), Some(&*TEXT.replacen(old, new, 1)), "{path}");
        };
        inserted("list.0", "c = 3", "c = 3, f = true");
        inserted("list.1", "5,\n", "5,\n      \"f\" = true\n");
        inserted("block", "block {\n", "block {\n    f = true\n");
        let text = changed(|root| renaming(at(root, "list.0.b").key()?, "z"));
        assert_eq!(text.as_deref(), Some(&*TEXT.replace("\"b\" :", "\"z\" :")));
    }
}
