use crate::finding::{Category, Problem, Severity};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "excessive-container-memory",
    summary: "the memory limit of a container exceeds the memory of its task",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "The 'memory' setting for container '{container}' is greater than for the task.",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
        "https://github.com/pulumi/pulumi-awsx/issues/1220",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(task) = container.task() else { return };
    let (Some(own), Some(whole)) = (container.memory().known(), task.memory().known()) else { return };
    if !container.exceeds_task_memory().is_yes() {
        return;
    }
    let problem = Problem::new(
        format!("{} may use {}, but its task has only {}", container.title(), *own, *whole),
        own.label("more than the task has"),
    )
    .also(whole.label(format!("the task has {}", *whole)))
    .help(format!("set `memory` to {} or less, or raise the task's `memory`", whole.0));
    report.add(match container.name().known() {
        Some(name) => problem.reply(0, &[("container", &name)]),
        None => problem,
    });
}
