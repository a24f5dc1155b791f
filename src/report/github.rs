//! Workflow commands of GitHub Actions, which show findings beside the lines of a pull request, and the
//! summary of a step.

use std::collections::BTreeMap;

use super::markdown;
use super::run::Run;
use super::summary::message;
use super::url::url;
use crate::finding::{Finding, Severity};
use crate::visible::visible;

/// GitHub shows so many annotations of one level of one step, and drops the others.
const MOST: usize = 10;

/// The findings of a run as annotations, the gravest first, no more than are shown.
pub(super) fn github(run: &Run) -> String {
    let mut commands: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for failure in &run.outcome.failures {
        let text = data(&format!("{}: {}", failure.name, failure.reason));
        commands.entry("error").or_default().push(format!("::error title=ecs-lint::{text}\n"));
    }
    for finding in &run.outcome.findings {
        let level = level(finding.severity);
        commands.entry(level).or_default().push(annotation(run, finding, level));
    }
    if run.outcome.summary.files == 0 {
        let text = data(&message(run));
        commands.entry("notice").or_default().push(format!("::notice title=ecs-lint::{text}\n"));
    }
    let most = |level: &str, all: bool| if level == "notice" && !all { MOST - 1 } else { MOST };
    let fits = commands.iter().all(|(level, all)| all.len() <= most(level, true));
    let (mut text, mut left) = (String::new(), 0);
    for level in ["error", "warning", "notice"] {
        let all = commands.remove(level).unwrap_or_default();
        let shown = all.len().min(most(level, fits));
        text.extend(all.iter().take(shown).map(String::as_str));
        left += all.len() - shown;
    }
    if left > 0 {
        let words = "more findings than GitHub shows as annotations of one step";
        text.push_str(&format!("::notice title=ecs-lint::and {left} {words}\n"));
    }
    text
}

/// What the page of a step shows: a table of the findings.
pub fn step_summary(run: &Run) -> String {
    format!("## ecs-lint\n\n{}\n", markdown::markdown(run))
}

fn annotation(run: &Run, finding: &Finding, level: &str) -> String {
    let rule = run.rule(finding);
    let (start, end) = run.range(finding);
    let mut text = run.words(finding);
    text.push('\n');
    text.push_str(&url(rule));
    let file = property(&run.path(&run.source(finding).name));
    let mut place = format!("file={file},line={},endLine={},col={}", start.line, end.line, start.column);
    // Columns of two lines are not understood.
    if start.line == end.line {
        place.push_str(&format!(",endColumn={}", end.column));
    }
    format!("::{level} {place},title=ecs-lint {}::{}\n", rule.id, data(&text))
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

/// The text of a command, which may have several lines.
fn data(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| visible(line).replace('%', "%25")).collect();
    lines.join("%0A")
}

/// The value of a property of a command.
fn property(text: &str) -> String {
    visible(text).replace('%', "%25").replace(':', "%3A").replace(',', "%2C")
}
