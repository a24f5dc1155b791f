use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, NetworkMode};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-port-range",
    summary: "network mode `host` does not support port ranges",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    // On Fargate the mode itself is the problem, and port ranges are valid once it is fixed.
    let Some(task) = container.task().filter(|task| task.is_fargate().is_no()) else { return };
    let Some(mode) = task.writes_mode(&[NetworkMode::Host]) else { return };
    for mapping in container.port_mappings().items() {
        let Some(range) = mapping.container_port_range().present() else { continue };
        report.add(
            Problem::new(
                format!("{} maps port range `{range}`, but network mode `host` does not support ranges", container.title()),
                range.key_label("supported only with `bridge` or `awsvpc`"),
            )
            .also(mode.label("the network mode"))
            .help("delete the port mapping: with `host`, every port that the process opens is open on the instance")
            .unless(range.doubt()),
        );
    }
}
