use crate::document::Document;
use crate::finding::{Category, Label, Problem, Severity};
use crate::placeholder::{self, Waits, Within};
use crate::rule::{Check, Profile, Report, Rule, page};
use crate::tree::{Kind, Node};

pub const RULE: Rule = Rule {
    id: "unresolved-placeholder",
    summary: "a value still holds a placeholder that some tool should have filled in",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Asked,
    fix: None,
    aws_says: &["Container.image contains invalid characters.", "Role is not valid"],
    sources: &[
        "https://github.com/aws-actions/amazon-ecs-render-task-definition/issues/49",
        "https://github.com/OctopusDeploy/Issues/issues/10033",
    ],
    page: page!("document/unresolved-placeholder"),
    check: Check::Document(check),
};

/// Fields whose text a shell or a program reads: `$NAME` and `${NAME}` are ordinary there.
const READ_BY_PROGRAMS: &[&str] = &["command", "entryPoint", "dockerLabels", "options"];

fn check(document: &Document, report: &mut Report) {
    let mut found = Vec::new();
    look(document.root(), Within::Value, "", &mut found);
    let Some((first, others)) = found.split_first() else { return };
    let message = match found.len() {
        1 => format!("`{}` is not filled in", first.text()),
        count => format!("{count} values are not filled in"),
    };
    let mut problem = Problem::new(message, Label::new(first.place(), "holds a placeholder"));
    problem.also.extend(others.iter().map(|node| Label::new(node.place(), "")));
    report.add(problem.help(
        "render the file first; if a tool fills these values in on the way to AWS, this rule is not for this file",
    ));
}

/// Looks through a value that stands under a key, or in the list under it.
fn look<'d>(node: Node<'d>, within: Within, under: &str, found: &mut Vec<Node<'d>>) {
    match node.kind() {
        Kind::Text if node.is_plain() => {}
        Kind::Text if placeholder::find(node.text(), within) == Some(Waits::ForTool) => found.push(node),
        Kind::List => node.items().for_each(|item| look(item, within, under, found)),
        Kind::Object => {
            for (key, value) in node.members() {
                let within = match (under, key.text()) {
                    // Docker fills in the tag of a log message itself: `{{.Name}}`.
                    ("options", "tag") => continue,
                    ("environment", "value") => Within::Shell,
                    (_, name) if READ_BY_PROGRAMS.contains(&name) => Within::Shell,
                    _ => within,
                };
                look(value, within, key.text(), found);
            }
        }
        _ => {}
    }
}
