use crate::finding::{Category, Label, Problem, Severity};
use crate::model::{Mount, Volume};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "sensitive-host-mount",
    summary: "a volume exposes a system folder of the instance",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://www.cisecurity.org/benchmark/docker",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html",
    ],
    check: Check::Volume(check),
};

fn check(volume: &Volume, report: &mut Report) {
    let Some(task) = volume.task().filter(|task| task.runs_on_linux_instance()) else { return };
    let Some((path, known)) = volume.sensitive_path() else { return };
    let (writable, read_only): (Vec<Mount>, Vec<Mount>) =
        task.mounts_of(volume).partition(|mount| mount.is_writable);
    if writable.is_empty() && !known.is_secret {
        return;
    }
    let part = if known.is_part { "a part of " } else { "" };
    let message = format!("{} exposes `{path}`, {part}{} of the instance", volume.title(), known.holds);
    let (label, help) = if writable.is_empty() {
        ("exposed even if it is only read", "mount only the folder that the container needs")
    } else {
        ("writable", "mount only the folder that the container needs, with `readOnly` set to true")
    };
    let label_each = |mounts: Vec<Mount>, verb: &str| {
        let label = |mount: Mount| mount.source.label(format!("{} can {verb} it", mount.container.title()));
        mounts.into_iter().map(label).collect::<Vec<Label>>()
    };
    report.add(
        Problem::new(message, path.label(label))
            .also_each(label_each(writable, "change"))
            .also_each(label_each(read_only, "read"))
            .help(help),
    );
}
