use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-volume-configuration",
    summary: "a service does not configure a volume that its task definition leaves to it",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(task) = service.task_definition().filter(|_| service.is_whole()) else { return };
    // A service cannot configure volumes for a daemon.
    if !service.volume_configurations().is_missing() || !service.says_daemon().is_no() {
        return;
    }
    for volume in task.volumes().items() {
        let (Some(name), Some(at_launch)) = (volume.name().known(), volume.configured_at_launch().known())
        else {
            continue;
        };
        if !*at_launch {
            continue;
        }
        report.add(
            Problem::new(
                format!("{} does not configure volume `{name}`", service.title()),
                service.name_label("no `volumeConfigurations`"),
            )
            .also(at_launch.key_label("the service must configure this volume"))
            .help(format!(
                "add `volumeConfigurations` with the `name` `{name}` and a `managedEBSVolume` that has a `roleArn` and a `sizeInGiB`"
            )),
        );
        return;
    }
}
