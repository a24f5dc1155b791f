//! Where a service places its tasks.

use std::ops::Range;

use crate::model::field::{self, Field, List, view};
use crate::model::{PlacementConstraint, Service, View};

/// The field that spreads tasks over Availability Zones.
pub(crate) const ZONE_FIELD: &str = "attribute:ecs.availability-zone";

impl<'d> Service<'d> {
    /// `placementConstraints`
    pub(crate) fn placement_constraints(&self) -> List<'d, PlacementConstraint<'d>> {
        field::list(self.node(), "placementConstraints")
    }

    /// `placementStrategy`
    pub(crate) fn placement_strategy(&self) -> List<'d, PlacementStrategy<'d>> {
        field::list(self.node(), "placementStrategy")
    }
}

view! {
    /// An entry of `placementStrategy`.
    PlacementStrategy
}

impl<'d> PlacementStrategy<'d> {
    /// `type`
    pub(crate) fn kind(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "type")
    }

    /// `field`
    pub(crate) fn field(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "field")
    }
}

/// What is wrong with an expression of the cluster query language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ExpressionFault {
    /// A single equals sign.
    SingleEquals(Range<usize>),
    /// A quotation mark, a bracket or a parenthesis without its counterpart.
    Unbalanced(char),
    /// It contains neither a comparison nor an attribute to compare.
    NoComparison,
}

impl ExpressionFault {
    /// The fault of an expression that certainly has one. This is not a parser: if in doubt, it reports
    /// nothing.
    pub(crate) fn of(expression: &str) -> Option<ExpressionFault> {
        // A regular expression may contain anything.
        if ["=~", "!~", "matches"].iter().any(|operator| expression.contains(operator)) {
            return None;
        }
        if let Some(lonely) = unbalanced(expression) {
            return Some(ExpressionFault::Unbalanced(lonely));
        }
        if let Some(at) = single_equals(expression) {
            return Some(ExpressionFault::SingleEquals(at..at + 1));
        }
        let says_something = compares(expression) || names_subject(expression);
        (!says_something).then_some(ExpressionFault::NoComparison)
    }
}

/// The first unbalanced character.
fn unbalanced(expression: &str) -> Option<char> {
    let mut open = Vec::new();
    let mut quote = None;
    for c in expression.chars() {
        match (quote, c) {
            (Some(opened), _) if opened == c => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(') => open.push(('(', ')')),
            (None, '[') => open.push(('[', ']')),
            (None, ')' | ']') => match open.pop() {
                Some((_, closing)) if closing == c => {}
                _ => return Some(c),
            },
            _ => {}
        }
    }
    quote.or_else(|| open.pop().map(|(opening, _)| opening))
}

/// The position of a single equals sign outside quotation marks.
fn single_equals(expression: &str) -> Option<usize> {
    let bytes = expression.as_bytes();
    let mut quote = None;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match quote {
            Some(opened) if opened == *byte => quote = None,
            Some(_) => {}
            None if matches!(byte, b'\'' | b'"') => quote = Some(*byte),
            None if matches!(byte, b'=' | b'!' | b'<' | b'>') && bytes.get(at + 1) == Some(&b'=') => at += 1,
            None if *byte == b'=' => return Some(at),
            None => {}
        }
        at += 1;
    }
    None
}

fn compares(expression: &str) -> bool {
    let words = ["equals", "not_equals", "exists", "!exists", "in", "not_in", "not", "and", "or"];
    let signs = ["==", "!=", ">", "<", "&&", "||"];
    let mut parts = expression.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '['));
    signs.iter().any(|sign| expression.contains(sign))
        || parts.any(|part| {
            let part = part.to_ascii_lowercase();
            words.contains(&part.as_str()) || part.contains("than")
        })
}

fn names_subject(expression: &str) -> bool {
    let subjects = [
        "attribute:",
        "agentConnected",
        "agentVersion",
        "ec2InstanceId",
        "registeredAt",
        "runningTasksCount",
        "task:",
    ];
    subjects.iter().any(|subject| expression.contains(subject))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_of_expressions_is_cheap_and_careful() {
        let of = ExpressionFault::of;
        assert_eq!(of("attribute:zone = a"), Some(ExpressionFault::SingleEquals(15..16)));
        assert_eq!(of("attribute:zone in [a, b"), Some(ExpressionFault::Unbalanced('[')));
        assert_eq!(of("attribute:zone == 'a"), Some(ExpressionFault::Unbalanced('\'')));
        assert_eq!(of("(attribute:zone == a))"), Some(ExpressionFault::Unbalanced(')')));
        assert_eq!(of("t3.large"), Some(ExpressionFault::NoComparison));
        for right in [
            "attribute:ecs.instance-type =~ t2.(small|medium)",
            "attribute:ecs.availability-zone in [us-east-1a, us-east-1b]",
            "not(task:group == service:web)",
            "attribute:stack exists",
            "runningTasksCount > 1",
            "attribute:ecs.os-type==linux and (attribute:a >= 1 or attribute:b != 2)",
            "ec2InstanceId in ['i-1', 'i-2']",
        ] {
            assert_eq!(of(right), None, "{right}");
        }
    }
}
