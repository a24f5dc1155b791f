use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, NetworkMode, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "reserved-host-port",
    summary: "the host port is reserved on every instance",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["RESOURCE:PORTS"]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(mode) = container.task().as_ref().and_then(TaskDefinition::instance_network) else { return };
    for mapping in container.port_mappings().items() {
        let Some((port, owner)) = mapping.reserved_host_port(mode) else { continue };
        let help = if mode == NetworkMode::Host {
            "make the container listen on another port"
        } else {
            "use another `hostPort`, or 0 to let Docker choose a free one"
        };
        report.add(
            Problem::new(
                format!("{} uses host port {port}, which ECS reserves for {owner}", container.title()),
                port.label(format!("used by {owner} on every instance")),
            )
            .help(help)
            .reply(0, &[]),
        );
    }
}
