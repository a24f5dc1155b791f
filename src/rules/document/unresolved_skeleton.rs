use crate::document::Document;
use crate::finding::{Category, Problem, Severity};
use crate::model::{Known, blanks, names_document, skeleton_marks};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::tree::Node;
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "unresolved-skeleton",
    summary: "the document is a generated skeleton, or its names were never filled in",
    category: Category::Operations,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-definition-template.html",
        "https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-skeleton.html",
    ],
    check: Check::Skeleton(check),
};

/// Places beyond the first and this many more are counted, not shown.
const SHOWN: usize = 2;

fn check(document: &Document, report: &mut Report) {
    // No command prints skeletons of templates.
    if document.root().is_declared() {
        return;
    }
    let noun = document.kind.name();
    let marks = skeleton_marks(document.root());
    if !marks.is_empty() && !marks.iter().any(|mark| names_document(mark.node())) {
        return;
    }
    if !marks.is_empty() {
        let message = format!("the {noun} is a skeleton: {} of its values were never filled in", marks.len());
        let help =
            "fill in what you need and delete the other keys; until then no other rule checks this document";
        return report.add(problem(&marks, message, help));
    }
    let blanks = blanks(document.root());
    if blanks.is_empty() {
        return;
    }
    let mut names: Vec<&str> = Vec::new();
    for name in blanks.iter().filter_map(|blank| Some(blank.node().key()?.text())) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let verb = if names.len() == 1 { "is" } else { "are" };
    let message = format!("the {noun} is not filled in: {} {verb} empty", listed(names));
    report.add(problem(&blanks, message, "fill them in; the rest of the document is checked as usual"));
}

fn problem(places: &[Known<Node>], message: String, help: &str) -> Problem {
    let (first, others) = places.split_first().expect("the caller checked this");
    let others = others.iter().take(SHOWN).map(|mark| mark.label(""));
    Problem::new(message, first.label("not filled in")).also_each(others).help(help)
}
