use crate::finding::{Category, Label, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{PlatformVersion, Service};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "unsupported-on-platform-version",
    summary: "a platform version of Fargate is too old for what the service uses",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    aws_says: &[
        "The specified platform version doesn't satisfy the required capabilities of the task definition.",
    ],
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
    let change = Change::Replace(version.node(), "LATEST".into());
    report.add(problem.also_each(features).help("write `\"platformVersion\": \"LATEST\"`").fix(Fix::new(
        Safety::Shown,
        "write `LATEST`",
        &[change],
    )));
}

/// Windows has a platform version 1.0.0 of its own.
fn runs_linux(service: &Service, version: &str) -> bool {
    match service.task_definition() {
        Some(task) => task.says_windows().is_no(),
        None => version != "1.0.0",
    }
}

/// What of the service and its task definition needs 1.4.0.
fn features(service: &Service) -> Vec<Label> {
    const NEEDS: &str = "needs 1.4.0";
    let mut found: Vec<Label> =
        service.executes_commands().map(|enabled| enabled.key_label(NEEDS)).into_iter().collect();
    found.extend(service.service_connect().map(|connect| connect.key_label(NEEDS)));
    found.extend(service.volume_configurations().known().map(|volumes| volumes.key_label(NEEDS)));
    let Some(task) = service.task_definition() else { return found };
    found.extend(task.volumes().items().filter_map(|volume| Some(volume.efs().known()?.key_label(NEEDS))));
    found.extend(task.ephemeral_storage().known().map(|storage| storage.key_label(NEEDS)));
    found.extend(task.pid_mode().known().map(|mode| mode.key_label(NEEDS)));
    found.extend(task.cpu().known().filter(|cpu| cpu.0 >= 8192).map(|cpu| cpu.key_label(NEEDS)));
    let added = task.containers().flat_map(|container| container.added_capabilities());
    found.extend(added.map(|capability| capability.label(NEEDS)));
    found
}
