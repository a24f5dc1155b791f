use crate::document::{Document, DocumentKind};
use crate::finding::{Category, Label, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::rule::{Check, Profile, Report, Rule, page};
use crate::tree::{Kind, Node};

pub const RULE: Rule = Rule {
    id: "leftover-null",
    summary: "a field is `null`, which the AWS CLI and boto3 refuse",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Asked,
    fix: Some(Safety::Safe),
    aws_says: &[
        "Invalid type for parameter {path}, value: None, type: <class 'NoneType'>, valid types: <class '{wanted}'>",
    ],
    sources: &[
        "https://github.com/aws/aws-cli/issues/3568",
        "https://github.com/aws/aws-cli/issues/3622",
        "https://pypi.org/project/botocore/1.44.5/",
    ],
    page: page!("document/leftover-null"),
    check: Check::Document(check),
};

/// More places than this are counted, not shown.
const SHOWN: usize = 5;

fn check(document: &Document, report: &mut Report) {
    let DocumentKind::TaskDefinition(_) = document.kind else { return };
    let is_null = |node: &Node| node.kind() == Kind::Null && node.key().is_some();
    let nulls: Vec<Node> = document.root().descendants().filter(is_null).collect();
    let keys: Vec<Node> = nulls.iter().filter_map(|node| node.key()).collect();
    let Some((first, others)) = keys.split_first() else { return };
    let message = match keys.len() {
        1 => format!("`{}` is `null`", first.text()),
        count => format!("{count} fields are `null`"),
    };
    let mut problem = Problem::new(message, Label::new(first.place(), "the AWS CLI and boto3 refuse it"));
    problem.also.extend(others.iter().take(SHOWN - 1).map(|key| Label::new(key.place(), "")));
    let more = keys.len().saturating_sub(SHOWN);
    let rest = if more > 0 { format!(" ({more} more not shown)") } else { String::new() };
    let (what, title) = match keys.len() {
        1 => (format!("delete `{}`", first.text()), format!("delete `{}`", first.text())),
        count => ("delete these fields".to_owned(), format!("delete the {count} fields that are `null`")),
    };
    let changes: Vec<Change> = nulls.iter().map(|node| Change::Remove(*node)).collect();
    report.add(
        problem
            .help(format!("{what}: what is not written takes its default just the same{rest}"))
            .fix(Fix::new(Safety::Safe, title, &changes)),
    );
}
