//! The conditions of a template: whether one holds, with what is assumed about the parameters.

use super::intrinsics::{Intrinsics, call, literal};
use crate::adapt::walk::Resolve;
use crate::tree::Node;

/// Conditions refer to others at most so many times.
const DEEPEST: usize = 8;

impl<'d> Intrinsics<'d> {
    /// Whether a condition holds; `None` if nothing that is assumed decides it.
    pub(super) fn holds(&self, name: &str) -> Option<bool> {
        let key = self.conditions?.members().map(|(key, _)| key).find(|key| key.text() == name)?;
        self.assumptions.asks_condition(name, key.place());
        let holds = if self.assumptions.is_any() { self.named(name, DEEPEST) } else { None };
        self.assumptions.count(holds.is_some());
        holds
    }

    fn named(&self, name: &str, depth: usize) -> Option<bool> {
        let depth = depth.checked_sub(1)?;
        self.assumptions.of_condition(name).or_else(|| self.is_true(self.conditions?.get(name)?, depth))
    }

    fn is_true(&self, condition: Node<'d>, depth: usize) -> Option<bool> {
        if let Some(name) = condition.get("Condition") {
            return self.named(name.as_text()?, depth);
        }
        let (function, argument) = call(condition)?;
        let all = || argument.items().map(|item| self.is_true(item, depth));
        match function {
            "Fn::Equals" => {
                let mut sides = argument.items().map(|side| self.compared(side));
                Some(sides.next()?? == sides.next()??)
            }
            "Fn::Not" => all().next()?.map(|inner| !inner),
            "Fn::And" => decisive(all(), false),
            "Fn::Or" => decisive(all(), true),
            _ => None,
        }
    }

    /// A value that `Fn::Equals` compares. An empty default is a value here.
    fn compared(&self, node: Node<'d>) -> Option<String> {
        let name = call(node).filter(|(function, _)| *function == "Ref").and_then(|(_, name)| name.as_text());
        if let Some(default) = name.and_then(|name| self.default_of(name)) {
            return Some(default);
        }
        // What is filled in when the template is deployed is not known.
        literal(&self.resolve(node)).filter(|text| !text.contains("${") && !text.contains("{{"))
    }
}

/// The result of several conditions, of which one that is `telling` decides.
fn decisive(conditions: impl Iterator<Item = Option<bool>>, telling: bool) -> Option<bool> {
    let all: Vec<Option<bool>> = conditions.collect();
    if all.contains(&Some(telling)) {
        Some(telling)
    } else {
        (!all.is_empty() && !all.contains(&None)).then_some(!telling)
    }
}
