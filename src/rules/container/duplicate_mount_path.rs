use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, repeated};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-mount-path",
    summary: "two mounts of a container have the same path",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["Duplicate mount point: {path}"]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_MountPoint.html",
        "https://github.com/moby/moby/blob/master/volume/mounts/mounts.go",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let mounted = container.mount_points().items().filter_map(|mount| mount.container_path().known());
    let mounted = mounted.map(|path| (path, false));
    let tmpfs = container.tmpfs().filter_map(|tmpfs| tmpfs.container_path().known());
    let paths = mounted.chain(tmpfs.map(|path| (path, true)));
    for ((first, is_tmpfs), (later, _)) in repeated(paths.map(|path| (place(path.0.value()), path))) {
        report.add(
            Problem::new(
                format!("{} has two mounts at `{first}`", container.title()),
                later.label("mounted again here"),
            )
            .also(first.label("first mounted here"))
            .help("give each mount a unique path")
            .reply(0, &[("path", &first)])
            // Of two tmpfs mounts, the agent passes only the last one to Docker.
            .warning_unless(container.runs_on_docker() && !is_tmpfs),
        );
    }
}

/// The path without its trailing slash, which makes no difference.
fn place(path: &str) -> &str {
    let trimmed = path.trim_end_matches('/');
    if trimmed.is_empty() { path } else { trimmed }
}
