use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Container, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "writable-root-filesystem",
    summary: "a container can write to its root file system",
    category: Category::Security,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
        "https://www.cisecurity.org/benchmark/docker",
    ],
    check: Check::ContainersInProject(check),
};

fn check(containers: &[Container], report: &mut Report) {
    let is_meant = |container: &&Container| {
        container.read_only_root().is(|read_only| read_only).is_no() && container.may_be_windows().is_no()
    };
    let writable: Vec<&Container> = containers.iter().filter(is_meant).collect();
    let Some((first, others)) = writable.split_first() else { return };
    // The ECS Exec agent writes to the root file system.
    if first.task().is_some_and(|task| !task.any_service(Service::enables_exec).is_no()) {
        return;
    }
    let message = match others.len() {
        0 => format!("{} can write to its root file system", first.title()),
        more => format!("{} containers can write to their root file systems", more + 1),
    };
    let label = |container: &Container| match container.read_only_root().known() {
        Some(read_only) => read_only.label("writable"),
        None => container.label("`readonlyRootFilesystem` is not set"),
    };
    let nodes = writable.iter().map(|container| container.node());
    let changes: Vec<Change> =
        nodes.map(|node| Change::set(node, "readonlyRootFilesystem", true.into())).collect();
    report.add(
        Problem::new(message, label(first))
            .also_each(others.iter().map(|other| label(other)))
            .help("set `readonlyRootFilesystem` to true, and mount a volume or a `tmpfs` where the program writes")
            .fix(Fix::new(Safety::Shown, "set `readonlyRootFilesystem` to `true`", &changes)),
    );
}
