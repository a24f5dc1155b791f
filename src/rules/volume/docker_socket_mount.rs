use crate::finding::{Category, Problem, Severity};
use crate::model::Volume;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "docker-socket-mount",
    summary: "a volume exposes the socket of a container runtime",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://www.cisecurity.org/benchmark/docker",
        "https://docs.docker.com/engine/security/#docker-daemon-attack-surface",
    ],
    check: Check::Volume(check),
};

fn check(volume: &Volume, report: &mut Report) {
    // On Fargate, host paths are reported by `unsupported-on-fargate`.
    let Some(task) = volume.task().filter(|task| task.is_fargate().is_no()) else { return };
    let Some((path, runtime)) = volume.runtime_socket() else { return };
    let mounts = task
        .mounts_of(volume)
        .map(|mount| mount.source.label(format!("{} can connect to it", mount.container.title())));
    report.add(
        Problem::new(
            format!("{} exposes the {runtime} socket of the instance", volume.title()),
            path.label("whoever can connect to it controls the instance"),
        )
        .also_each(mounts)
        .help("delete the volume unless the container has to manage other containers; `readOnly` does not protect a socket"),
    );
}
