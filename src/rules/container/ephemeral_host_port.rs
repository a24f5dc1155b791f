use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ephemeral-host-port",
    summary: "the host port is one that Docker may give to another container",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(task) = container.task() else { return };
    for mapping in container.port_mappings().items() {
        let Some(port) = task.ephemeral_host_port(&mapping) else { continue };
        report.add(
            Problem::new(
                format!(
                    "host port {port} of {} is in the range that Docker gives out by itself",
                    container.title()
                ),
                port.label("may already belong to another container"),
            )
            .help("use a port below 32768, or 0 to let Docker choose a free one")
            .fix(port.set(Safety::Shown, 0)),
        );
    }
}
