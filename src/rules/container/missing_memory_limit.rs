use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::tree::Kind;

pub(super) const RULE: Rule = Rule {
    id: "missing-memory-limit",
    summary: "a container that shares an instance has no memory limit",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
        "https://www.cisecurity.org/benchmark/docker",
    ],
    check: Check::Containers(check),
};

/// One finding for all of them: limits are set for a whole task.
fn check(containers: &[Container], report: &mut Report) {
    let Some(task) = containers.first().and_then(Container::task) else { return };
    if !task.is_off_fargate().is_yes() || is_limited_alone(&task, containers) {
        return;
    }
    // Without any amount of memory, `missing-container-memory` reports it.
    let lacking: Vec<&Container> = containers
        .iter()
        .filter(|container| container.memory().is_missing() && container.lacks_memory().is_no())
        .collect();
    let Some((first, others)) = lacking.split_first() else { return };
    let message = match others.len() {
        0 => format!("{} has no hard memory limit", first.title()),
        more => format!("{} containers have no hard memory limit", more + 1),
    };
    let label = match first.memory_reservation().known() {
        Some(reservation) => {
            format!("`memory` is not set, and `memoryReservation`, {}, is not a limit", *reservation)
        }
        None => "`memory` is not set".to_owned(),
    };
    report.add(
        Problem::new(message, first.label(label))
            .also_each(others.iter().map(|other| other.label("not set here either")))
            .help("set `memory` to the most that the container may use, in MiB: otherwise it can take the memory of its neighbors"),
    );
}

/// Whether the only container of the task has, or may have, the task's own limit.
fn is_limited_alone(task: &TaskDefinition, containers: &[Container]) -> bool {
    // What is filled in is not a container yet.
    let known = containers.iter().filter(|container| container.node().kind() == Kind::Object).count();
    known <= 1 && (!task.memory_text().is_missing() || !task.sees_all_containers())
}
