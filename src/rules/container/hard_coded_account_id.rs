use crate::finding::Label;
use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, account_ids};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::source::Cut;

pub(super) const RULE: Rule = Rule {
    id: "hard-coded-account-id",
    summary: "an environment variable contains an account id",
    category: Category::Operations,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html"],
    check: Check::Container(check),
};

/// One finding for all of them: the deployment fills in the account in the same way.
fn check(container: &Container, report: &mut Report) {
    let mut found: Vec<(&str, String, Label)> = Vec::new();
    for variable in container.environment().items() {
        let (Some(name), Some(value)) = (variable.name().known(), variable.value().known()) else { continue };
        if let Some(at) = account_ids(&value).next() {
            let account = value.cut(at.clone()).to_owned();
            let text = if found.is_empty() { "other accounts have another id" } else { "here too" };
            found.push((name.value(), account, value.part_label(at, text)));
        }
    }
    let title = container.title();
    let message = match found.as_slice() {
        [] => return,
        [(name, account, _)] => format!("`{name}` of {title} contains the account id {account}"),
        several => format!("{} environment variables of {title} contain an account id", several.len()),
    };
    let mut labels = found.into_iter().map(|(_, _, label)| label);
    let Some(first) = labels.next() else { return };
    report.add(Problem::new(message, first).also_each(labels).help(
        "let the deployment fill in the account, or have the program look it up (`sts:GetCallerIdentity`): the task definition then works in every account",
    ));
}
