//! The line at the end: what was looked at, what was found, what to do next.

use std::time::Duration;

use crate::finding::{Finding, Severity};
use crate::linter::Outcome;
use crate::rules::Registry;
use crate::visible::visible;

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Counts {
    /// Counts findings.
    pub fn of(findings: &[Finding]) -> Counts {
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        Counts {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        }
    }
}

/// The closing lines of the report for people. `hidden` findings were below the severity that
/// the user wants to see.
pub fn summary(outcome: &Outcome, registry: &Registry, hidden: usize, took: Duration) -> String {
    let summary = &outcome.summary;
    let documents: usize = summary.documents.values().sum();
    let mut lines = String::new();
    for (name, other) in outcome.passed_over.iter().take(5) {
        let what =
            other.map_or("it holds no ECS document".to_owned(), |other| format!("it is {}", other.name));
        let advice =
            other.and_then(|other| other.advice).map_or(String::new(), |advice| format!(", {advice}"));
        lines.push_str(&format!("{}: not linted: {what}{advice}\n", visible(name)));
    }
    if outcome.passed_over.len() > 5 {
        lines.push_str(&format!(
            "and {} more files that hold no ECS document\n",
            outcome.passed_over.len() - 5
        ));
    }
    let counts = Counts::of(&outcome.findings);
    let found = [(counts.errors, "error"), (counts.warnings, "warning"), (counts.notes, "note")];
    let found: Vec<String> =
        found.iter().filter(|(count, _)| *count > 0).map(|(count, name)| some(*count, name)).collect();
    let found = if found.is_empty() { "no findings".to_owned() } else { found.join(", ") };
    let looked_at = if summary.files == 0 {
        // What could not be read may hold some.
        if outcome.failures.is_empty() { "no ECS documents found" } else { "nothing was linted" }.to_owned()
    } else {
        format!("{found} in {} of {}", some(documents, "document"), some(summary.files, "file"))
    };
    lines.push_str(&looked_at);
    if hidden > 0 {
        lines.push_str(&format!("; {hidden} less severe not shown"));
    }
    let mut over: Vec<String> = summary.others.iter().map(|(name, count)| others(*count, name)).collect();
    if summary.unrelated > 0 {
        over.push(some(summary.unrelated, "other JSON file"));
    }
    if !over.is_empty() {
        lines.push_str(&format!("; passed over: {}", over.join(", ")));
    }
    if !outcome.notices.is_empty() {
        lines.push_str("; some files were not read (see standard error)");
    }
    lines.push_str(&format!(" ({})\n", duration(took)));
    if let Some(worst) = outcome.findings.iter().max_by_key(|finding| finding.severity) {
        lines.push_str(&format!("to read more: ecs-lint explain {}\n", registry.get(worst.rule).id));
    }
    lines
}

fn some(count: usize, name: &str) -> String {
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}

/// "2 × a CloudFormation template", "1 an Elastic Beanstalk file" read badly; so without article.
fn others(count: usize, name: &str) -> String {
    let name = name.trim_start_matches("an ").trim_start_matches("a ");
    if count == 1 { format!("1 {name}") } else { format!("{count} × {name}") }
}

fn duration(took: Duration) -> String {
    let millis = took.as_secs_f64() * 1000.0;
    if millis < 10.0 {
        format!("{millis:.1} ms")
    } else if millis < 10_000.0 {
        format!("{millis:.0} ms")
    } else {
        format!("{:.1} s", took.as_secs_f64())
    }
}
