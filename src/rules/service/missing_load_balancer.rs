use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-load-balancer",
    summary: "nothing routes traffic to a service that publishes a port",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/networking-connecting-services.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let is_routed = service.watches_tasks().is_no() && service.registries().is_missing();
    // Other controllers route the traffic themselves, and a daemon serves its own instance.
    if !is_routed || !service.is_replica().is_yes() || !service.is_controlled_by("ECS").is_yes() {
        return;
    }
    let Some(task) = service.task_definition() else { return };
    let server = task.containers().find(Container::serves_ports);
    let Some(server) = server else { return };
    let port = server.port_mappings().items().find_map(|mapping| mapping.container_ports());
    let what = port.map_or_else(|| "a port".to_owned(), |port| format!("port {port}"));
    report.add(
        Problem::new(
            format!("nothing routes traffic to {}, but {} publishes {what}", service.title(), server.title()),
            service.name_label("no load balancer, VPC Lattice, service discovery or Service Connect"),
        )
        .also(port.map_or_else(|| server.label("published here"), |port| port.label("published here")))
        .help("if other programs call it, add a load balancer or Service Connect: they find the tasks and watch them"),
    );
}
