use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Present, TaskDefinition, doubts};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "ignored-windows-task-size",
    summary: "task-level CPU and memory have no effect on Windows containers outside Fargate",
    category: Category::Ignored,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/windows_task_definitions.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(family) = task.operating_system().known() else { return };
    if !task.is_windows().is_yes() || !task.is_fargate().is_no() {
        return;
    }
    let sizes: Vec<Present> =
        [task.cpu_text(), task.memory_text()].into_iter().filter_map(|size| size.present()).collect();
    let Some((first, others)) = sizes.split_first() else { return };
    let names = listed(sizes.iter().map(Present::key));
    let (verb, them) = if others.is_empty() { ("has", "it") } else { ("have", "them") };
    let mut problem =
        Problem::new(format!("the task's {names} {verb} no effect on Windows"), first.key_label("ignored"));
    problem.also.extend(others.iter().map(|other| other.key_label("ignored")));
    problem = problem.also(family.label("targets Windows")).unless(doubts(&sizes));
    // If a container does not set its memory, the API requires the task's.
    let has_own = |container: crate::model::Container| {
        container.memory().known().is_some() || container.memory_reservation().known().is_some()
    };
    if task.sees_all_containers() && task.containers().all(has_own) {
        let changes: Vec<Change> = sizes.iter().map(|size| Change::Remove(size.node())).collect();
        problem = problem.fix(Fix::new(Safety::Shown, format!("delete {names}"), &changes));
    }
    report.add(problem.help(format!(
        "set `cpu` and `memory` on each container, and delete {them} here: a container without `cpu` gets 1 % of one CPU"
    )));
}
