use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, Mebibytes, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule, page};

pub(super) const RULE: Rule = Rule {
    id: "excessive-total-reservation",
    summary: "the containers together reserve more memory than the task has",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always(
        "The sum of all container 'memoryReservation' values cannot be greater than the value of the task 'memory'.",
    ),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html"],
    page: page!("task-definition/excessive-total-reservation"),
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(memory) = task.memory().known() else { return };
    let mut shares = Vec::new();
    let mut titles = Vec::new();
    for container in task.containers() {
        match container.memory_reservation() {
            Field::Known(share) => {
                shares.push(share);
                titles.push(container.title());
            }
            Field::Missing => {}
            Field::Unknown(_) => return,
        }
    }
    let total = Mebibytes(shares.iter().fold(0, |sum: i64, share| sum.saturating_add(share.0)));
    if total <= *memory {
        return;
    }
    let message = if let [title] = titles.as_slice() {
        format!("{title} reserves {total}, but the task has only {}", *memory)
    } else {
        format!("the containers reserve {total} in total, but the task has only {}", *memory)
    };
    let mut problem = Problem::new(message, memory.label("the task's total"));
    problem.also.extend(shares.iter().map(|share| share.label(format!("{}", **share))));
    report.add(problem.help(format!(
        "reserve {} less, or raise the task's `memory` to {total}",
        Mebibytes(total.0 - memory.0)
    )));
}
