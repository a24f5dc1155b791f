use crate::finding::{Category, Problem, Severity};
use crate::model::{DependencyCondition, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-dependency-health-check",
    summary: "a container waits for another to be healthy, but that one has no health check",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("A dependency container with HEALTHY condition must have health check configured"),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    for awaited in task.awaited(&[DependencyCondition::Healthy]) {
        let container = awaited.container;
        if !container.health_check().is_missing() {
            continue;
        }
        let (waiting, condition) = awaited.first();
        let mut problem = Problem::new(
            format!(
                "{} waits until {} is healthy, but nothing checks its health",
                waiting.title(),
                container.title()
            ),
            condition.label("waits for its health check"),
        )
        .also(container.label("has no `healthCheck`"))
        .help(format!(
            "add a `healthCheck` to {}, or wait for `START`; a HEALTHCHECK in the image does not count",
            container.title()
        ));
        problem = problem.also_each(awaited.other_labels());
        report.add(problem);
    }
}
