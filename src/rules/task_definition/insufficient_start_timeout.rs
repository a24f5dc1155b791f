use crate::finding::{Category, Problem, Severity};
use crate::model::{DEFAULT_HEALTH_CHECK_INTERVAL, DependencyCondition, Field, TaskDefinition, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "insufficient-start-timeout",
    summary: "a container's start timeout ends before its first health check",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    for awaited in task.awaited(&[DependencyCondition::Healthy]) {
        let container = awaited.container;
        let (Some(timeout), Some(health)) =
            (container.start_timeout().known(), container.health_check().known())
        else {
            continue;
        };
        let (seconds, interval) = match health.interval() {
            Field::Known(interval) => (*interval, interval.label("the first check runs after this time")),
            Field::Missing => (
                DEFAULT_HEALTH_CHECK_INTERVAL,
                health.value().key_label("no `interval`: the first check runs after 30 seconds"),
            ),
            Field::Unknown(_) => continue,
        };
        // What a launch type rejects is reported by invalid-container-timeout.
        if *timeout > seconds || !task.surely_takes_start_timeout(*timeout) {
            continue;
        }
        let (waiting, condition) = awaited.first();
        report.add(
            Problem::new(
                format!(
                    "{} has {timeout} seconds to become healthy, but is first checked after {seconds}",
                    container.title()
                ),
                timeout.label("after this time, the task stops"),
            )
            .also(interval)
            .also(condition.label(format!("{} waits for it", waiting.title())))
            .help(format!("set `startTimeout` to more than {seconds}, or check more often")),
        );
    }
}
