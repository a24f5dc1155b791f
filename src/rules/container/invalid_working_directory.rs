use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, is_absolute_path};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-working-directory",
    summary: "the working directory is not an absolute path",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&["the working directory '{path}' is invalid, it needs to be an absolute path"]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
        "https://docs.docker.com/reference/cli/docker/container/run/#workdir",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(path) = container.working_directory().known().filter(|path| !is_absolute_path(path)) else {
        return;
    };
    // Docker always rejects it, and so does runc, which also starts Linux containers on Fargate.
    let runs_on_linux = container.task().is_some_and(|task| task.is_windows().is_no());
    let problem = Problem::new(
        format!("the working directory `{path}` of {} is not an absolute path", container.title()),
        path.label("must start with `/`"),
    )
    .reply(0, &[("path", &path)])
    .warning_unless(runs_on_linux || container.runs_on_docker());
    let rest = path.trim_start_matches("./");
    if rest.is_empty() || rest.starts_with(['.', '~']) {
        return report.add(problem.help("use the full path from the root of the container"));
    }
    let absolute = format!("/{rest}");
    report.add(
        problem
            .help(format!("use `{absolute}`, or wherever the directory is in the image"))
            .fix(path.set(Safety::Shown, absolute.as_str())),
    );
}
