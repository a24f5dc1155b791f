use crate::finding::{Category, Label, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, Field, Known, MountPoint, PathForm, View, absolute};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-mount-path",
    summary: "a mount path is missing or not absolute",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&[
        "Unable to resolve volume mounts; invalid path: …",
        "invalid mount path: '{path}' mount path must be absolute",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_MountPoint.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tmpfs.html",
        "https://github.com/aws/amazon-ecs-agent/blob/master/agent/api/task/task.go",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    for mount in container.mount_points().items().filter(MountPoint::is_written) {
        match mount.container_path() {
            Field::Missing => report.add(without_path(
                container,
                mount.missing_label("containerPath", "`containerPath` is missing"),
            )),
            Field::Known(path) => check_path(container, path, report),
            Field::Unknown(_) => {}
        }
    }
    // A tmpfs without any path is reported by `missing-field`.
    for tmpfs in container.tmpfs() {
        if let Some(empty) = tmpfs.empty_path() {
            report.add(without_path(container, empty.label("empty")));
        } else if let Some(path) = tmpfs.container_path().known() {
            check_path(container, path, report);
        }
    }
}

fn without_path(container: &Container, label: Label) -> Problem {
    Problem::new(format!("a mount of {} has no path", container.title()), label)
        .help("set `containerPath` to an absolute path in the container")
        .reply(0, &[])
        .warning_unless(container.runs_on_docker())
}

fn check_path(container: &Container, path: Known<&str>, report: &mut Report) {
    let runs_linux = container.task().is_some_and(|task| task.is_windows().is_no());
    match PathForm::read(&path) {
        PathForm::Linux => {}
        form if form.is_windows() => {
            if runs_linux {
                report.add(
                    Problem::new(
                        format!("`{path}` is a Windows path, but {} runs on Linux", container.title()),
                        path.label("not an absolute Linux path"),
                    )
                    .help("use a path that starts with `/`")
                    .warning_unless(container.runs_on_docker() && form != PathForm::Backslash),
                );
            }
        }
        _ => report.add(relative(container, path)),
    }
}

fn relative(container: &Container, path: Known<&str>) -> Problem {
    let problem = Problem::new(
        format!("a mount of {} has the relative path `{path}`", container.title()),
        path.label("must be absolute"),
    )
    .reply(1, &[("path", &path)])
    .warning_unless(container.runs_on_docker());
    let Some(absolute) = absolute(&path).filter(|_| !container.says_windows().is_yes()) else {
        return problem.help("set `containerPath` to an absolute path in the container");
    };
    let fix = path.set(Safety::Shown, absolute.as_str());
    problem.help(format!("use an absolute path, such as `{absolute}`")).fix(fix)
}
