//! One line for each finding: `file:line:column: severity[rule] message`.

use crate::linter::Outcome;
use crate::rules::Registry;

/// The findings of an outcome, each on a line of its own.
pub fn concise(outcome: &Outcome, registry: &Registry) -> String {
    let mut report = String::new();
    for finding in &outcome.findings {
        let source = &outcome.sources[&finding.problem.at.at.source];
        let position = source.position(finding.span().start);
        let rule = registry.get(finding.rule).id;
        report.push_str(&format!(
            "{}:{}:{}: {}[{rule}] {}\n",
            source.name, position.line, position.column, finding.severity, finding.problem.message
        ));
    }
    report
}
