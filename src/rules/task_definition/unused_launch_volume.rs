use crate::finding::{Category, Problem, Severity};
use crate::model::TaskDefinition;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unused-launch-volume",
    summary: "no container mounts a volume that is configured at launch",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["Volumes [{volume}] are not referenced by any of the containers"]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ebs-volumes.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    if task.volumes().items().next().is_none() {
        return;
    }
    let mounts = task.mounts();
    for volume in task.volumes().items() {
        let (Some(name), Some(at_launch)) = (volume.name().known(), volume.configured_at_launch().known())
        else {
            continue;
        };
        if !*at_launch || !mounts.hold(&name).is_no() {
            continue;
        }
        report.add(
            Problem::new(format!("no container mounts volume `{name}`"), name.label("not mounted"))
                .also(at_launch.key_label("volumes configured at launch must be mounted"))
                .help(format!(
                    "mount it: `\"mountPoints\": [{{\"sourceVolume\": \"{name}\", \"containerPath\": \"/…\"}}]`, or delete it"
                ))
                .reply(0, &[("volume", &name)]),
        );
    }
}
