use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Service, retirement};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "outdated-platform-version",
    summary: "a service uses a Fargate platform version that AWS has retired",
    category: Category::Operations,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Unsafe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-versions-retired.html",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(version) = service.outdated_platform() else { return };
    let message = match retirement(&version) {
        Some(day) => format!("platform version {version} is outdated: AWS retired it on {day}"),
        None => format!("platform version {version} is outdated"),
    };
    report.add(
        Problem::new(message, version.label("new tasks are likely to be refused"))
            .help("set `platformVersion` to `LATEST`")
            .fix(version.set(Safety::Unsafe, "LATEST")),
    );
}
