use crate::finding::{Category, Problem, Severity};
use crate::model::{DockerVolume, Known, View, Volume};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-volume-driver",
    summary: "a Docker volume has no `driver`, which AWS has rejected in some cases",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("volume.dockerVolumeConfiguration.driver should not be null or empty."),
    settings: &[],
    sources: &[
        "https://github.com/aws/amazon-ecs-cli/issues/927",
        "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ecs/task_definition_test.go",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DockerVolumeConfiguration.html",
    ],
    check: Check::Volume(check),
};

fn check(volume: &Volume, report: &mut Report) {
    let Some(docker) = volume.docker().known() else { return };
    if volume.may_be_unsupported(docker.node()) {
        return;
    }
    let problem = match docker.empty_driver() {
        Some(empty) => Problem::new(
            format!("the `driver` of {} is an empty string", volume.title()),
            empty.label("names no driver"),
        ),
        None if docker.driver().is_missing() && is_shared(&docker) => Problem::new(
            format!("{} is shared but has no `driver`", volume.title()),
            docker.value().key_label("no `driver`"),
        ),
        None => return,
    };
    report.add(
        problem.help("set `driver` to `local`, the built-in driver of Docker, or to the name of a plugin"),
    );
}

/// Volumes with the scope `task`, or without a scope, are known to register without a driver.
fn is_shared(docker: &Known<DockerVolume>) -> bool {
    docker.scope().known().is_some_and(|scope| *scope == "shared")
}
