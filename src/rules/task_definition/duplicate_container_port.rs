use crate::finding::{Category, Problem, Severity};
use crate::model::{Known, NetworkMode, PortMapping, Ports, Protocol, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-container-port",
    summary: "a container port is mapped twice in a task with network mode `awsvpc`",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "TCP container port '{port}' is used multiple times in task when networkMode=awsvpc.",
    ]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(mode) = task.writes_mode(&[NetworkMode::Awsvpc]) else { return };
    let mappings = task.port_mappings().filter_map(|(container, mapping)| {
        let (protocol, ports) = mapped(&mapping)?;
        Some((container, protocol, ports))
    });
    let mappings: Vec<_> = mappings.collect();
    for (at, (container, protocol, ports)) in mappings.iter().enumerate() {
        let earlier = mappings[..at].iter().filter(|(_, other, _)| other == protocol);
        let clash =
            earlier.filter_map(|(other, _, taken)| Some((other, taken, taken.shared_with(ports)?))).next();
        let Some((other, taken, port)) = clash else { continue };
        // A duplicated container maps its ports twice: `duplicate-container-name`.
        if container.may_share_name(other) {
            continue;
        }
        let problem = Problem::new(
            other.both_map(container, &format!("{protocol} port {port}")),
            ports.label("already mapped"),
        )
        .also(taken.label("first mapped here"))
        .also(mode.label("all containers of the task share one network interface"))
        .help("let one of the two listen on another port, or delete the mapping that is a duplicate");
        report.add(match protocol {
            Protocol::Tcp => problem.reply(0, &[("port", &port)]),
            Protocol::Udp => problem,
        });
    }
}

fn mapped<'d>(mapping: &PortMapping<'d>) -> Option<(Protocol, Known<'d, Ports>)> {
    Some((mapping.protocol()?, mapping.container_ports()?))
}
