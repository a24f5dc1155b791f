use crate::document::Document;
use crate::finding::{Category, Problem, Severity};
use crate::model::skeleton_marks;
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "unresolved-skeleton",
    summary: "the document is a printed skeleton that nobody has filled in",
    category: Category::Operations,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-definition-template.html"],
    page: page!("document/unresolved-skeleton"),
    check: Check::Document(check),
};

/// More places than this are counted, not shown.
const SHOWN: usize = 5;

fn check(document: &Document, report: &mut Report) {
    let marks = skeleton_marks(document.root());
    let Some((first, others)) = marks.split_first() else { return };
    let count = marks.len();
    let mut problem = Problem::new(
        format!("the {} is a skeleton: {count} of its values were never filled in", document.kind.name()),
        first.label("nothing is filled in here"),
    );
    problem.also.extend(others.iter().take(SHOWN).map(|mark| mark.label("nor here")));
    report.add(problem.help(
        "fill in what you need and delete the other keys; until then no other rule looks at this document",
    ));
}
