use crate::finding::{Category, Problem, Severity};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "memory-fills-task",
    summary: "a container may use all the memory of its task",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(task) = container.task().filter(|task| task.containers().nth(1).is_some()) else { return };
    let (Some(own), Some(whole)) = (container.memory().known(), task.memory().known()) else { return };
    // If other containers have limits too, `overcommitted-memory` reports the sum.
    let is_single_limit = || task.overcommits_memory().is_no() && task.has_effective_memory().is_yes();
    if *own != *whole || !is_single_limit() {
        return;
    }
    report.add(
        Problem::new(
            format!("{} may use all {} of its task", container.title(), *own),
            own.label("leaves nothing for the other containers"),
        )
        .also(whole.label("the memory of the task"))
        .help("set `memory` of the container lower, so that the others keep what they need, or leave it out: the task's own limit applies anyway"),
    );
}
