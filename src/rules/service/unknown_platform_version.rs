use crate::finding::{Category, Problem, Severity};
use crate::fix::Safety;
use crate::model::{PlatformVersion, Service, platform_versions};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::spelling::nearest;

pub(super) const RULE: Rule = Rule {
    id: "unknown-platform-version",
    summary: "a Fargate platform version does not exist",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Always("The specified platform version doesn't exist."),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(version) = service.platform_version().known() else { return };
    if !service.is_fargate().is_yes() || version.value() == "LATEST" {
        return;
    }
    let windows = service.task_definition().filter(|task| task.is_windows().is_yes());
    let family = windows.and_then(|task| task.operating_system().known());
    let mut known: Vec<&str> = platform_versions(windows.is_some()).collect();
    if known.contains(&version.value()) {
        return;
    }
    let newest = known.iter().filter_map(|known| PlatformVersion::read(known)).max();
    let is_newer = PlatformVersion::read(&version) > newest;
    let system = if windows.is_some() { " for Windows" } else { "" };
    let mut problem = Problem::new(
        format!("Fargate has no platform version `{version}`{system}"),
        version.label(format!("the versions are {} and LATEST", known.join(", "))),
    );
    problem.also.extend(family.map(|family| family.label("a Windows task")));
    // Whether the case counts is not recorded.
    if is_newer || version.eq_ignore_ascii_case("LATEST") {
        problem = problem.at_most(Severity::Warning);
    }
    let complete = format!("{version}.0");
    let complete = known.iter().find(|known| **known == complete).copied();
    known.push("LATEST");
    report.add(match complete.or_else(|| nearest(&version, known)).filter(|_| !is_newer) {
        Some(near) => problem.suggest(&version, near),
        None => problem.help("set `platformVersion` to `LATEST`, or remove it, which means the same"),
    });
}
