use crate::finding::{Category, Problem, Severity};
use crate::model::{Mebibytes, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

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
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(memory) = task.memory().known().filter(|_| task.reserves_too_much_memory().is_yes()) else {
        return;
    };
    let shares = task.memory_reservations();
    let total = shares.total();
    let message = if let [(container, _)] = shares.known.as_slice() {
        let title = container.title();
        format!("{title} reserves {total}, but the task has only {}", *memory)
    } else {
        format!("the containers reserve {total} in total, but the task has only {}", *memory)
    };
    let mut problem = Problem::new(message, memory.label("the task's total"));
    problem.also.extend(shares.known.iter().map(|(_, share)| share.label(format!("{}", **share))));
    report.add(problem.help(format!(
        "reserve {} less, or raise the task's `memory` to {total}",
        Mebibytes(total.0 - memory.0)
    )));
}
