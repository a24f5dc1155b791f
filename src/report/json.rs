//! One JSON object for a whole run. Lines and columns are counted from 1, columns in
//! characters; offsets and lengths in bytes of the file.

use serde_json::{Value, json};

use super::run::Run;
use super::stream::Json;
use super::summary::{Counts, Fixable, message};
use super::url::url;
use crate::finding::{Finding, Label};
use crate::fix::Fix;
use crate::inputs::Remark;
use crate::linter::{DocumentLink, Outcome};
use crate::source::Place;

/// The version of the format. It changes when a reader could misread the new one.
const VERSION: u32 = 1;

/// A run as JSON.
pub(super) fn json(run: &Run) -> String {
    let outcome = run.outcome;
    let counts = Counts::of(&outcome.findings);
    let fixable = Fixable::of(&outcome.findings);
    let remarks = |remarks: &[Remark]| -> Vec<Value> {
        remarks.iter().map(|one| json!({"file": one.name, "message": one.reason})).collect()
    };
    let summary = json!({
        "message": message(run),
        "files": outcome.summary.files,
        "documents": outcome.summary.documents,
        "errors": counts.errors,
        "warnings": counts.warnings,
        "notes": counts.notes,
        "fixable": {"safe": fixable.safe, "unsafe": fixable.changing},
        "fixed": run.fixed.map(|fixed| json!({"fixes": fixed.fixes, "files": fixed.files})),
        "ignored": outcome.ignored.len(),
        "baselined": outcome.baselined,
        "passed_over": {
            "other": outcome.summary.others,
            "unrelated": outcome.summary.unrelated,
            "excluded": outcome.summary.excluded,
            "files": remarks(&outcome.passed_over),
        },
        "failures": remarks(&outcome.failures),
        "notices": remarks(&outcome.notices),
    });
    let report = Json::Object(vec![
        ("version", Json::Whole(VERSION.into())),
        ("findings", Json::stream(outcome.findings.iter().map(|one| finding(run, one)))),
        ("links", Json::stream(outcome.links.iter().map(link))),
        ("summary", Json::Whole(summary)),
    ]);
    report.written()
}

/// One finding as JSON.
pub(super) fn finding(run: &Run, finding: &Finding) -> Value {
    let (outcome, rule, problem) = (run.outcome, run.rule(finding), &finding.problem);
    let mut object = json!({
        "rule": rule.id,
        "url": url(rule),
        "severity": finding.severity.name(),
        "category": rule.category.name(),
        "message": problem.message,
        "help": problem.help,
        "aws_says": finding.aws_says,
    });
    let members = object.as_object_mut().expect("made as an object");
    members.extend(place(outcome, problem.at.at).as_object().expect("made as an object").clone());
    members.insert("pointer".to_owned(), finding.pointer.as_str().into());
    members.insert("named_pointer".to_owned(), finding.named_pointer.as_str().into());
    members.insert("document".to_owned(), finding.document.as_deref().into());
    members.insert("format".to_owned(), finding.format.into());
    members.insert("address".to_owned(), finding.address.as_deref().into());
    let labels = std::iter::once(&problem.at).chain(&problem.also);
    members.insert("labels".to_owned(), labels.map(|one| label(outcome, one)).collect());
    members.insert("fix".to_owned(), problem.fix.as_ref().map_or(Value::Null, |one| fix(outcome, one)));
    object
}

/// Which documents were checked together.
fn link(link: &DocumentLink) -> Value {
    json!({
        "file": link.from.file,
        "document": link.from.document,
        "linked_file": link.to.file,
        "linked_document": link.to.document,
        "named": link.is_named,
    })
}

fn place(outcome: &Outcome, place: Place) -> Value {
    let source = &outcome.sources[&place.source];
    let (start, end) = (source.position(place.span.start), source.position(place.span.end));
    json!({
        "file": source.name,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "offset": place.span.start,
        "length": place.span.len(),
    })
}

fn label(outcome: &Outcome, label: &Label) -> Value {
    let mut object = place(outcome, label.at);
    object["text"] = label.text.as_str().into();
    object
}

fn fix(outcome: &Outcome, fix: &Fix) -> Value {
    let edits = fix.edits.iter().map(|edit| {
        let mut object = place(outcome, edit.place);
        object["replacement"] = edit.text.as_str().into();
        object
    });
    json!({"title": fix.title, "safety": fix.safety.name(), "edits": edits.collect::<Vec<Value>>()})
}
