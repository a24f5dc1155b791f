use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{NetworkMode, PortMapping, Service, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-host-port",
    summary: "a Classic Load Balancer sends traffic to a port that has no fixed host port",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&["A host port mapping for the container port {port} is required."]),
    settings: &[],
    sources: &[
        "https://github.com/hashicorp/terraform/issues/24274",
        "https://github.com/aws/aws-sdk-go/issues/818",
        "https://github.com/aws/aws-sdk-js/issues/1397",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(task) = service.task_definition().filter(|_| !service.is_described()) else { return };
    // If the task has a network interface, the Classic Load Balancer itself is the fault.
    if task.instance_network() != Some(NetworkMode::Bridge) || !service.is_fargate().is_no() {
        return;
    }
    for (balancer, name) in service.classic_load_balancers() {
        let (Some(container), Some(port)) =
            (balancer.container_name().known(), balancer.container_port().known())
        else {
            continue;
        };
        let Some(container) = task.container(&container) else { continue };
        let mappings = container.port_mappings();
        let mapped: Vec<PortMapping> = mappings
            .items()
            .filter(|mapping| mapping.container_port().known().is_some_and(|own| *own == *port))
            .collect();
        let Some(first) = mapped.first().filter(|_| mappings.is_complete()) else { continue };
        if !mapped.iter().all(PortMapping::has_dynamic_host_port) {
            continue;
        }
        let label = match (first.host_port().known(), first.container_port().known()) {
            (Some(dynamic), _) => dynamic.label("Docker chooses a port on the instance"),
            (None, Some(own)) => own.label("no `hostPort`: Docker chooses a port on the instance"),
            (None, None) => continue,
        };
        report.add(
            Problem::new(
                format!(
                    "the Classic Load Balancer `{name}` cannot reach port {port} of {}: its host port is dynamic",
                    container.title()
                ),
                port.label("the load balancer sends its traffic here"),
            )
            .also(label)
            .help(format!(
                "set `hostPort` to {port} in the port mapping, or use an Application or Network Load Balancer, which finds dynamic ports"
            ))
            .reply(0, &[("port", &port)])
            .fix(first.node().set_member(Safety::Shown, "hostPort", *port))
            .unless(name.doubt()),
        );
    }
}
