use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, NetworkMode};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-port-mappings",
    summary: "network mode `none` does not support port mappings",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(task) = container.task().filter(|task| task.is_fargate().is_no()) else { return };
    let Some(mode) = task.writes_mode(&[NetworkMode::None]) else { return };
    let Some(mappings) = container.content_of("portMappings") else { return };
    let fix = mappings.delete(Safety::Shown);
    report.add(
        Problem::new(
            format!("{} maps ports, but network mode `none` gives it no network", container.title()),
            mappings.key_label("no network to map them to"),
        )
        .also(mode.label("the network mode"))
        .help("delete `portMappings`, or use another network mode")
        .fix(fix)
        .unless(mappings.doubt()),
    );
}
