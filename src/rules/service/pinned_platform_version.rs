use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "pinned-platform-version",
    summary: "a service is pinned to the current Fargate platform version",
    category: Category::Operations,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: Some(Safety::Unsafe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(version) = service.pinned_platform() else { return };
    report.add(
        Problem::new(
            format!("{} stays on platform version {version} when a newer one is released", service.title()),
            version.label("the current version, for now"),
        )
        .help("set `platformVersion` to `LATEST`: it means the same today, and the next version later")
        .fix(version.set(Safety::Unsafe, "LATEST")),
    );
}
