use std::collections::HashMap;

use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Known, MountPoint, Volume};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "writable-host-mount",
    summary: "a container can write to a folder of the instance",
    category: Category::Security,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://www.cisecurity.org/benchmark/docker"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(task) = container.task().filter(|task| task.is_fargate().is_no()) else { return };
    let is_read_only = container.read_only_root().is(|read_only| read_only).is_yes();
    let mut mounts = container.mount_points().items().filter(MountPoint::is_writable).peekable();
    if mounts.peek().is_none() {
        return;
    }
    let volumes = task.volumes_by_name();
    for mount in mounts {
        let Some((source, path)) = host_folder(&volumes, &mount) else { continue };
        let title = container.title();
        let message = if is_read_only {
            format!("{title} has a read-only root file system but can write to `{path}` on the instance")
        } else {
            format!("{title} can write to `{path}` on the instance")
        };
        let label = match mount.read_only().known() {
            Some(read_only) => read_only.label("writable"),
            None => source.label("mounted without `readOnly`"),
        };
        report.add(
            Problem::new(message, label)
                .also(path.label("on the instance"))
                .help("set `readOnly` to true if the container only reads there"),
        );
    }
}

/// The volume of a mount point as it is named there, and its path on the instance. Sockets are reported by
/// `docker-socket-mount`, and system folders by `sensitive-host-mount`.
fn host_folder<'d>(
    volumes: &HashMap<&'d str, Volume<'d>>,
    mount: &MountPoint<'d>,
) -> Option<(Known<'d, &'d str>, Known<'d, &'d str>)> {
    let source = mount.source_volume().known()?;
    let volume = volumes.get(source.value())?;
    let is_reported = volume.runtime_socket().is_some() || volume.sensitive_path().is_some();
    Some((source, volume.source_path().known().filter(|_| !is_reported)?))
}
