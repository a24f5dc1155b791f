//! What `aws ecs … --generate-cli-skeleton` prints: a document with every key and no values.

use super::Known;
use crate::tree::{Kind, Node};

/// Fewer marks than this may stand in a document that somebody has filled in.
const MARKS: usize = 3;
/// One of so many values, at least, is a mark. A document with a few empty values among many
/// that are filled in is meant as it is.
const ONE_OF: usize = 4;

/// Keys without which a document is not meant to be sent.
const NAMES: &[&str] =
    &["family", "name", "image", "serviceName", "service", "taskDefinition", "containerName"];

/// Numbers that nobody means to be 0.
const AMOUNTS: &[&str] = &["containerPort", "sizeInGiB", "maximumPercent"];

/// The values of a document that was printed and not filled in, in the order of the text; none
/// if it is no such document. What stands beside them says nothing about what is meant, so no
/// other rule speaks about the document.
pub fn skeleton_marks(document: Node<'_>) -> Vec<Known<'_, Node<'_>>> {
    let mut marks = Vec::new();
    // In nearly every document nothing is empty.
    if !document.tree().holds_empty_text {
        return marks;
    }
    collect(document, &mut marks);
    let is_name = |mark: &Known<Node>| mark.node().key().is_some_and(|key| NAMES.contains(&key.text()));
    let is_bare = marks.len() >= MARKS && marks.len() * ONE_OF >= values(document);
    if is_bare && marks.iter().any(is_name) { marks } else { Vec::new() }
}

/// How many values stand in a document that are neither lists nor objects.
fn values(node: Node) -> usize {
    match node.kind() {
        Kind::List => node.items().map(values).sum(),
        Kind::Object => node.members().map(|(_, value)| values(value)).sum(),
        _ => 1,
    }
}

fn collect<'d>(node: Node<'d>, marks: &mut Vec<Known<'d, Node<'d>>>) {
    for (key, value) in node.members() {
        let is_mark = match value.kind() {
            // The values of variables, labels and tags may be empty.
            Kind::Text => value.text().is_empty() && !matches!(key.text(), "value" | "Value"),
            Kind::Number => AMOUNTS.contains(&key.text()) && value.as_integer() == Some(0),
            Kind::List => value.items().count() == 1 && value.items().all(|item| item.as_text() == Some("")),
            _ => false,
        };
        if is_mark {
            marks.push(Known::new(value, value));
        }
        // The keys of free maps are the user's, and so are their values.
        if !matches!(key.text(), "options" | "dockerLabels" | "driverOpts" | "labels") {
            collect(value, marks);
        }
    }
    node.items().for_each(|item| collect(item, marks));
}
