use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, LaunchType, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-container-timeout",
    summary: "the `startTimeout` or `stopTimeout` is outside the range of the launch type",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters-managed-instances.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(limits) = container.task().as_ref().and_then(TaskDefinition::timeout_limits) else { return };
    let platform =
        if limits.launch_type == LaunchType::Fargate { "Fargate" } else { "ECS Managed Instances" };
    let timeouts = [
        ("startTimeout", container.start_timeout(), limits.start),
        ("stopTimeout", container.stop_timeout(), limits.stop),
    ];
    for (key, timeout, allowed) in timeouts {
        let Some(seconds) = timeout.known().filter(|seconds| !allowed.contains(seconds)) else { continue };
        let (least, most) = (*allowed.start(), *allowed.end());
        let nearest = (*seconds).clamp(least, most);
        let problem = Problem::new(
            format!(
                "the `{key}` of {} is {seconds} seconds, but the range of {platform} is {least} to {most}",
                container.title()
            ),
            seconds.label(if *seconds < least { "too short" } else { "too long" }),
        )
        .also(limits.requirement.label(format!("targets {platform}")))
        .help(format!("the nearest allowed value is {nearest}"))
        .fix(seconds.set(Safety::Shown, nearest));
        // The limit for `startTimeout` is documented, but no rejection is recorded.
        let is_doubtful = key == "startTimeout" && *seconds > most;
        report.add(if is_doubtful { problem.at_most(Severity::Warning) } else { problem });
    }
}
