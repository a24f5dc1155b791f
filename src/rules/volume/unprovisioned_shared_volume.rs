use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Field, Volume};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unprovisioned-shared-volume",
    summary: "a shared volume must exist on the instance before the task starts",
    category: Category::Broken,
    severity: Severity::Note,
    profile: Profile::Asked,
    fix: Some(Safety::Unsafe),
    reply: Reply::Sometimes(&[
        "initialize volume: volume detection failed, volume '{volume}' does not exist and autoprovision is set to false",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DockerVolumeConfiguration.html",
        "https://github.com/aws/amazon-ecs-agent/blob/master/agent/api/task/task.go",
    ],
    check: Check::Volume(check),
};

fn check(volume: &Volume, report: &mut Report) {
    let Some(docker) = volume.docker().known() else { return };
    let Some(scope) = docker.scope().known().filter(|scope| **scope == "shared") else { return };
    let is_off = match docker.autoprovision() {
        Field::Missing => docker.node().get("autoprovision").is_none(),
        Field::Known(autoprovision) => !*autoprovision,
        Field::Unknown(_) => false,
    };
    if !is_off {
        return;
    }
    let problem = Problem::new(
        format!("{} is shared, but ECS does not create it", volume.title()),
        scope.label("must already exist on the instance"),
    )
    .help("set `autoprovision` to true, unless something creates the volume on every instance")
    .fix(docker.node().set_member(Safety::Unsafe, "autoprovision", true));
    report.add(match volume.name().known() {
        Some(name) => problem.reply(0, &[("volume", &name)]),
        None => problem,
    });
}
