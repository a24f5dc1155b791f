//! The size of a document in bytes as compact JSON, which is roughly how AWS counts it.

use crate::tree::{Kind, Node};

use crate::document::RESPONSE_ONLY_FIELDS;

/// The measured size of a document or of a bare array of containers.
#[derive(Clone, Debug)]
pub(crate) struct Measured<'d> {
    /// The minimum size of the whole, in bytes: what is unknown counts as 0.
    pub bytes: usize,
    /// The parts, the largest first: the members of the containers, and the members of the document other
    /// than `containerDefinitions`. Sizes are in bytes.
    pub parts: Vec<(Node<'d>, usize)>,
}

/// Measures a task definition or a bare array of container definitions as it is sent in the request: without
/// response-only fields and without `null`.
pub(crate) fn measure(root: Node<'_>) -> Measured<'_> {
    let is_sent = |key: &str| !RESPONSE_ONLY_FIELDS.contains(&key);
    let sent = || root.members().filter(|(key, _)| is_sent(key.text()));
    let bytes = if root.kind() == Kind::Object { object(sent()) } else { size(root) };
    let containers = if root.kind() == Kind::List { Some(root) } else { root.get("containerDefinitions") };
    let in_containers = containers.into_iter().flat_map(Node::items).flat_map(Node::members);
    let beside = sent().filter(|(key, _)| key.text() != "containerDefinitions");
    let mut parts: Vec<_> = in_containers.chain(beside).map(|(_, value)| (value, size(value))).collect();
    parts.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    Measured { bytes, parts }
}

fn size(node: Node) -> usize {
    match node.kind() {
        Kind::Unknown => 0,
        Kind::Null => 4,
        Kind::Bool => 5 - usize::from(node.as_bool() == Some(true)),
        Kind::Number => node.text().len(),
        Kind::Text if node.is_plain() => string(node.text()),
        // The final value may be shorter than the placeholder.
        Kind::Text => 2,
        Kind::List => {
            let items: Vec<usize> = node.items().map(size).collect();
            2 + items.iter().sum::<usize>() + items.len().saturating_sub(1)
        }
        Kind::Object => object(node.members()),
    }
}

fn object<'d>(members: impl Iterator<Item = (Node<'d>, Node<'d>)>) -> usize {
    let written = members.filter(|(_, value)| value.kind() != Kind::Null);
    let sizes: Vec<usize> = written.map(|(key, value)| string(key.text()) + 1 + size(value)).collect();
    2 + sizes.iter().sum::<usize>() + sizes.len().saturating_sub(1)
}

/// The size of a string in bytes, with its quotation marks and the required escapes.
fn string(text: &str) -> usize {
    2 + text.bytes().map(|byte| 1 + usize::from(matches!(byte, b'"' | b'\\' | 0..0x20))).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::parse::parse;
    use crate::source::{Source, SourceId};

    fn bytes(text: &str) -> usize {
        let parsed = parse(Arc::new(Source::new(SourceId(0), "a.json", text)));
        measure(parsed.tree.roots().next().expect("a root")).bytes
    }

    #[test]
    fn blanks_and_what_is_not_sent_do_not_count() {
        let compact = r#"{"family":"wéb","a":[1,true,false,"\n"],"b":{"c":"\"","d":{}}}"#;
        assert_eq!(bytes(compact), compact.len());
        let loose = r#"{ "family" : "w\u00e9b", "revision": 3, "x": null,
            "a": [ 1, true, false, "\n" ], "b": { "c": "\"", "d": { } } }"#;
        assert_eq!(bytes(loose), compact.len());
        assert_eq!(bytes(r#"[{"name":"app"}]"#), 16);
    }

    #[test]
    fn a_placeholder_counts_as_an_empty_string() {
        assert_eq!(bytes(r#"{"family":"${FAMILY}"}"#), r#"{"family":""}"#.len());
    }
}
