use crate::finding::{Category, Problem, Severity};
use crate::model::{PathForm, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-windows-mount",
    summary: "a folder is mounted across drives, which is not supported on Windows",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    if !task.is_windows().is_yes() {
        return;
    }
    let volumes = task.volumes_by_name();
    for mount in task.containers().flat_map(|container| container.mount_points().items()) {
        let source =
            mount.source_volume().known().and_then(|name| volumes.get(name.value())?.source_path().known());
        let (Some(source), Some(path)) = (source, mount.container_path().known()) else { continue };
        let (PathForm::Drive { letter: from, is_whole }, PathForm::Drive { letter: to, .. }) =
            (PathForm::read(&source), PathForm::read(&path))
        else {
            continue;
        };
        if from != to {
            report.add(
                Problem::new(
                    format!("`{source}` is mounted on a different drive, at `{path}`"),
                    path.label(format!("drive {to}:")),
                )
                .also(source.label(format!("drive {from}:")))
                .help(if is_whole || from == SYSTEM_DRIVE {
                    format!("mount it on drive {from}: of the container")
                } else {
                    format!("keep the folder on drive {SYSTEM_DRIVE}: of the instance")
                }),
            );
        } else if !is_whole && from != SYSTEM_DRIVE {
            report.add(
                Problem::new(
                    format!("`{source}` is a folder on a drive other than {SYSTEM_DRIVE}:"),
                    source.label(format!("drive {from}: can only be mounted as a whole")),
                )
                .also(path.label("mounted here"))
                .help(format!("mount the whole drive (`{from}:\\` at `{from}:\\`), or keep the folder on drive {SYSTEM_DRIVE}:")),
            );
        }
    }
}

/// The assumed system drive of Windows.
const SYSTEM_DRIVE: char = 'C';
