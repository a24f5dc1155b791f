//! One line for each finding: `file:line:column: severity[rule] message`, and where the other
//! file of a finding between two is to be looked at.

use crate::finding::Label;
use crate::linter::Outcome;
use crate::rules::Registry;
use crate::visible::visible;

/// The findings of an outcome, each on a line of its own.
pub fn concise(outcome: &Outcome, registry: &Registry) -> String {
    let mut report = String::new();
    for finding in &outcome.findings {
        let problem = &finding.problem;
        let rule = registry.get(finding.rule).id;
        let (place, severity, message) =
            (place(outcome, &problem.at), finding.severity, visible(&problem.message));
        report.push_str(&format!("{place}: {severity}[{rule}] {message}"));
        let other = problem.also.iter().find(|label| label.at.source != problem.at.at.source);
        if let Some(other) = other {
            report.push_str(&format!(" (see {})", self::place(outcome, other)));
        }
        report.push('\n');
    }
    report
}

fn place(outcome: &Outcome, label: &Label) -> String {
    let source = &outcome.sources[&label.at.source];
    let position = source.position(label.at.span.start);
    format!("{}:{}:{}", visible(&source.name), position.line, position.column)
}
