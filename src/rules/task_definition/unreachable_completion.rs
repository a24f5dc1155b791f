use crate::finding::{Category, Problem, Severity};
use crate::model::{DependencyCondition, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unreachable-completion",
    summary: "a container waits for another to exit, but that one restarts when it exits",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerRestartPolicy.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    for awaited in task.awaited(&[DependencyCondition::Complete, DependencyCondition::Success]) {
        let container = awaited.container;
        let Some(policy) =
            container.restart_policy().known().filter(|policy| policy.restarts_after_success())
        else {
            continue;
        };
        let Some(enabled) = policy.enabled().known() else { continue };
        let (waiting, condition) = awaited.first();
        let mut problem = Problem::new(
            format!("{} waits for {} to exit, but that container restarts when it exits", waiting.title(), container.title()),
            condition.label("may never be met"),
        )
        .also(enabled.label("the container restarts after every exit"))
        .help("delete `restartPolicy`, or add `\"ignoredExitCodes\": [0]` to it so that the container does not restart after success");
        problem = problem.also_each(awaited.other_labels());
        report.add(problem);
    }
}
