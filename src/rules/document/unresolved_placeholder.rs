use crate::document::Document;
use crate::finding::{Category, Label, Problem, Severity};
use crate::placeholder::Kind;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unresolved-placeholder",
    summary: "a value still contains a placeholder that a tool should have filled in",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Asked,
    fix: None,
    reply: Reply::Sometimes(&["Container.image contains invalid characters.", "Role is not valid"]),
    settings: &[],
    sources: &[
        "https://github.com/aws-actions/amazon-ecs-render-task-definition/issues/49",
        "https://github.com/OctopusDeploy/Issues/issues/10033",
    ],
    check: Check::Document(check),
};

fn check(document: &Document, report: &mut Report) {
    // Whatever a template fills in is an expression.
    if document.root().is_declared() {
        return;
    }
    let placeholders = document.root().placeholders();
    let holes = placeholders.filter(|(_, found)| found.kind == Kind::Hole).map(|(node, _)| node);
    // Docker itself fills in the tag of a log message: `{{.Name}}`.
    let mut holes = holes.filter(|node| node.key().is_none_or(|key| key.text() != "tag"));
    let Some(first) = holes.next() else { return };
    let others: Vec<Label> = holes.map(|node| Label::new(node.place(), "")).collect();
    let message = match others.len() {
        0 => format!("`{}` is not filled in", first.text()),
        more => format!("{} values are not filled in", more + 1),
    };
    report.add(Problem::new(message, Label::new(first.place(), "contains a placeholder")).also_each(others).help(
        "render the file first; if a tool fills these values in during deployment, ignore this rule for the file",
    ));
}
