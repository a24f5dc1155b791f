//! Changes of JSON: brackets, quotation marks, commas and indentation.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::layout::Layout;
use super::{Change, Edit};
use crate::source::{Cut, Source, Span};
use crate::tree::{Node, Written};

/// Adds the edits for changes of nodes to the edits collected so far.
pub(super) fn render(changes: &[Change], edits: &mut Vec<Edit>) {
    let mut removed: BTreeMap<u32, (Node, Vec<u32>)> = BTreeMap::new();
    let mut unwrapped = Vec::new();
    for change in changes {
        match change {
            Change::Remove(node) => {
                let parent = node.parent().expect("the whole document cannot be removed");
                removed.entry(parent.index()).or_insert((parent, Vec::new())).1.push(node.index());
            }
            Change::Replace(node, value) => {
                let layout = Layout::around(&node.tree().source, node.span().start);
                edits.push(Edit { place: node.place(), text: written(value, &layout) });
            }
            Change::Rename(key, name) => edits.push(Edit { place: key.place(), text: quoted(name) }),
            Change::Insert(object, key, value) => edits.push(insertion(*object, key, value)),
            Change::Quote(node) => edits.extend(around(*node, ["\"", "\""])),
            Change::PutInList(node) => edits.extend(around(*node, ["[", "]"])),
            Change::TakeOutOfList(list) => edits.extend(taken_out(*list)),
            Change::Unwrap(inner, kept) => unwrapped.push((*inner, kept)),
            // The same in every notation.
            Change::Text(..) => {}
        }
    }
    for (parent, children) in removed.into_values() {
        removals(parent, &children, edits);
    }
    for (inner, kept) in unwrapped {
        unwrap(inner, kept, edits);
    }
}

/// The whole of a node between two delimiters.
fn around(node: Node<'_>, [open, close]: [&str; 2]) -> [Edit; 2] {
    let Span { start, end } = node.span();
    let edit = |offset: u32, sign: &str| Edit {
        place: node.tree().source.place(Span::empty(offset)),
        text: sign.to_owned(),
    };
    [edit(start, open), edit(end, close)]
}

/// The only item of a list, without what surrounds it.
fn taken_out(list: Node<'_>) -> [Edit; 2] {
    let outer = list.span();
    let item = list.items().next().map_or(outer, Node::span);
    [Span::new(outer.start, item.start), Span::new(item.end, outer.end)]
        .map(|span| Edit { place: list.tree().source.place(span), text: String::new() })
}

/// A member or an item as the text has it, with its key.
fn whole(value: Node<'_>) -> Span {
    Span::new(value.key().unwrap_or(value).span().start, value.span().end)
}

