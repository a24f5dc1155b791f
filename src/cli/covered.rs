//! From the checks of other tools to the rules that answer them, and back.

use crate::covers::{self, Covered};
use crate::rule::Rule;
use crate::rules::Registry;

/// A rule is shown with no more checks than this; `ecs-lint rules --covers` shows all.
const MOST: usize = 5;
/// A check with a longer name is shown after the others.
const LONG: usize = 20;

/// The rules that answer checks, each once.
pub(super) fn rules(checks: &[Covered], registry: &Registry) -> Vec<&'static Rule> {
    let mut rules: Vec<&'static Rule> = Vec::new();
    for id in checks.iter().filter_map(|one| registry.find(one.rule)) {
        let rule = registry.get(id);
        if !rules.iter().any(|other| other.id == rule.id) {
            rules.push(rule);
        }
    }
    rules
}

/// `Checkov CKV_AWS_97 and Trivy AWS-0035`
pub(super) fn names(checks: &[Covered]) -> String {
    let mut names: Vec<String> = Vec::new();
    for name in checks.iter().map(Covered::to_string) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => names.concat(),
    }
}

/// The line that leads from checks to the rules that answer them.
pub(super) fn heading(checks: &[Covered], rules: &[&Rule]) -> String {
    let names = names(checks);
    let is = if checks.iter().all(|one| one.to_string() == names) { "is" } else { "are" };
    let these = if rules.len() == 1 { "this rule" } else { "these rules" };
    format!("{names} {is} answered by {these}:\n")
}

/// Rules in a line each, with the command that explains them.
pub(super) fn list(rules: &[&Rule]) -> String {
    let line = |rule: &&Rule| {
        format!("{}[{id}]: {}\n  read on: ecs-lint explain {id}\n", rule.severity, rule.summary, id = rule.id)
    };
    rules.iter().map(line).collect()
}

/// The line that names some of the checks that a rule answers, of as many tools as fit into a width. Empty if
/// it answers none.
pub(super) fn line(rule: &Rule, width: usize) -> String {
    let mut checks = covers::of(rule.id);
    // Some names would fill the line on their own.
    checks.sort_by_key(|one| one.check.len() > LONG);
    let mut shown: Vec<Covered> = Vec::new();
    for one in &checks {
        let is_new = !shown.iter().any(|other| other.tool == one.tool);
        if is_new && shown.len() < MOST {
            shown.push(*one);
            let fits = shown.len() == 1 || some(&shown, checks.len()).chars().count() <= width;
            if !fits {
                shown.pop();
            }
        }
    }
    if shown.is_empty() { String::new() } else { some(&shown, checks.len()) + "\n" }
}

/// `Also answers: Checkov CKV_AWS_97, Trivy AWS-0035 and 3 more`
fn some(shown: &[Covered], all: usize) -> String {
    let names: Vec<String> = shown.iter().map(Covered::to_string).collect();
    let more = match all - shown.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("Also answers: {}{more}", names.join(", "))
}
