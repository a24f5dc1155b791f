use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Field, TaskDefinition, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unused-volume",
    summary: "no container mounts a volume",
    category: Category::Ignored,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let volumes = task.volumes();
    if volumes.items().next().is_none() {
        return;
    }
    let mounts = task.mounts();
    for volume in volumes.items() {
        let Some(name) = volume.name().known() else { continue };
        let may_come_at_launch = match volume.configured_at_launch() {
            Field::Missing => false,
            Field::Known(at_launch) => *at_launch,
            Field::Unknown(_) => true,
        };
        if may_come_at_launch || !mounts.hold(&name).is_no() {
            continue;
        }
        let fix = volumes
            .removal(volume.node())
            .delete(Safety::Shown)
            .titled(format!("delete the volume `{name}`"));
        report.add(
            Problem::new(format!("no container mounts volume `{name}`"), name.label("not mounted"))
                .help("mount it with `mountPoints`, or delete it")
                .fix(fix),
        );
    }
}
