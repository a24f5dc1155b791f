//! What Terraform marks as sensitive in a plan and in state: beside each value there is an object of the same shape, with
//! `true` in the place of what no output of Terraform shows.

use super::scan::{Secrets, inner, part};
use crate::tree::{Kind, Node, Tree};

/// Values, and the marks beside them.
const MARKED: &[(&str, &str)] =
    &[("values", "sensitive_values"), ("after", "after_sensitive"), ("before", "before_sensitive")];

/// Adds the values of a tree that are marked.
pub(super) fn add(tree: &Tree, found: &mut Secrets) {
    for object in tree.values().filter(|node| node.kind() == Kind::Object) {
        for (values, marks) in MARKED {
            if let (Some(value), Some(marks)) = (object.get(values), object.get(marks)) {
                add_marked(value, marks, found);
            }
        }
        // Outputs and variables have a mark of their own.
        let is_marked = object.get("sensitive").and_then(Node::as_bool) == Some(true);
        if let Some(value) = object.get("value").filter(|_| is_marked) {
            add_all(value, found);
        }
    }
}

/// Adds the parts of a value that are marked. A mark is nowhere deeper than what it marks.
fn add_marked(value: Node, marks: Node, found: &mut Secrets) {
    match marks.kind() {
        Kind::Bool if marks.as_bool() == Some(true) => add_all(value, found),
        Kind::Object => {
            for (key, mark) in marks.members() {
                if let Some(value) = value.get(key.text()) {
                    add_marked(value, mark, found);
                }
            }
        }
        Kind::List => {
            value.items().zip(marks.items()).for_each(|(value, mark)| add_marked(value, mark, found))
        }
        _ => {}
    }
}

fn add_all(value: Node, found: &mut Secrets) {
    for one in std::iter::once(value).chain(value.descendants()) {
        if matches!(one.kind(), Kind::Text | Kind::Number) {
            found.push(part(one, 0..one.text().len()));
            // Which of the values in a JSON text is the sensitive one is not told: any may be.
            if let Some(json) = inner(one) {
                let texts = json.values().filter(|node| node.kind() == Kind::Text && !is_name(*node));
                let span = one.part(0..one.text().len()).span;
                found.extend(texts.map(|node| (span, node.text().to_owned())));
            }
        }
    }
}

/// Whether a value names something in the document.
fn is_name(value: Node) -> bool {
    let names = ["name", "containerName", "sourceVolume", "protocol", "logDriver", "condition", "type"];
    value.key().is_some_and(|key| names.contains(&key.text()))
}
