use crate::finding::{Category, Problem, Severity};
use crate::model::{CpuUnits, Field, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "excessive-total-cpu",
    summary: "the containers together reserve more CPU than the task has",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always(
        "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
    ),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(cpu) = task.cpu().known() else { return };
    let mut shares = Vec::new();
    for container in task.containers() {
        match container.cpu() {
            Field::Known(share) => shares.push((container, share)),
            Field::Missing => {}
            Field::Unknown(_) => return,
        }
    }
    let total = CpuUnits(shares.iter().fold(0, |sum: i64, (_, share)| sum.saturating_add(share.0)));
    if total <= *cpu {
        return;
    }
    // A container that alone exceeds the task is the cause, whatever the others reserve.
    let problem = match shares.iter().find(|(_, share)| **share > *cpu) {
        Some((container, share)) => Problem::new(
            format!("{} reserves {} CPU units, but the task has only {}", container.title(), share.0, cpu.0),
            share.label("more than the whole task has"),
        )
        .also(cpu.label(cpu.to_string()))
        .help(format!("reserve at most {} CPU units, or raise the task's `cpu`", cpu.0)),
        None => Problem::new(
            format!("the containers reserve {} CPU units in total, but the task has only {}", total.0, cpu.0),
            cpu.label(format!("{}: the task's total", *cpu)),
        )
        .also_each(shares.iter().map(|(_, share)| share.label(format!("{} of {}", share.0, total.0))))
        .help(format!(
            "reserve {} fewer CPU units, or raise the task's `cpu`; a container without `cpu` shares what is left",
            total.0 - cpu.0
        )),
    };
    report.add(problem);
}
