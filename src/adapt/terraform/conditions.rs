//! What decides between two values: comparisons of what is known, and of variables that are assumed to have their
//! defaults.

use super::expressions::{Expressions, is_scalar, is_word, scalar};
use crate::adapt::walk::Value;
use crate::tree::{Kind, Node};

/// Whether a condition holds; `None` if nothing that is known or assumed decides it.
pub(super) fn is_true<'d>(expressions: &Expressions<'d>, condition: Node<'d>, depth: usize) -> Option<bool> {
    let depth = depth.checked_sub(1)?;
    let Some((operator, parts)) = condition.call() else {
        return match compared(expressions, condition, depth)?.as_ref().map(|scalar| scalar.text.as_str()) {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => None,
        };
    };
    let sides: Vec<Node<'d>> = parts.collect();
    let holds = |side: &Node<'d>| is_true(expressions, *side, depth);
    match (operator, sides.as_slice()) {
        ("!", [only]) => holds(only).map(|inner| !inner),
        ("==" | "!=", [one, other]) => {
            let (one, other) = (compared(expressions, *one, depth), compared(expressions, *other, depth));
            let are_equal = match (one?, other?) {
                (Some(one), Some(other)) => one.equals(&other)?,
                (one, other) => one.is_none() && other.is_none(),
            };
            Some(are_equal == (operator == "=="))
        }
        ("&&" | "||", [one, other]) => {
            let telling = operator == "||";
            match (holds(one), holds(other)) {
                (Some(one), _) if one == telling => Some(telling),
                (_, Some(other)) if other == telling => Some(telling),
                (Some(_), Some(_)) => Some(!telling),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A scalar that is compared.
struct Scalar {
    text: String,
    /// Its kind; `None` if it is a part of a text that may be of another.
    kind: Option<Kind>,
}

impl Scalar {
    fn of(node: Node) -> Scalar {
        Scalar { text: scalar(node), kind: Some(node.kind()) }
    }

    /// Whether Terraform takes two scalars for equal: `true` is not `"true"`.
    fn equals(&self, other: &Scalar) -> Option<bool> {
        if self.text != other.text {
            return Some(false);
        }
        let may_differ = matches!(self.text.as_str(), "true" | "false") || self.text.parse::<f64>().is_ok();
        match (self.kind, other.kind) {
            (Some(one), Some(other)) => Some(one == other),
            _ => (!may_differ).then_some(true),
        }
    }
}

/// A value that is compared; `None` in it stands for `null`. An empty default is a value here.
fn compared<'d>(expressions: &Expressions<'d>, node: Node<'d>, depth: usize) -> Option<Option<Scalar>> {
    let name = node.text().strip_prefix("var.").filter(|name| node.kind() == Kind::Unknown && is_word(name));
    if let Some(name) = name {
        let default = expressions.default_of(name)?;
        return match default.kind() {
            Kind::Null => Some(None),
            _ if is_scalar(default) => Some(Some(Scalar::of(default))),
            _ => None,
        };
    }
    let scalar = match expressions.worth(node, depth) {
        Value::Absent => return Some(None),
        Value::Written(node) if is_scalar(node) => Scalar::of(node),
        Value::Text { text, .. } => Scalar { text, kind: None },
        _ => return None,
    };
    (!scalar.text.contains("${")).then_some(Some(scalar))
}
