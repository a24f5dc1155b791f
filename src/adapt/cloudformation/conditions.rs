//! The conditions of a template: whether one holds, with what is assumed about the inputs of the user and with what is
//! known because a resource exists.

use std::cell::Cell;
use std::collections::HashMap;

use super::intrinsics::{Intrinsics, call, is_same, literal};
use crate::adapt::walk::Resolve;
use crate::tree::{Kind, Node};

/// So many conditions are looked at to decide about one. A template may have 10 in each `Fn::And`.
const MOST: usize = 200;

/// What is known about conditions, and about the values that they compare.
#[derive(Debug, Default)]
pub(super) struct Facts<'d> {
    /// The conditions that are true or false, by name.
    conditions: HashMap<&'d str, bool>,
    /// Expressions that are, or are not, equal to texts.
    comparisons: Vec<(Node<'d>, String, bool)>,
}

/// One look at conditions: what it begins with, and how many conditions it may still look at.
struct Look<'f, 'd> {
    facts: &'f [&'f Facts<'d>],
    left: Cell<usize>,
}

impl<'f, 'd> Look<'f, 'd> {
    fn with(facts: &'f [&'f Facts<'d>]) -> Look<'f, 'd> {
        Look { facts, left: Cell::new(MOST) }
    }

    /// Counts a condition. `None` if it is one too many.
    fn spend(&self) -> Option<()> {
        self.left.set(self.left.get().checked_sub(1)?);
        Some(())
    }

    fn of_condition(&self, name: &str) -> Option<bool> {
        self.facts.iter().find_map(|facts| facts.conditions.get(name).copied())
    }

    /// The texts that an expression is compared with, and whether it is equal to them.
    fn comparisons(&self, subject: Node<'d>) -> impl Iterator<Item = (&'f str, bool)> {
        let all = self.facts.iter().flat_map(|facts| &facts.comparisons);
        let of_subject = all.filter(move |(own, ..)| is_same(*own, subject));
        of_subject.map(|(_, text, is_equal)| (text.as_str(), *is_equal))
    }
}

impl<'d> Intrinsics<'d> {
    /// Whether a condition holds; `None` if nothing that is known or assumed decides it.
    pub(super) fn holds(&self, name: &str) -> Option<bool> {
        if let Some(holds) = self.named(name, &Look::with(&[&self.premises])).filter(|_| self.has_premises())
        {
            return Some(holds);
        }
        let key = self.conditions.get(name)?.key()?;
        self.assumptions.asks_condition(name, key.place());
        let facts = [&self.assumed, &self.premises];
        let holds = || self.named(name, &Look::with(&facts));
        let holds = if self.assumptions.is_any() { holds() } else { None };
        self.assumptions.count(holds.is_some());
        holds
    }

    fn has_premises(&self) -> bool {
        !self.premises.conditions.is_empty()
    }

