use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Container, LaunchType, TaskDefinition};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "invalid-container-timeout",
    summary: "the launch type does not allow this `startTimeout` or `stopTimeout`",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html", "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters-managed-instances.html"],
    page: page!("container/invalid-container-timeout"),
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(limits) = container.task().as_ref().and_then(TaskDefinition::timeout_limits) else { return };
    let platform =
        if limits.launch_type == LaunchType::Fargate { "Fargate" } else { "ECS Managed Instances" };
    let timeouts = [
        ("startTimeout", "starting", container.start_timeout(), limits.start),
        ("stopTimeout", "stopping", container.stop_timeout(), limits.stop),
    ];
    for (key, what, timeout, allowed) in timeouts {
        let Some(seconds) = timeout.known().filter(|seconds| !allowed.contains(seconds)) else { continue };
        let nearest = (*seconds).clamp(*allowed.start(), *allowed.end());
        let change = Change::Replace(seconds.node(), nearest.into());
        report.add(
            Problem::new(
                format!("{} has {seconds} seconds for {what}, which {platform} does not allow", container.title()),
                seconds.label(format!("may be {} to {}", allowed.start(), allowed.end())),
            )
            .also(limits.requirement.label(format!("{platform} is asked for here")))
            .help(format!("the nearest value that is allowed is {nearest}"))
            .fix(Fix::new(Safety::Shown, format!("write \"{key}\": {nearest}"), &[change])),
        );
    }
}
