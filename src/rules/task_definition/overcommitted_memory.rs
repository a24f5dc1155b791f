use crate::finding::{Category, Problem, Severity};
use crate::model::TaskDefinition;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "overcommitted-memory",
    summary: "the memory limits of the containers exceed the memory of the task",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(memory) = task.memory().known().filter(|_| task.overcommits_memory().is_yes()) else { return };
    let limits = task.memory_limits();
    let total = limits.total();
    report.add(
        Problem::new(
            format!("the containers may use {total} in total, but the task has only {}", *memory),
            memory.label("the task's total"),
        )
        .also_each(limits.known.iter().take(2).map(|(_, limit)| limit.label(limit.to_string())))
        .help(format!(
            "lower the limits to {} in total, or raise the task's `memory` to {total}: if all containers fill up, the kernel kills one of them below its limit",
            *memory
        )),
    );
}
