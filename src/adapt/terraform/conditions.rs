//! What decides between two values: comparisons of variables that are assumed to have their defaults.

use super::expressions::{Expressions, is_scalar, is_word, scalar};
use crate::adapt::walk::Value;
use crate::tree::{Kind, Node};

/// Whether a condition holds; `None` if nothing that is assumed decides it.
pub(super) fn is_true<'d>(expressions: &Expressions<'d>, condition: Node<'d>, depth: usize) -> Option<bool> {
    // Which variables it asks for is recorded even if nothing is assumed.
    let holds = compare(expressions, condition, depth).filter(|_| expressions.assumptions.is_any());
    expressions.assumptions.count(holds.is_some());
    holds
}

fn compare<'d>(expressions: &Expressions<'d>, condition: Node<'d>, depth: usize) -> Option<bool> {
    let depth = depth.checked_sub(1)?;
    let Some((operator, parts)) = condition.call() else {
        return match compared(expressions, condition, depth)?.as_deref() {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => None,
        };
    };
    let sides: Vec<Node<'d>> = parts.collect();
    let is_true = |side: &Node<'d>| compare(expressions, *side, depth);
    match (operator, sides.as_slice()) {
        ("!", [only]) => is_true(only).map(|inner| !inner),
        ("==" | "!=", [one, other]) => {
            let (one, other) = (compared(expressions, *one, depth), compared(expressions, *other, depth));
            Some((one? == other?) == (operator == "=="))
        }
        ("&&" | "||", [one, other]) => {
            let telling = operator == "||";
            match (is_true(one), is_true(other)) {
                (Some(one), _) if one == telling => Some(telling),
                (_, Some(other)) if other == telling => Some(telling),
                (Some(_), Some(_)) => Some(!telling),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A value that is compared, as a text; `None` in it stands for `null`. An empty default is a value here.
fn compared<'d>(expressions: &Expressions<'d>, node: Node<'d>, depth: usize) -> Option<Option<String>> {
    let name = node.text().strip_prefix("var.").filter(|name| node.kind() == Kind::Unknown && is_word(name));
    if let Some(name) = name {
        let default = expressions.default_of(name)?;
        return match default.kind() {
            Kind::Null => Some(None),
            _ if is_scalar(default) => Some(Some(scalar(default))),
            _ => None,
        };
    }
    let text = match expressions.worth(node, depth) {
        Value::Absent => return Some(None),
        Value::Written(node) if is_scalar(node) => scalar(node),
        Value::Text { text, .. } => text,
        _ => return None,
    };
    (!text.contains("${")).then_some(Some(text))
}
