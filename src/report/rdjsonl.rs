//! The format of reviewdog, one diagnostic on each line. Its columns count bytes.

use serde_json::{Value, json};

use super::run::Run;
use super::url::url;
use crate::finding::{Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::source::{Cut, Place, Source, Span};
use crate::visible::escaped;

/// The findings of a run.
pub(super) fn rdjsonl(run: &Run) -> String {
    let line = |finding| escaped(format!("{}\n", diagnostic(run, finding)));
    run.outcome.findings.iter().map(line).collect()
}

fn diagnostic(run: &Run, finding: &Finding) -> Value {
    let (rule, problem) = (run.rule(finding), &finding.problem);
    let location = |place: Place| {
        let source = &run.outcome.sources[&place.source];
        json!({"path": source.name, "range": range(source, place.span)})
    };
    let severity = match finding.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Note => "INFO",
    };
    let mut diagnostic = json!({
        "message": run.words(finding),
        "location": location(problem.at.at),
        "severity": severity,
        "source": {"name": "ecs-lint", "url": env!("CARGO_PKG_REPOSITORY")},
        "code": {"value": rule.id, "url": url(rule)},
    });
    // It is a suggestion for the file that the diagnostic is about.
    let fix = problem.fix.as_ref().filter(|fix| fix.source() == Some(problem.at.at.source));
    if let Some(suggestion) = fix.and_then(|fix| suggestion(run, run.source(finding), fix)) {
        diagnostic["suggestions"] = json!([suggestion]);
    }
    if !problem.also.is_empty() {
        let related =
            problem.also.iter().map(|label| json!({"message": label.text, "location": location(label.at)}));
        diagnostic["related_locations"] = related.collect();
    }
    diagnostic
}

/// A fix as one change, from its first edit to its last: several suggestions would be alternatives.
fn suggestion(run: &Run, source: &Source, fix: &Fix) -> Option<Value> {
    let span = |edit: &Edit| edit.place.span;
    let start = fix.edits.iter().map(|edit| span(edit).start).min()?;
    let end = fix.edits.iter().map(|edit| span(edit).end).max()?;
    // What is between two edits may be a secret.
    if !run.outcome.concealed(source.id, start as usize..end as usize).is_empty() {
        return None;
    }
    let mut text = String::new();
    let mut from = start;
    for edit in &fix.edits {
        text.push_str(source.text.cut(from as usize..span(edit).start as usize));
        text.push_str(&edit.text);
        from = span(edit).end;
    }
    Some(json!({"range": range(source, Span { start, end }), "text": text}))
}

fn range(source: &Source, span: Span) -> Value {
    let position = |offset: u32| {
        let line = source.position(offset).line;
        let start = source.line_starts()[line - 1];
        json!({"line": line, "column": offset - start + 1})
    };
    json!({"start": position(span.start), "end": position(span.end)})
}
