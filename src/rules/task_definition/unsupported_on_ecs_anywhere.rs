use crate::finding::{Category, Severity};
use crate::model::{LaunchType, Surroundings, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::rules::unsupported;

pub(super) const RULE: Rule = Rule {
    id: "unsupported-on-ecs-anywhere",
    summary: "a field is not supported on ECS Anywhere",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-anywhere.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(external) = task.requirement(LaunchType::External) else { return };
    let cause = external.label("targets ECS Anywhere");
    unsupported::check(Surroundings::EcsAnywhere, &cause, None, task, report);
}
