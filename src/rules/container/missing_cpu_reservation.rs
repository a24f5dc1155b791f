use crate::finding::{Category, Problem, Severity};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-cpu-reservation",
    summary: "neither a container nor its task reserves CPU",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
        "https://www.cisecurity.org/benchmark/docker",
    ],
    check: Check::Containers(check),
};

/// One finding for all of them: setting the CPU of the task would be enough.
fn check(containers: &[Container], report: &mut Report) {
    let Some(task) = containers.first().and_then(Container::task) else { return };
    if !task.is_off_fargate().is_yes() || !task.cpu_text().is_missing() {
        return;
    }
    let lacking: Vec<&Container> =
        containers.iter().filter(|container| container.cpu().is_missing()).collect();
    let Some((first, others)) = lacking.split_first() else { return };
    let message = match others.len() {
        0 => format!("{} reserves no CPU", first.title()),
        more => format!("{} containers reserve no CPU", more + 1),
    };
    report.add(
        Problem::new(message, first.label("`cpu` is not set here or for the task"))
            .also_each(others.iter().map(|other| other.label("not set here either")))
            .help("set `cpu` to the CPU units that it needs, such as 256: without it, the container gets the smallest share when the instance is busy"),
    );
}