    /// What follows from a condition that is true or false.
    pub(super) fn facts_of(&self, name: &'d str, is_true: bool) -> Facts<'d> {
        let mut facts = Facts::default();
        self.learn_named(name, is_true, &mut facts, &Look::with(&[]));
        facts
    }

    /// Whether a condition can never be what it is assumed to be.
    pub(super) fn is_impossible(&self, name: &str, is_true: bool) -> bool {
        let look = Look::with(&[]);
        let definition = self.conditions.get(name);
        definition.and_then(|definition| self.is_true(definition, &look)) == Some(!is_true)
    }

    fn learn_named(&self, name: &'d str, is_true: bool, facts: &mut Facts<'d>, look: &Look<'_, 'd>) {
        let definition = self.conditions.get(name);
        facts.conditions.insert(name, is_true);
        if let Some(definition) = definition.filter(|_| look.spend().is_some()) {
            self.learn(definition, is_true, facts, look);
        }
    }

    /// Adds what follows from an expression that is true or false.
    fn learn(&self, condition: Node<'d>, is_true: bool, facts: &mut Facts<'d>, look: &Look<'_, 'd>) {
        if look.spend().is_none() {
            return;
        }
        if let Some(name) = condition.get("Condition") {
            if let Some(name) = name.as_text() {
                self.learn_named(name, is_true, facts, look);
            }
            return;
        }
        let Some((function, argument)) = call(condition) else { return };
        match (function, is_true) {
            ("Fn::Equals", _) => {
                if let Some((subject, text)) = self.comparison(argument) {
                    facts.comparisons.push((subject, text, is_true));
                }
            }
            ("Fn::Not", _) => {
                argument.items().take(1).for_each(|inner| self.learn(inner, !is_true, facts, look));
            }
            ("Fn::And", true) | ("Fn::Or", false) => {
                argument.items().for_each(|inner| self.learn(inner, is_true, facts, look));
            }
            _ => {}
        }
    }

    fn named(&self, name: &str, look: &Look<'_, 'd>) -> Option<bool> {
        look.spend()?;
        look.of_condition(name).or_else(|| self.is_true(self.conditions.get(name)?, look))
    }

    fn is_true(&self, condition: Node<'d>, look: &Look<'_, 'd>) -> Option<bool> {
        look.spend()?;
        if let Some(name) = condition.get("Condition") {
            return self.named(name.as_text()?, look);
        }
        let (function, argument) = call(condition)?;
        let all = || argument.items().map(|item| self.is_true(item, look));
        match function {
            "Fn::Equals" => match self.comparison(argument) {
                Some((subject, text)) => self.equals(subject, &text, look),
                None => {
                    let mut sides = argument.items().map(|side| self.compared(side));
                    Some(sides.next()?? == sides.next()??)
                }
            },
            "Fn::Not" => all().next()?.map(|inner| !inner),
            "Fn::And" => decisive(all(), false),
            "Fn::Or" => decisive(all(), true),
            _ => None,
        }
    }

    /// The expression and the text that `Fn::Equals` compares.
    fn comparison(&self, argument: Node<'d>) -> Option<(Node<'d>, String)> {
        let mut sides = argument.items();
        let (one, other) = (sides.next()?, sides.next()?);
        match (self.compared(one), self.compared(other)) {
            (None, Some(text)) => Some((one, text)),
            (Some(text), None) => Some((other, text)),
            _ => None,
        }
    }

    /// Whether an expression is equal to a text, by what is known about it.
    fn equals(&self, subject: Node<'d>, text: &str, look: &Look<'_, 'd>) -> Option<bool> {
        for (known, is_equal) in look.comparisons(subject) {
            match is_equal {
                true => return Some(known == text),
                false if known == text => return Some(false),
                false => {}
            }
        }
        let mut allowed = self.allowed(subject)?;
        allowed
            .retain(|value| !look.comparisons(subject).any(|(known, is_equal)| !is_equal && known == value));
        match allowed.as_slice() {
            [only] => Some(only == text),
            some if some.iter().any(|value| value == text) => None,
            _ => Some(false),
        }
    }

    /// The values that a parameter may have, if an expression refers to one.
    fn allowed(&self, subject: Node<'d>) -> Option<Vec<String>> {
        let parameter = self.parameters.get(referred(subject)?)?;
        // Others are lists, or the names of what holds the value.
        parameter.get("Type").and_then(Node::as_text).filter(|name| *name == "String")?;
        let values = parameter.get("AllowedValues")?;
        if values.kind() != Kind::List || values.is_incomplete() {
            return None;
        }
        values.items().map(|value| self.compared(value)).collect()
    }

    /// A value that `Fn::Equals` compares. An empty default is a value here.
    fn compared(&self, node: Node<'d>) -> Option<String> {
        if let Some(default) = referred(node).and_then(|name| self.default_of(name)) {
            return Some(default);
        }
        // What is filled in when the template is deployed is not known.
        literal(&self.resolve(node)).filter(|text| !text.contains("${") && !text.contains("{{"))
    }
}

/// What a node refers to with `Ref`.
fn referred(node: Node<'_>) -> Option<&str> {
    call(node).filter(|(function, _)| *function == "Ref").and_then(|(_, name)| name.as_text())
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
