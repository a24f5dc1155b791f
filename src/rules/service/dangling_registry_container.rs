use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, NetworkMode, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "dangling-registry-container",
    summary: "a service registry names a container or a port that the task definition does not have",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRegistry.html"],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(task) = service.task_definition() else { return };
    // Without a network, ports do not matter.
    if !task.writes(NetworkMode::None).is_no() || !service.is_external().is_no() {
        return;
    }
    for registry in service.registries().items() {
        let Some(name) = registry.container_name().known() else { continue };
        let Some(container) = task.container(&name) else {
            // If a load balancer uses the same wrong name, the rule about load balancers reports it.
            let balancers = service.load_balancers();
            let may_report_it = !balancers.is_complete()
                || balancers.items().any(|one| match one.container_name() {
                    Field::Known(other) => *other == *name,
                    Field::Missing => false,
                    Field::Unknown(_) => true,
                });
            if task.knows_all_container_names() && !may_report_it {
                report.add(
                    Problem::new(
                        format!("the task definition has no container `{name}`"),
                        name.label("service discovery points here"),
                    )
                    .also(task.name_label(format!("its containers: {}", task.listed_container_names())))
                    .help("use the name of the container that receives the traffic"),
                );
            }
            continue;
        };
        let Some(port) = registry.container_port().known().filter(|port| container.maps(**port).is_no())
        else {
            continue;
        };
        report.add(
            Problem::new(
                format!("container `{name}` does not map port {port}"),
                port.label("service discovery points here"),
            )
            .also(container.label("does not map this port"))
            .help(format!("use the port that the process listens on, or add `{{\"containerPort\": {port}}}` to the `portMappings` of the container")),
        );
    }
}
