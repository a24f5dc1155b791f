//! The line at the end: what was looked at, what was found, what to do next.

use crate::source::Cut;
use std::time::Duration;

use super::run::{Fixed, Run};
use crate::finding::{Finding, Severity};
use crate::fix::Safety;
use crate::linter::Outcome;
use crate::source::SourceId;
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

/// How many findings `--fix` would fix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fixable {
    /// By itself.
    pub safe: usize,
    /// With `--unsafe-fixes`, because what runs changes.
    pub changing: usize,
}

impl Fixable {
    /// Counts the fixes of findings.
    pub(super) fn of(findings: &[Finding]) -> Fixable {
        let fixes = || findings.iter().filter_map(|finding| finding.problem.fix.as_ref());
        let count = |safety| fixes().filter(|fix| fix.safety == safety).count();
        Fixable { safe: count(Safety::Safe), changing: count(Safety::Unsafe) }
    }
}

/// The closing lines of the report for people.
pub fn summary(run: &Run) -> String {
    let outcome = run.outcome;
    let mut lines = String::new();
    let see = if outcome.notices.is_empty() { "" } else { " (see standard error)" };
    lines.push_str(&format!("{}{see} ({})\n", message(run), duration(run.took)));
    lines.push_str(&where_the_errors_are(outcome));
    lines.push_str(&what_can_be_fixed(&outcome.findings));
    if let Some(worst) = outcome.findings.iter().max_by_key(|finding| finding.severity) {
        lines.push_str(&format!("for details: ecs-lint explain {}\n", run.rule(worst).id));
    }
    if let Some(fixed) = run.fixed {
        lines.push_str(&what_was_fixed(fixed, outcome.findings.is_empty()));
    }
    lines
}

/// What was looked at and what was found, and how long that took, without a line end.
pub fn summary_line(run: &Run) -> String {
    format!("{} ({})", message(run), duration(run.took))
}

/// What was looked at and what was found.
pub(super) fn message(run: &Run) -> String {
    let (outcome, summary) = (run.outcome, &run.outcome.summary);
    let documents: usize = summary.documents.values().sum();
    let mut line = String::new();
    let counts = Counts::of(&outcome.findings);
    let found = [(counts.errors, "error"), (counts.warnings, "warning"), (counts.notes, "note")];
    let found: Vec<String> =
        found.iter().filter(|(count, _)| *count > 0).map(|(count, name)| some(*count, name)).collect();
    let found = if found.is_empty() { "no findings".to_owned() } else { found.join(", ") };
    if summary.files == 0 {
        // What could not be read may hold some.
        let failed = !outcome.failures.is_empty();
        line.push_str(if failed { "nothing was linted" } else { "no ECS documents found" });
    } else {
        let checked = format!("{} in {}", some(documents, "document"), some(summary.files, "file"));
        line.push_str(&format!("checked {checked}: {found}"));
    }
    if run.hidden > 0 {
        let fails = match (run.fails_unseen, run.hidden) {
            (false, _) => "",
            (true, 1) => ", but it fails the run",
            (true, _) => ", but they fail the run",
        };
        line.push_str(&format!(" ({} less severe not shown{fails})", run.hidden));
    }
    let hidden = [(outcome.ignored.len(), "ignored"), (outcome.baselined, "in the baseline")];
    let hidden = hidden.iter().filter(|(count, _)| *count > 0).map(|(count, how)| format!("{count} {how}"));
    let hidden: Vec<String> = hidden.collect();
    if !hidden.is_empty() {
        line.push_str(&format!(" ({})", hidden.join(", ")));
    }
    let mut over: Vec<String> = summary.others.iter().map(|(name, count)| others(*count, name)).collect();
    if summary.unrelated > 0 {
        over.push(some(summary.unrelated, "other file"));
    }
    if summary.excluded > 0 {
        over.push(some(summary.excluded, "excluded file"));
    }
    if !over.is_empty() {
        line.push_str(&format!("; skipped: {}", over.join(", ")));
    }
    if !outcome.notices.is_empty() {
        line.push_str("; some files were not read");
    }
    line
}

/// How many files with errors are named.
const MOST_FILES: usize = 5;

/// The files with errors, if there are several files.
fn where_the_errors_are(outcome: &Outcome) -> String {
    if outcome.summary.files < 2 {
        return String::new();
    }
    // The findings of a file follow each other.
    let errors: Vec<&Finding> =
        outcome.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    let source = |finding: &Finding| finding.problem.at.at.source;
    let by_file: Vec<(SourceId, usize)> = errors
        .chunk_by(|left, right| source(left) == source(right))
        .map(|errors| (source(errors[0]), errors.len()))
        .collect();
    let name = |id: &SourceId| visible(&outcome.sources[id].name).into_owned();
    let named: Vec<String> =
        by_file.iter().take(MOST_FILES).map(|(id, count)| format!("{} ({count})", name(id))).collect();
    match by_file.len() {
        0 => String::new(),
        files if files > MOST_FILES => {
            format!("errors in {files} files: {}, …\n", named.join(", "))
        }
        _ => format!("errors in {}\n", named.join(", ")),
    }
}

/// What `--fix` would do.
fn what_can_be_fixed(findings: &[Finding]) -> String {
    let Fixable { safe, changing } = Fixable::of(findings);
    match (safe, changing) {
        (0, 0) => String::new(),
        (safe, 0) => format!("fixable: {safe} with --fix\n"),
        (0, changes) => format!("fixable: {changes} with --fix --unsafe-fixes, which changes what runs\n"),
        (safe, changes) => {
            format!(
                "fixable: {safe} with --fix, {changes} more with --unsafe-fixes, which changes what runs\n"
            )
        }
    }
}

/// What `--fix` has done.
fn what_was_fixed(fixed: Fixed, is_clean: bool) -> String {
    let mut done = Vec::new();
    if fixed.files > 0 {
        let fixes = if fixed.fixes == 1 { "1 fix".to_owned() } else { format!("{} fixes", fixed.fixes) };
        done.push(format!("applied {fixes} in {}", some(fixed.files, "file")));
    }
    if fixed.failed > 0 {
        done.push(format!("{} could not be fixed", some(fixed.failed, "file")));
    }
    let nothing = if is_clean { "nothing to fix" } else { "nothing to fix automatically" };
    if done.is_empty() { format!("{nothing}\n") } else { done.join("; ") + "\n" }
}

fn some(count: usize, name: &str) -> String {
    // `service that was deleted` is many `services that were deleted`.
    match name.split_once(" that was ") {
        _ if count == 1 => format!("1 {name}"),
        Some((noun, rest)) => format!("{} that were {rest}", some(count, noun)),
        None => match name.split_once(" in ").or(name.split_once(" of ")) {
            Some((noun, _)) => format!("{}{}", some(count, noun), name.cut(noun.len()..)),
            None => match name.strip_suffix('y') {
                Some(stem) => format!("{count} {stem}ies"),
                None => format!("{count} {name}s"),
            },
        },
    }
}

/// How many of what was skipped: a name with an article is counted, another is a kind of text.
fn others(count: usize, name: &str) -> String {
    match name.strip_prefix("an ").or_else(|| name.strip_prefix("a ")) {
        Some(noun) => some(count, noun),
        None => format!("{} with {name}", some(count, "file")),
    }
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
