//! Changes of nodes, rendered as changes of bytes.
//!
//! A rule says what to do with nodes; here it becomes the least change of the text, with its
//! indentation, commas and line ends kept.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::source::{Cut, Place, Source, Span};
use crate::tree::{Node, Tree, Written};

/// How far a fix may be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// It turns a fault into the one thing that can have been meant, or removes what has no
    /// effect.
    Safe,
    /// It mends the fault and changes what runs.
    Unsafe,
    /// A suggestion: shown, never applied, because somebody has to choose.
    Shown,
}

impl Safety {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
            Safety::Shown => "shown",
        }
    }
}

/// Bytes of a source and what to write in their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes to replace; an empty span inserts.
    pub place: Place,
    /// The new text.
    pub text: String,
}

/// A change that mends a problem: all its edits together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: "delete `tags`".
    pub title: String,
    /// How far it may be trusted.
    pub safety: Safety,
    /// The edits, in the order of the text, none touching another.
    pub edits: Vec<Edit>,
}

/// One change of a document.
#[derive(Clone, Debug)]
pub enum Change<'d> {
    /// Takes a member or an item out of its container.
    Remove(Node<'d>),
    /// Writes another value in the place of this one.
    Replace(Node<'d>, Value),
    /// Adds a member at the end of an object.
    Insert(Node<'d>, &'d str, Value),
    /// Gives a key another name.
    Rename(Node<'d>, &'d str),
    /// Puts an object in the place of the object that it is a member of, and adds these other
    /// members of the outer one to it.
    Unwrap(Node<'d>, Vec<Node<'d>>),
    /// Replaces bytes, for faults of the text itself.
    Text(Place, String),
}

impl<'d> Change<'d> {
    /// Gives a member of an object a value, whether or not it is written, `null` included.
    pub fn set(object: Node<'d>, key: &'d str, value: Value) -> Change<'d> {
        match object.get(key) {
            Some(written) => Change::Replace(written, value),
            None => Change::Insert(object, key, value),
        }
    }

    /// The containers that the change opens, and the value that it replaces.
    fn nodes(&self) -> impl Iterator<Item = Node<'d>> {
        let (first, second) = match self {
            Change::Remove(node) => (node.parent(), None),
            Change::Replace(node, _) | Change::Insert(node, ..) => (Some(*node), None),
            Change::Unwrap(inner, _) => (Some(*inner), inner.parent()),
            Change::Rename(..) | Change::Text(..) => (None, None),
        };
        first.into_iter().chain(second)
    }
}

impl Fix {
    /// A fix made of changes to one document.
    pub fn new(safety: Safety, title: impl Into<String>, changes: &[Change]) -> Fix {
        Fix { title: title.into(), safety, edits: render(changes) }
    }

    /// The source that the fix changes.
    pub fn source(&self) -> Option<crate::source::SourceId> {
        self.edits.first().map(|edit| edit.place.source)
    }
}

/// The text of a source after some fixes. A fix that touches what an earlier one changes is
/// left out; the second value tells how many were made.
pub fn apply<'f>(source: &Source, fixes: impl IntoIterator<Item = &'f Fix>) -> (String, usize) {
    let mut edits: Vec<&Edit> = Vec::new();
    let mut made = 0;
    for fix in fixes {
        let free = |edit: &Edit| {
            let span = edit.place.span;
            edit.place.source == source.id
                && edits.iter().all(|taken| {
                    let other = taken.place.span;
                    span.end < other.start || other.end < span.start
                })
        };
        if fix.edits.iter().all(free) {
            edits.extend(&fix.edits);
            made += 1;
        }
    }
    edits.sort_by_key(|edit| edit.place.span);
    let mut text = String::with_capacity(source.text.len());
    let mut from = 0;
    for edit in edits {
        let range = edit.place.span.range();
        text.push_str(source.text.cut(from..range.start));
        text.push_str(&edit.text);
        from = range.end;
    }
    text.push_str(source.text.cut(from..));
    (text, made)
}

/// The edits of some changes. None where one of them is about what a lost bracket or quotation mark
/// has cut off: nobody knows where it ends, so that nothing can be written there.
fn render(changes: &[Change]) -> Vec<Edit> {
    if !changes.iter().all(|change| change.nodes().all(Node::is_closed)) {
        return Vec::new();
    }
    let mut edits = Vec::new();
    let mut removed: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut tree = None;
    let mut unwrapped = Vec::new();
    for change in changes {
        let (place, text) = match change {
            Change::Remove(node) => {
                tree = Some(node.tree());
                let parent = node.parent().expect("the whole document cannot be removed");
                removed.entry(parent.index()).or_default().push(node.index());
                continue;
            }
            Change::Replace(node, value) => {
                (node.place(), written(value, &Layout::around(node.tree(), node.span().start)))
            }
            Change::Rename(key, name) => (key.place(), quoted(name)),
            Change::Insert(object, key, value) => insertion(*object, key, value),
            Change::Text(place, text) => (*place, text.clone()),
            Change::Unwrap(inner, kept) => {
                unwrapped.push((*inner, kept));
                continue;
            }
        };
        edits.push(Edit { place, text });
    }
    for (parent, children) in removed {
        let tree = tree.expect("something was removed from a tree");
        removals(tree.node(parent), &children, &mut edits);
    }
    for (inner, kept) in unwrapped {
        unwrap(inner, kept, &mut edits);
    }
    edits.sort_by_key(|edit| edit.place.span);
    // In a text whose brackets do not fit, nodes may stand where nothing can be written.
    let is_order = |pair: &[Edit]| pair[0].place.span.end <= pair[1].place.span.start;
    let is_span = |edit: &Edit| edit.place.span.start <= edit.place.span.end;
    if edits.iter().all(is_span) && edits.windows(2).all(is_order) { edits } else { Vec::new() }
}

