use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Service, doubts};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-on-platform-version",
    summary: "a Fargate platform version is too old for the features of the service",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Always(
        "The specified platform version doesn't satisfy the required capabilities of the task definition.",
    ),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-linux-fargate.html",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some((version, features)) = service.newer_features() else { return };
    if features.is_empty() {
        return;
    }
    let problem = Problem::new(
        format!("platform version {version} is too old for what {} uses", service.title()),
        version.label("older than 1.4.0"),
    );
    report.add(
        problem
            .also_each(features.iter().map(|feature| feature.key_label("requires 1.4.0")))
            .help("set `platformVersion` to `LATEST`")
            .fix(version.set(Safety::Shown, "LATEST"))
            .unless(doubts(&features)),
    );
}
