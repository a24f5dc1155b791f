use crate::finding::{Category, Problem, Severity};
use crate::model::{Known, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-container-name",
    summary: "two containers of a task have the same name",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("Container names must be unique within a task definition"),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let mut seen: Vec<Known<&str>> = Vec::new();
    for name in task.containers().filter_map(|container| container.name().known()) {
        match seen.iter().find(|first| first.value() == name.value()) {
            Some(first) => report.add(
                Problem::new(format!("two containers are named `{name}`"), name.label("the same name again"))
                    .also(first.label("first used here"))
                    .help("give each container a unique name, and update what refers to it: `dependsOn`, `links`, the load balancer of the service"),
            ),
            None => seen.push(name),
        }
    }
}
