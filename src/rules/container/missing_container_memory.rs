use crate::finding::{Category, Problem, Severity};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-container-memory",
    summary: "neither a container nor its task sets its memory",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "Invalid setting for container '{container}'. At least one of 'memory' or 'memoryReservation' must be specified.",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/aws/aws-cli/issues/4453",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
    ],
    check: Check::Containers(check),
};

/// One finding for all of them: setting the memory of the task would be enough.
fn check(containers: &[Container], report: &mut Report) {
    let lacking: Vec<&Container> =
        containers.iter().filter(|container| container.lacks_memory().is_yes()).collect();
    let Some((first, others)) = lacking.split_first() else { return };
    let message = match others.len() {
        0 => match first.zero_memory() {
            Some(key) => format!("{} has no memory: `{key}` is 0", first.title()),
            None => format!("{} has neither `memory` nor `memoryReservation`", first.title()),
        },
        more => format!("{} containers have neither `memory` nor `memoryReservation`", more + 1),
    };
    let problem = Problem::new(message, first.no_memory_label("no memory set here or for the task"))
        .also_each(others.iter().map(|other| other.no_memory_label("not set here either")))
        .help(match others.len() {
            0 => "set `memory` to its limit in MiB, such as 512, or `memoryReservation` to the minimum it needs",
            _ => "set `memory` of each to its limit in MiB, such as 512, or `memory` of the task to the limit of all together",
        });
    report.add(match first.name().known() {
        Some(name) => problem.reply(0, &[("container", &name)]),
        None => problem,
    });
}
