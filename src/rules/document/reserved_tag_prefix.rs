use crate::document::Document;
use crate::finding::{Category, Problem, Severity};
use crate::model::{Known, tag_lists};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "reserved-tag-prefix",
    summary: "a tag key starts with `aws:`, which is reserved for AWS",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html"],
    check: Check::Document(check),
};

fn check(document: &Document, report: &mut Report) {
    let prefix = "aws:";
    let is_reserved =
        |key: &Known<&str>| key.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let tags = tag_lists(document).into_iter().flat_map(|tags| tags.items());
    let keys: Vec<Known<&str>> = tags.filter_map(|tag| tag.tag_key().known()).filter(is_reserved).collect();
    let Some((first, others)) = keys.split_first() else { return };
    let names = listed(keys.iter().map(|key| key.value()));
    let message = if others.is_empty() {
        format!("the tag key {names} starts with `aws:`")
    } else {
        format!("the tag keys {names} start with `aws:`")
    };
    let mut problem =
        Problem::new(message, first.part_label(0..prefix.len(), "this prefix is reserved for AWS"));
    problem.also.extend(others.iter().map(|key| key.part_label(0..prefix.len(), "")));
    report.add(
        problem.help("use another prefix; delete tags that AWS set and that were copied from a response"),
    );
}
