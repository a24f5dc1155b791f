//! One line for each finding: `file:line:column: severity[rule] message`, and where the other
//! file of a finding between two is to be looked at.

use crate::finding::{Finding, Label};
use crate::linter::Outcome;
use crate::rules::Registry;
use crate::visible::visible;

/// The findings of an outcome, each on a line of its own.
pub fn concise(outcome: &Outcome, registry: &Registry) -> String {
    outcome.findings.iter().map(|finding| line(finding, outcome, registry)).collect()
}

/// The line of one finding.
pub(super) fn line(finding: &Finding, outcome: &Outcome, registry: &Registry) -> String {
    let problem = &finding.problem;
    let rule = registry.get(finding.rule).id;
    let (at, severity, message) = (place(outcome, &problem.at), finding.severity, visible(&problem.message));
    let other = problem.also.iter().find(|label| label.at.source != problem.at.at.source);
    let see = other.map_or(String::new(), |other| format!(" (see {})", place(outcome, other)));
    format!("{at}: {severity}[{rule}] {message}{see}\n")
}

fn place(outcome: &Outcome, label: &Label) -> String {
    let source = &outcome.sources[&label.at.source];
    let position = source.position(label.at.span.start);
    format!("{}:{}:{}", visible(&source.name), position.line, position.column)
}
