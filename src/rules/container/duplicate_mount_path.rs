use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, repeated};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "duplicate-mount-path",
    summary: "two things are mounted at the same path in a container",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    aws_says: &["Duplicate mount point: {path}"],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_MountPoint.html",
        "https://github.com/moby/moby/blob/master/volume/mounts/mounts.go",
    ],
    page: page!("container/duplicate-mount-path"),
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
                format!("{} mounts two things at `{first}`", container.title()),
                later.label("and here again"),
            )
            .also(first.label("mounted here first"))
            .help("give each mount a path of its own")
            .aws_says(format!("Duplicate mount point: {first}"))
            // Of two tmpfs the agent tells Docker the last one only.
            .warning_unless(container.runs_on_docker() && !is_tmpfs),
        );
    }
}

/// The path without the slash at its end, which changes nothing.
fn place(path: &str) -> &str {
    let trimmed = path.trim_end_matches('/');
    if trimmed.is_empty() { path } else { trimmed }
}
