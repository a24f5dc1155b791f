use serde_json::json;

use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Container, CpuArchitecture, Field, TaskDefinition, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "mismatched-image-architecture",
    summary: "the image name suggests an architecture other than the task's",
    category: Category::Broken,
    // A warning: that the name is right is a guess.
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&[
        "CannotPullContainerError: … image Manifest does not contain descriptor matching platform '{platform}'",
        "exec format error",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/aws/copilot-cli/issues/6095",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let (Some(task), Some(image)) = (container.task(), container.image().known()) else { return };
    let (Some(runs), Some((built, at))) = (task.cpu_architecture(), container.mismatched_architecture())
    else {
        return;
    };
    let (runs_name, built_name) = (runs.name(), built.name());
    let mut problem = Problem::new(
        format!("{} has an image for {built_name}, but the task runs on {runs_name}", container.title()),
        image.part_label(at, format!("suggests {built_name}")),
    );
    problem = match task.written_cpu_architecture().known() {
        Some(written) => problem.also(written.label(format!("the task runs on {runs_name}"))),
        None => problem.also(task.name_label("without `cpuArchitecture`, Fargate uses X86_64")),
    };
    problem =
        problem.help(format!("set `cpuArchitecture` to `{built_name}`, or use the image for {runs_name}"));
    if let Some(change) = set_architecture(&task, built) {
        let title = format!("set `cpuArchitecture` to `{built_name}`");
        problem = problem.fix(Fix::new(Safety::Shown, title, &[change]));
    }
    report.add(problem);
}

fn set_architecture<'d>(task: &TaskDefinition<'d>, architecture: CpuArchitecture) -> Option<Change<'d>> {
    // Windows runs only on X86_64.
    if !task.is_windows().is_no() && architecture == CpuArchitecture::Arm {
        return None;
    }
    let name = architecture.name();
    match (task.written_cpu_architecture(), task.runtime_platform()) {
        (Field::Known(written), _) => Some(Change::Replace(written.node(), name.into())),
        (Field::Missing, Field::Known(platform)) => platform
            .get("cpuArchitecture")
            .is_none()
            .then(|| Change::Insert(platform.node(), "cpuArchitecture", name.into())),
        (Field::Missing, Field::Missing) if task.node().get("runtimePlatform").is_none() => {
            let platform = json!({"cpuArchitecture": name, "operatingSystemFamily": "LINUX"});
            Some(Change::Insert(task.node(), "runtimePlatform", platform))
        }
        _ => None,
    }
}
