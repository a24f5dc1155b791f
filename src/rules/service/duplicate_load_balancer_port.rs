use crate::finding::{Category, Problem, Severity};
use crate::model::{NetworkMode, PortMapping, Protocol, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-load-balancer-port",
    summary: "a load balancer uses a container port that is mapped for both TCP and UDP",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "Container port {port} is used in more than one port mapping for container {name}",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/aws/amazon-ecs-agent/issues/3428",
        "https://github.com/terraform-aws-modules/terraform-aws-ecs/issues/89",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(task) = service.task_definition().filter(|_| !service.is_described()) else { return };
    // Without a network, AWS rejects the port mappings themselves.
    if !task.writes(NetworkMode::None).is_no() {
        return;
    }
    for balancer in service.load_balancers().items() {
        let (Some(name), Some(port)) = (balancer.container_name().known(), balancer.container_port().known())
        else {
            continue;
        };
        let Some(container) = task.container(&name) else { continue };
        let mapping_of = |protocol: Protocol| {
            let is_it = |mapping: &PortMapping| mapping.protocol() == Some(protocol);
            let mut mappings = container.port_mappings().items().filter(is_it);
            mappings.find_map(|mapping| mapping.container_port().known().filter(|own| **own == *port))
        };
        let (Some(tcp), Some(udp)) = (mapping_of(Protocol::Tcp), mapping_of(Protocol::Udp)) else { continue };
        report.add(
            Problem::new(
                format!("a load balancer uses port {port} of {}, which is mapped for both TCP and UDP", container.title()),
                port.label("TCP or UDP: the port alone does not say"),
            )
            .also(tcp.label("mapped for TCP"))
            .also(udp.label("mapped for UDP"))
            .help("AWS has rejected this so far: run one service per protocol, or let the container listen on two ports")
            .reply(0, &[("port", &port), ("name", &name)]),
        );
    }
}
