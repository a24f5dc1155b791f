use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, LaunchType};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "excessive-stop-timeout",
    summary: "a container may take longer than two minutes to stop",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"],
    check: Check::Container(check),
};

/// The longest `stopTimeout` that Fargate allows, in seconds, and the notice that a Spot instance gets.
const LONGEST: i64 = 120;

fn check(container: &Container, report: &mut Report) {
    let Some(task) = container.task().filter(|task| task.leaves_out(LaunchType::Fargate).is_yes()) else {
        return;
    };
    let Some(timeout) = container.stop_timeout().known().filter(|timeout| **timeout > LONGEST) else {
        return;
    };
    // What ECS Managed Instances do not allow is reported by `invalid-container-timeout`.
    if task.timeout_limits().is_some_and(|limits| !limits.stop.contains(&*timeout)) {
        return;
    }
    report.add(
        Problem::new(
            format!("{} may take {timeout} seconds to stop", container.title()),
            timeout.label("each deployment may wait this long"),
        )
        .help(format!("if the container can stop sooner, set `stopTimeout` to {LONGEST} or less: a Spot instance gives it no more")),
    );
}
