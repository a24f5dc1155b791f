use crate::finding::{Category, Severity};
use crate::fix::Safety;
use crate::model::{LaunchType, Surroundings, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::rules::unsupported;

pub(super) const RULE: Rule = Rule {
    id: "unsupported-on-managed-instances",
    summary: "a field is not supported on ECS Managed Instances",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters-managed-instances.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(managed) = task.requirement(LaunchType::ManagedInstances) else { return };
    let cause = managed.label("targets Managed Instances");
    unsupported::check(Surroundings::ManagedInstances, &cause, Some(Safety::Shown), task, report);
}
