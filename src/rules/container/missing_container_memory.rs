use crate::finding::{Category, Problem, Severity};
use crate::model::Container;
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "missing-container-memory",
    summary: "neither a container nor its task says how much memory it takes",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    aws_says: &[
        "Invalid setting for container '{container}'. At least one of 'memory' or 'memoryReservation' must be specified.",
    ],
    sources: &[
        "https://github.com/aws/aws-cli/issues/4453",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
    ],
    page: page!("container/missing-container-memory"),
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    if !container.lacks_memory().is_yes() {
        return;
    }
    let problem = Problem::new(
        format!("{} has neither `memory` nor `memoryReservation`", container.title()),
        container.label("no memory here, and none for the whole task"),
    )
    .help("write `\"memory\": 512`, in MiB, as its limit, or `memoryReservation` for what it needs at least");
    report.add(match container.name().known() {
        Some(name) => problem.aws_says(format!(
            "Invalid setting for container '{name}'. At least one of 'memory' or 'memoryReservation' must be specified."
        )),
        None => problem,
    });
}
