use super::super::unresolved::Unresolved;
use crate::document::{Document, DocumentKind};
use crate::finding::{Category, Severity};
use crate::placeholder::Kind;
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::source::Cut;

pub(super) const RULE: Rule = Rule {
    id: "unresolved-sample-value",
    summary: "a value looks like a placeholder or an example",
    category: Category::Broken,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html"],
    check: Check::Document(check),
};

fn check(document: &Document, report: &mut Report) {
    let is_task_definition = matches!(document.kind, DocumentKind::TaskDefinition(_));
    let values = Unresolved::of(document, |kind| match kind {
        Kind::StandIn => true,
        // An account in a response is one AWS accepted; but a task definition is registered again.
        Kind::Account => !document.kind.is_described() || is_task_definition,
        _ => false,
    });
    let Some((node, found, count)) = values.first() else { return };
    let message = match count {
        // A word of a sentence does not show what is meant.
        1 if found.kind == Kind::StandIn && node.text().contains(' ') => {
            format!("`{}` looks like a placeholder", node.text())
        }
        1 => format!("`{}` looks like a placeholder", node.text().cut(found.range.clone())),
        _ => format!("{count} values look like placeholders"),
    };
    let label = if found.kind == Kind::Account { "example account ID" } else { "example value" };
    let help = "replace them; if your deploy script does, use `--skip unresolved-sample-value`";
    let help = if count == 1 { help.replace("them", "it") } else { help.to_owned() };
    if let Some(problem) = values.problem(message, label, &help) {
        report.add(problem);
    }
}
