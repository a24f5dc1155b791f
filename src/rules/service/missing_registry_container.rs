use crate::finding::{Category, Problem, Severity};
use crate::model::{Service, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-registry-container",
    summary: "a service registry names no container port in network mode bridge or host",
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
    let Some(mode) = task.instance_network().filter(|_| service.has_registries_of_its_own()) else { return };
    for registry in service.registries().items() {
        // `conflicting-registry-port` reports half of the pair.
        if !registry.container_name().is_missing() || !registry.container_port().is_missing() {
            continue;
        }
        let label = match task.network_mode().known() {
            Some(mode) => mode.label("tasks share the address of their instance"),
            None => task.name_label("no `networkMode`, which means `bridge`"),
        };
        report.add(
            Problem::new(
                format!("service discovery in network mode `{mode}` requires a container and its port"),
                registry.missing_label("containerName", "neither `containerName` nor `containerPort`"),
            )
            .also(label)
            .help(
                "set `containerName` and `containerPort` and use `SRV` records, or use network mode `awsvpc`",
            ),
        );
    }
}
