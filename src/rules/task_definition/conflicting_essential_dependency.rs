use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, DependencyCondition, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-essential-dependency",
    summary: "a container waits for an essential container to exit",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Unsafe),
    reply: Reply::Always(
        "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container",
    ),
    settings: &[],
    sources: &[
        "https://github.com/boto/boto3/issues/2436",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    for awaited in task.awaited(&[DependencyCondition::Complete, DependencyCondition::Success]) {
        let container = awaited.container;
        if !container.ends_the_task().is_yes() {
            continue;
        }
        let (waiting, condition) = awaited.first();
        let cause = match container.essential().known() {
            Some(essential) => essential.label("essential: when it exits, the task stops"),
            None => container.label("essential by default: when it exits, the task stops"),
        };
        let mut problem = Problem::new(
            format!("{0} waits for {1} to exit, but {1} is essential", waiting.title(), container.title()),
            condition.label("waits for it to exit"),
        )
        .also(cause);
        let help = format!("set `essential` to false on {}", container.title());
        problem = problem.also_each(awaited.other_labels());
        if !another_is_essential(task, &container) {
            problem = problem.help(format!("{help}, and make the main container of the task essential"));
        } else {
            let title = format!("set `essential` to false on {}", container.title());
            problem = problem
                .help(help)
                .fix(container.node().set_member(Safety::Unsafe, "essential", false).titled(title));
        }
        report.add(problem);
    }
}

/// A task needs at least one essential container.
fn another_is_essential(task: &TaskDefinition, container: &Container) -> bool {
    let is_other = |other: &Container| other.node().index() != container.node().index();
    task.containers().filter(is_other).any(|other| other.ends_the_task().is_yes())
}