/// The value of the member or the item of a container that ends before the node at an index: only what is
/// next to a change is looked at, because many changes may be in one list.
fn child_before(container: Node<'_>, index: u32) -> Option<Node<'_>> {
    let last = container.tree().node(index.checked_sub(1).filter(|last| *last > container.index())?);
    std::iter::successors(Some(last), |node| node.parent()).find(|node| node.parent() == Some(container))
}

/// The value of the member or the item of a container behind this one.
fn child_after<'d>(container: Node<'d>, value: Node<'d>) -> Option<Node<'d>> {
    let next = value.raw().link;
    let next = (next < container.raw().link).then(|| container.tree().node(next))?;
    Some(if next.raw().written == Written::Key { next.value_of_key() } else { next })
}

/// The value of the last member or item of a container.
fn last_child(container: Node<'_>) -> Option<Node<'_>> {
    child_before(container, container.raw().link)
}

/// What is between the brackets of a closed object or list.
fn inside(container: Node<'_>) -> Span {
    let Span { start, end } = container.span();
    Span::new(start + 1, end.saturating_sub(1).max(start + 1))
}

fn removals(container: Node<'_>, removed: &[u32], edits: &mut Vec<Edit>) {
    let source = &container.tree().source;
    let mut rest: BTreeSet<u32> = removed.iter().copied().collect();
    while let Some(index) = rest.pop_first() {
        let first = container.tree().node(index);
        let before = child_before(container, first.key().unwrap_or(first).index());
        let mut last = first;
        let after = loop {
            match child_after(container, last) {
                Some(next) if rest.remove(&next.index()) => last = next,
                after => break after,
            }
        };
        if let Some(before) =
            before.filter(|before| has_comment(source, before.span().end, whole(first).start))
        {
            remove_beside_comment(
                source,
                before,
                Span::new(whole(first).start, last.span().end),
                after,
                edits,
            );
            continue;
        }
        let span = match (before, after) {
            (Some(before), _) => Span::new(before.span().end, last.span().end),
            (None, Some(after)) => Span::new(whole(first).start, whole(after).start),
            (None, None) => inside(container),
        };
        edits.push(Edit { place: source.place(span), text: String::new() });
    }
}

/// Whether there is more than a comma and whitespace between two values.
fn has_comment(source: &Source, from: u32, to: u32) -> bool {
    source.slice(Span::new(from, to)).contains(|c: char| !c.is_whitespace() && c != ',')
}

/// Removes what follows a comment about the value before, with the comment at the end of its own line, and
/// keeps all others.
fn remove_beside_comment(
    source: &Source,
    before: Node<'_>,
    removed: Span,
    after: Option<Node<'_>>,
    edits: &mut Vec<Edit>,
) {
    let mut cut = |span: Span| edits.push(Edit { place: source.place(span), text: String::new() });
    let line_end = |rest: &str| rest.find('\n').unwrap_or(rest.len()) as u32;
    match after.map(|after| whole(after).start) {
        Some(next) => {
            let rest = source.slice(Span::new(removed.end, next));
            let end = removed.end + line_end(rest);
            let below = source.slice(Span::new(end, next));
            let blank = below.len() - below.trim_start().len();
            cut(Span::new(removed.start, end + blank as u32));
        }
        None => {
            let gap = source.slice(Span::new(before.span().end, removed.start));
            let kept = gap.trim_end().len() as u32;
            if let Some(comma) = gap.trim_start().starts_with(',').then(|| gap.len() - gap.trim_start().len())
            {
                let at = before.span().end + comma as u32;
                cut(Span::new(at, at + 1));
            }
            let close = before.parent().map_or(removed.end, |parent| parent.span().end.saturating_sub(1));
            let rest = source.slice(Span::new(removed.end, close.max(removed.end)));
            let own = rest.cut(..line_end(rest) as usize).trim_end().len() as u32;
            cut(Span::new(before.span().end + kept, removed.end + own));
        }
    }
}

fn insertion(object: Node<'_>, key: &str, value: &Value) -> Edit {
    let source = &object.tree().source;
    let member = |layout: &Layout| format!("{}: {}", quoted(key), written(value, layout));
    let Some(last) = last_child(object).map(whole) else {
        let layout = Layout { newline: None, unit: String::new(), depth: String::new() };
        return Edit { place: source.place(inside(object)), text: member(&layout) };
    };
    let layout = Layout::around(source, last.start);
    let separator = layout.newline.map_or(" ".to_owned(), |newline| format!("{newline}{}", layout.depth));
    let text = format!(",{separator}{}", member(&layout));
    Edit { place: source.place(Span::empty(last.end)), text }
}

/// Cuts off what surrounds an object, and removes one level of indentation from its lines, including those in
/// the other edits.
fn unwrap(inner: Node<'_>, kept: &[Node<'_>], edits: &mut Vec<Edit>) {
    let outer = inner.parent().expect("a member stands in an object");
    let source = &inner.tree().source;
    let (inside, around) = (inner.span(), outer.span());
    let depth = Layout::around(source, around.start).depth;
    let closing = Layout::around(source, inside.end - 1).depth;
    let extra = closing.strip_prefix(&depth).unwrap_or_default();
    let (deep, flat) = (format!("\n{depth}{extra}"), format!("\n{depth}"));
    let is_inside = |span: Span| inside.start <= span.start && span.end <= inside.end;
    for edit in edits.iter_mut().filter(|edit| is_inside(edit.place.span)) {
        edit.text = edit.text.replace(&deep, &flat);
    }
    let mut added = Vec::new();
    if let Some(last) = last_child(inner).map(whole) {
        let layout = Layout::around(source, last.start);
        let before = layout.newline.map_or(" ".to_owned(), |end| {
            let member = layout.depth.strip_prefix(&closing).unwrap_or(&layout.unit);
            format!("{end}{depth}{member}")
        });
        let text = kept.iter().filter_map(|member| {
            let span = Span::new(member.key()?.span().start, member.span().end);
            Some(format!(",{before}{}", source.slice(span)))
        });
        added.push(Edit { place: source.place(Span::empty(last.end)), text: text.collect() });
    }
    let lines = source.slice(inside).match_indices(&deep).filter(|_| !extra.is_empty());
    for (at, _) in lines {
        let start = inside.start + (at + flat.len()) as u32;
        let span = Span::new(start, start + extra.len() as u32);
        let is_free = |edit: &Edit| span.end <= edit.place.span.start || edit.place.span.end <= span.start;
        if edits.iter().all(is_free) {
            added.push(Edit { place: source.place(span), text: String::new() });
        }
    }
    for cut in [Span::new(around.start, inside.start), Span::new(inside.end, around.end)] {
        added.push(Edit { place: source.place(cut), text: String::new() });
    }
    edits.extend(added.into_iter().filter(|edit| !edit.place.span.is_empty() || !edit.text.is_empty()));
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// JSON as people write it in one line.
pub(crate) fn in_one_line(value: &Value) -> String {
    written(value, &Layout { newline: None, unit: String::new(), depth: String::new() })
}

/// JSON in the given layout.
fn written(value: &Value, layout: &Layout) -> String {
    let inner = Layout {
        newline: layout.newline,
        unit: layout.unit.clone(),
        depth: format!("{}{}", layout.depth, layout.unit),
    };
    let (open, close, parts): (_, _, Vec<String>) = match value {
        Value::Array(items) => ('[', ']', items.iter().map(|item| written(item, &inner)).collect()),
        Value::Object(members) => {
            let member =
                |(key, value): (&String, &Value)| format!("{}: {}", quoted(key), written(value, &inner));
            ('{', '}', members.iter().map(member).collect())
        }
        scalar => return scalar.to_string(),
    };
    match layout.newline {
        Some(newline) if !parts.is_empty() => {
            let separator = format!(",{newline}{}", inner.depth);
            let body = parts.join(&separator);
            format!("{open}{newline}{}{body}{newline}{}{close}", inner.depth, layout.depth)
        }
        _ => format!("{open}{}{close}", parts.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::fix::{Fix, Safety, apply};
    use crate::parse::parse;
    use crate::source::{Source, SourceId};

    fn changed(text: &str, changes: impl for<'d> Fn(Node<'d>) -> Vec<Change<'d>>) -> String {
        let source = Arc::new(Source::new(SourceId(0), "a.json", text));
        let parsed = parse(Arc::clone(&source));
        let root = parsed.tree.roots().next().expect("a root");
        let fix = Fix::new(Safety::Safe, "", &changes(root));
        apply(&source, [&fix]).0
    }

    fn without(text: &str, keys: &[&str]) -> String {
        changed(text, |root| keys.iter().map(|key| Change::Remove(root.get(key).expect("the key"))).collect())
    }

    #[test]
    fn removing_takes_the_comma_and_the_line_along() {
        let text = "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}";
        assert_eq!(without(text, &["a"]), "{\n  \"b\": 2,\n  \"c\": 3\n}");
        assert_eq!(without(text, &["b"]), "{\n  \"a\": 1,\n  \"c\": 3\n}");
        assert_eq!(without(text, &["c"]), "{\n  \"a\": 1,\n  \"b\": 2\n}");
        assert_eq!(without(text, &["a", "b"]), "{\n  \"c\": 3\n}");
        assert_eq!(without(text, &["a", "c"]), "{\n  \"b\": 2\n}");
        assert_eq!(without(text, &["a", "b", "c"]), "{}");
    }

    #[test]
    fn inserting_follows_the_layout() {
        let insert = |text: &str| changed(text, |root| vec![Change::Insert(root, "z", json!({"k": [1]}))]);
        assert_eq!(insert("{}"), "{\"z\": {\"k\": [1]}}");
        assert_eq!(insert("{\"a\": 1}"), "{\"a\": 1, \"z\": {\"k\": [1]}}");
        assert_eq!(
            insert("{\r\n    \"a\": 1\r\n}"),
            "{\r\n    \"a\": 1,\r\n    \"z\": {\r\n        \"k\": [\r\n            1\r\n        ]\r\n    }\r\n}"
        );
    }

    #[test]
    fn unwrapping_takes_the_indentation_along() {
        let unwrap = |text: &str, gone: &[&str], kept: &[&str]| {
            changed(text, |root| {
                let inner = root.get("in").expect("the inner object");
                let kept = kept.iter().map(|key| root.get(key).expect("the key")).collect();
                let gone = gone.iter().map(|key| Change::Remove(inner.get(key).expect("the key")));
                gone.chain([Change::Unwrap(inner, kept)]).collect()
            })
        };
        let text = "{\n  \"in\": {\n    \"a\": [\n      1\n    ],\n    \"b\": 2,\n    \"c\": 3\n  },\n  \"d\": [\n    4\n  ]\n}\n";
        assert_eq!(unwrap(text, &[], &[]), "{\n  \"a\": [\n    1\n  ],\n  \"b\": 2,\n  \"c\": 3\n}\n");
        assert_eq!(unwrap(text, &["a"], &["d"]), "{\n  \"b\": 2,\n  \"c\": 3,\n  \"d\": [\n    4\n  ]\n}\n");
        assert_eq!(
            unwrap(text, &["b", "c"], &["d"]),
            "{\n  \"a\": [\n    1\n  ],\n  \"d\": [\n    4\n  ]\n}\n"
        );
        assert_eq!(
            unwrap("{\"in\": {\"a\": 1, \"b\": 2}, \"d\": 4}", &["b"], &["d"]),
            "{\"a\": 1, \"d\": 4}"
        );
        assert_eq!(unwrap("{\"in\": {\"a\": 1}}", &[], &[]), "{\"a\": 1}");
        let text = "{\r\n\t\"in\": {\r\n\t\t\"a\": 1\r\n\t}\r\n}";
        assert_eq!(unwrap(text, &[], &[]), "{\r\n\t\"a\": 1\r\n}");
    }

    #[test]
    fn putting_never_writes_a_key_twice() {
        let put = |text: &str| changed(text, |root| vec![Change::set(root, "z", json!(1))]);
        assert_eq!(put("{\"a\": 1}"), "{\"a\": 1, \"z\": 1}");
        assert_eq!(put("{\"z\": null, \"a\": 1}"), "{\"z\": 1, \"a\": 1}");
    }

    #[test]
    fn replacing_and_renaming_touch_nothing_else() {
        let text = "{ \"a\" : 256 }";
        fn member(root: Node<'_>) -> Node<'_> {
            root.get("a").expect("a")
        }
        let replaced = changed(text, |root| vec![Change::Replace(member(root), json!("256"))]);
        assert_eq!(replaced, "{ \"a\" : \"256\" }");
        let renamed = changed(text, |root| vec![Change::Rename(member(root).key().expect("a key"), "b")]);
        assert_eq!(renamed, "{ \"b\" : 256 }");
    }

    #[test]
    fn the_text_of_a_value_stays_between_new_signs() {
        fn items(root: Node<'_>) -> Vec<Node<'_>> {
            root.items().collect()
        }
        let quoted = changed("[ 1.50 , true ]", |root| items(root).into_iter().map(Change::Quote).collect());
        assert_eq!(quoted, "[ \"1.50\" , \"true\" ]");
        let put = changed("[{\"a\": 1}]", |root| items(root).into_iter().map(Change::PutInList).collect());
        assert_eq!(put, "[[{\"a\": 1}]]");
        let taken =
            changed("[[ {} ], [2]]", |root| items(root).into_iter().map(Change::TakeOutOfList).collect());
        assert_eq!(taken, "[{}, 2]");
        assert_eq!(
            changed("[{\"a\": 1", |root| items(root).into_iter().map(Change::PutInList).collect()),
            "[{\"a\": 1"
        );
    }
}
