use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{PlatformVersion, Present, Service, doubts};
use crate::rule::{Check, Profile, Reply, Report, Rule, page};

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
    page: page!("service/unsupported-on-platform-version"),
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(version) = service.platform_version().known() else { return };
    let is_old =
        PlatformVersion::released(&version).is_some_and(|version| version < PlatformVersion(1, 4, 0));
    if !is_old || !service.is_fargate().is_yes() || !runs_linux(service, &version) {
        return;
    }
    let features = features(service);
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

/// Windows has its own platform version 1.0.0.
fn runs_linux(service: &Service, version: &str) -> bool {
    match service.task_definition() {
        Some(task) => task.says_windows().is_no(),
        None => version != "1.0.0",
    }
}

/// The features of the service and its task definition that require 1.4.0.
fn features<'d>(service: &Service<'d>) -> Vec<Present<'d>> {
    let of_service = [
        service.executes_commands().map(|enabled| enabled.present()),
        service.service_connect().map(|connect| connect.present()),
        service.volume_configurations().present(),
    ];
    let mut found: Vec<Present> = of_service.into_iter().flatten().collect();
    let Some(task) = service.task_definition() else { return found };
    found.extend(task.volumes().items().filter_map(|volume| volume.efs().present()));
    found.extend(task.ephemeral_storage().present());
    found.extend(task.pid_mode().present());
    found.extend(task.cpu().known().filter(|cpu| cpu.0 >= 8192).map(|cpu| cpu.present()));
    let added = task.containers().flat_map(|container| container.added_capabilities());
    found.extend(added.map(|capability| capability.present()));
    found
}
