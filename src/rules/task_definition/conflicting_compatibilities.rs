use crate::finding::{Category, Problem, Severity};
use crate::model::{LaunchType, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-compatibilities",
    summary: "`requiresCompatibilities` names launch types that exclude each other",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-anywhere.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let (Some(fargate), Some(external)) =
        (task.requirement(LaunchType::Fargate), task.requirement(LaunchType::External))
    else {
        return;
    };
    report.add(
        Problem::new(
            "no task definition suits both FARGATE and EXTERNAL",
            external.label("does not support network mode `awsvpc`"),
        )
        .also(fargate.label("requires network mode `awsvpc`"))
        .help("keep one of the two, and register a second task definition for the other"),
    );
}
