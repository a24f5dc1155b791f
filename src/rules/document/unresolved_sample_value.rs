use crate::document::Document;
use crate::finding::{Category, Problem, Severity};
use crate::model::{left_overs, skeleton_marks};
use crate::rule::{Check, Profile, Report, Rule, page};
use crate::source::Cut;

pub const RULE: Rule = Rule {
    id: "unresolved-sample-value",
    summary: "a value is left over from an example",
    category: Category::Broken,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html"],
    page: page!("document/unresolved-sample-value"),
    check: Check::Document(check),
};

fn check(document: &Document, report: &mut Report) {
    if document.kind.is_described() {
        return;
    }
    let found = left_overs(document.root());
    let Some((first, others)) = found.split_first() else { return };
    if !skeleton_marks(document.root()).is_empty() {
        return;
    }
    let message = match others.len() {
        0 => format!("`{}` is left over from an example", first.value.cut(first.part())),
        more => format!("{} values are left over from an example", more + 1),
    };
    let what =
        if first.is_account { "the account of AWS's documentation" } else { "nobody has filled this in" };
    report.add(
        Problem::new(message, first.value.part_label(first.part(), what))
            .also_each(others.iter().map(|other| other.value.part_label(other.part(), "")))
            .help("put the real values in; allow this where a script does so on the way to AWS"),
    );
}
