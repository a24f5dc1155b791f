use crate::finding::{Category, Problem, Severity};
use crate::model::{CpuUnits, Field, TaskDefinition};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "excessive-total-cpu",
    summary: "the containers together ask for more CPU than the task has",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    aws_says: &["The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'."],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html"],
    page: page!("task-definition/excessive-total-cpu"),
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(cpu) = task.cpu().known() else { return };
    let mut shares = Vec::new();
    for container in task.containers() {
        match container.cpu() {
            Field::Known(share) => shares.push((container, share)),
            Field::Missing => {}
            Field::Unknown => return,
        }
    }
    let total = CpuUnits(shares.iter().fold(0, |sum: i64, (_, share)| sum.saturating_add(share.0)));
    if total <= *cpu {
        return;
    }
    let message = match shares.as_slice() {
        [(container, _)] => {
            format!("{} asks for {} CPU units, and the task has {}", container.title(), total.0, cpu.0)
        }
        _ => format!("the containers ask for {} CPU units in all, and the task has {}", total.0, cpu.0),
    };
    let mut problem = Problem::new(message, cpu.label(format!("{}: all that the task has", *cpu)));
    let of_total = |share: &CpuUnits| match shares.len() {
        1 => "more than that".to_owned(),
        _ => format!("{} of {}", share.0, total.0),
    };
    problem.also.extend(shares.iter().map(|(_, share)| share.label(of_total(share))));
    report.add(problem.help(format!(
        "take {} CPU units from the containers, or raise the task's `cpu`; a container without `cpu` shares what is left",
        total.0 - cpu.0
    )));
}
