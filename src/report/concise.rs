//! One line for each finding: `file:line:column: severity[rule] message`, where the other file of a
//! finding between two is to be looked at, whether `--fix` fixes it, and where the rule is explained.

use super::run::Run;
use super::url::url;
use crate::finding::{Finding, Label};
use crate::fix::Safety;
use crate::visible::visible;

/// The findings of a run, each on a line of its own.
pub(super) fn concise(run: &Run) -> String {
    let line = |finding| format!("{} {}\n", line(finding, run), url(run.rule(finding)));
    run.outcome.findings.iter().map(line).collect()
}

/// The line of one finding, without the address of its rule.
pub(super) fn line(finding: &Finding, run: &Run) -> String {
    let problem = &finding.problem;
    let rule = run.rule(finding).id;
    let (at, severity, message) = (place(run, &problem.at), finding.severity, visible(&problem.message));
    let other = problem.also.iter().find(|label| label.at.source != problem.at.at.source);
    let see = other.map_or(String::new(), |other| format!(" (see {})", place(run, other)));
    let fix = problem.fix.as_ref().filter(|fix| fix.safety != Safety::Shown);
    let fix = fix.map_or(String::new(), |fix| format!(" ({} fix)", fix.safety.name()));
    let resource =
        run.resource(finding).map_or(String::new(), |address| format!(" (in {})", visible(address)));
    format!("{at}: {severity}[{rule}] {message}{resource}{see}{fix}")
}

fn place(run: &Run, label: &Label) -> String {
    let source = &run.outcome.sources[&label.at.source];
    let position = source.position(label.at.span.start);
    format!("{}:{}:{}", visible(&source.name), position.line, position.column)
}