/// The members or items of a container as they are written: their values and whole spans.
fn children(container: Node<'_>) -> Vec<(u32, Span)> {
    let tree = container.tree();
    let mut children = Vec::new();
    let mut next = container.index() + 1;
    while next < container.raw().link {
        let first = tree.node(next);
        let value = if first.raw().written == Written::Key { first.value_of_key() } else { first };
        children.push((value.index(), Span::new(first.span().start, value.span().end)));
        next = value.raw().link;
    }
    children
}

/// What stands between the brackets of an object or a list that is closed.
fn inside(container: Node<'_>) -> Span {
    let Span { start, end } = container.span();
    Span::new(start + 1, end.saturating_sub(1).max(start + 1))
}

fn removals(container: Node<'_>, removed: &[u32], edits: &mut Vec<Edit>) {
    let children = children(container);
    let source = &container.tree().source;
    let gone = |position: usize| removed.contains(&children[position].0);
    let mut position = 0;
    while position < children.len() {
        if !gone(position) {
            position += 1;
            continue;
        }
        let first = position;
        while position < children.len() && gone(position) {
            position += 1;
        }
        let span = if first > 0 {
            Span::new(children[first - 1].1.end, children[position - 1].1.end)
        } else if position < children.len() {
            Span::new(children[first].1.start, children[position].1.start)
        } else {
            inside(container)
        };
        edits.push(Edit { place: source.place(span), text: String::new() });
    }
}

fn insertion(object: Node<'_>, key: &str, value: &Value) -> (Place, String) {
    let source = &object.tree().source;
    let Some((_, last)) = children(object).pop() else {
        let layout = Layout { newline: None, unit: String::new(), depth: String::new() };
        return (source.place(inside(object)), format!("{}: {}", quoted(key), written(value, &layout)));
    };
    let layout = Layout::around(object.tree(), last.start);
    let separator = layout.newline.map_or(" ".to_owned(), |newline| format!("{newline}{}", layout.depth));
    let member = format!(",{separator}{}: {}", quoted(key), written(value, &layout));
    (source.place(Span::empty(last.end)), member)
}

/// Cuts off what stands around an object, and takes one level of indentation from its lines,
/// those of the other edits too.
fn unwrap(inner: Node<'_>, kept: &[Node<'_>], edits: &mut Vec<Edit>) {
    let outer = inner.parent().expect("a member stands in an object");
    let source = &inner.tree().source;
    let (inside, around) = (inner.span(), outer.span());
    let depth = Layout::around(inner.tree(), around.start).depth;
    let closing = Layout::around(inner.tree(), inside.end - 1).depth;
    let extra = closing.strip_prefix(&depth).unwrap_or_default();
    let (deep, flat) = (format!("\n{depth}{extra}"), format!("\n{depth}"));
    let is_inside = |span: Span| inside.start <= span.start && span.end <= inside.end;
    for edit in edits.iter_mut().filter(|edit| is_inside(edit.place.span)) {
        edit.text = edit.text.replace(&deep, &flat);
    }
    let mut added = Vec::new();
    if let Some((_, last)) = children(inner).pop() {
        let layout = Layout::around(inner.tree(), last.start);
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

/// How the text around a place is laid out.
struct Layout {
    /// The line end in use; `None` where everything stands on one line.
    newline: Option<&'static str>,
    /// What one level of nesting adds.
    unit: String,
    /// The blanks at the start of the line.
    depth: String,
}

impl Layout {
    fn around(tree: &Tree, offset: u32) -> Layout {
        let text = &tree.source.text;
        let line = text.cut(..offset as usize).rfind('\n').map_or(0, |newline| newline + 1);
        let indent =
            |line: &str| line.cut(..line.len() - line.trim_start_matches([' ', '\t']).len()).to_owned();
        let depth = indent(text.cut(line..offset as usize));
        let newline = text.find('\n').map(|at| if text.cut(..at).ends_with('\r') { "\r\n" } else { "\n" });
        let first = text.lines().skip(1).map(indent).find(|blanks| !blanks.is_empty());
        // A node that does not begin its line is laid out on that line.
        let begins = depth.len() == offset as usize - line && line > 0;
        let unit = first.unwrap_or_else(|| "  ".to_owned());
        Layout { newline: newline.filter(|_| begins), unit, depth }
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
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
    use crate::parse::parse;
    use crate::source::SourceId;

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
}
