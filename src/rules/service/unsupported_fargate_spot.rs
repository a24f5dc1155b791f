use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-fargate-spot",
    summary: "a service uses Fargate Spot for a task that Fargate Spot does not support",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(task) = service.task_definition() else { return };
    let Some(spot) = service.spot() else { return };
    if let Some(family) = task.operating_system().known().filter(|_| task.is_windows().is_yes()) {
        report.add(
            Problem::new("Fargate Spot does not support Windows", spot.label("targets Fargate Spot"))
                .also(family.label("a Windows task"))
                .help("use the capacity provider `FARGATE` for Windows tasks"),
        );
        return;
    }
    let Some((version, architecture, least)) = service.too_old_for_spot() else { return };
    let architecture = architecture.name();
    report.add(
        Problem::new(
            format!("Fargate Spot does not support {architecture} tasks on platform version {version}"),
            version.label(format!("supported from {least} on")),
        )
        .also(spot.label("targets Fargate Spot"))
        .help("set `platformVersion` to `LATEST`, or remove it, which means the same"),
    );
}
