use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{NetworkMode, Surroundings, TaskDefinition, View, fargate_sizes_with, may_be_unfit_for};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use serde_json::json;

pub(super) const RULE: Rule = Rule {
    id: "missing-requires-compatibilities",
    summary: "the task looks like one for Fargate, but does not require it",
    category: Category::Operations,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html"],
    check: Check::TaskDefinitionInProject(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    if !task.requires_compatibilities().is_missing() || !task.writes(NetworkMode::Awsvpc).is_yes() {
        return;
    }
    let (Some(cpu), Some(memory)) = (task.cpu().known(), task.memory().known()) else { return };
    let sizes = fargate_sizes_with(task.is_windows());
    if !sizes.iter().any(|size| (size.cpu, size.memory) == (*cpu, *memory)) {
        return;
    }
    let mut services = task.services().chain(task.other_services());
    let suits_services = services.all(|service| service.is_fargate().is_yes());
    if !suits_services || may_be_unfit_for(Surroundings::Fargate, task) {
        return;
    }
    report.add(
        Problem::new(
            "no `requiresCompatibilities`: AWS does not check at registration whether Fargate can run the task",
            task.name_label("network mode and size are those of a task for Fargate"),
        )
        .help("add `\"requiresCompatibilities\": [\"FARGATE\"]`, or `[\"EC2\"]` if the task runs on your own instances: mistakes then show at registration instead of when a service starts tasks")
        .fix(task.node().set_member(Safety::Shown, "requiresCompatibilities", json!(["FARGATE"]))),
    );
}
