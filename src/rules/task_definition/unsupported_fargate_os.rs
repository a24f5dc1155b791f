use crate::finding::{Category, Problem, Severity};
use crate::model::{LaunchType, TaskDefinition, fargate_runs};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-fargate-os",
    summary: "Fargate does not support this version of Windows",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let (Some(fargate), Some(family)) =
        (task.requirement(LaunchType::Fargate), task.operating_system().known())
    else {
        return;
    };
    if fargate_runs(&family) != Some(false) {
        return;
    }
    report.add(
        Problem::new(
            format!("Fargate does not support `{family}`"),
            family.label("not supported on Fargate"),
        )
        .also(fargate.label("targets Fargate"))
        .help("use Windows Server 2019, 2022 or 2025 (`_CORE` or `_FULL`), with an image built for it"),
    );
}
