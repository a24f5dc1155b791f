use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "mismatched-volume-filesystem",
    summary: "an EBS volume has a file system that its tasks cannot mount",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceManagedEBSVolumeConfiguration.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(task) = service.task_definition() else { return };
    let windows = service.runs_windows(&task);
    for volume in service.ebs_volumes() {
        let Some(file_system) = volume.file_system().known() else { continue };
        let (system, help) = match file_system.value() {
            "ntfs" if windows.is_no() => ("Linux", "use `xfs`, `ext4` or `ext3`"),
            "ext3" | "ext4" | "xfs" if windows.is_yes() => ("Windows", "use `ntfs`"),
            _ => continue,
        };
        let place = match task.operating_system().known() {
            Some(family) => family.label("the operating system of its tasks"),
            None => task.name_label(format!("its tasks run {system}")),
        };
        report.add(
            Problem::new(
                format!("{system} cannot mount a volume with the file system `{file_system}`"),
                file_system.label(format!("not supported on {system}")),
            )
            .also(place)
            .help(help),
        );
    }
}
