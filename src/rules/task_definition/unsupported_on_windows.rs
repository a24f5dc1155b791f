use crate::finding::{Category, Severity};
use crate::fix::Safety;
use crate::model::{Surroundings, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::rules::unsupported;

pub(super) const RULE: Rule = Rule {
    id: "unsupported-on-windows",
    summary: "a field is not supported for containers on Windows",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(family) = task.operating_system().known() else { return };
    let cause = family.label("targets Windows");
    unsupported::check(Surroundings::Windows, &cause, Some(Safety::Shown), task, report);
}
