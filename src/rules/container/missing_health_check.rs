use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Field, Service, awaited_names};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-health-check",
    summary: "an essential container that serves a port has no health check",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html"],
    check: Check::ContainersInProject(check),
};

fn check(containers: &[Container], report: &mut Report) {
    let Some(some) = containers.first().filter(|container| container.sees_siblings()) else { return };
    let task = some.task();
    // Something else notices if the tasks no longer answer.
    if task.is_some_and(|task| !task.any_service(Service::watches_tasks).is_no()) {
        return;
    }
    let Some(awaited) = awaited_names(containers) else { return };
    let is_awaited = |one: &Container| match one.name() {
        Field::Known(name) => awaited.contains(name.value()),
        Field::Missing => false,
        Field::Unknown(_) => !awaited.is_empty(),
    };
    let unchecked: Vec<&Container> = containers
        .iter()
        .filter(|one| one.lacks_health_check() && one.serves_ports() && !is_awaited(one))
        .collect();
    let Some((first, others)) = unchecked.split_first() else { return };
    let message = match others.len() {
        0 => format!("{} has no health check: ECS does not notice if it hangs", first.title()),
        more => format!("{} containers have no health check: ECS does not notice if they hang", more + 1),
    };
    let port = first.port_mappings().items().find_map(|mapping| mapping.container_port().known());
    let address = port.map_or_else(|| "localhost".to_owned(), |port| format!("localhost:{port}"));
    report.add(
        Problem::new(message, first.label("serves a port, but nothing checks it"))
            .also_each(others.iter().map(|other| other.label("no `healthCheck` here either")))
            .help(format!("add a `healthCheck` with a command that fails if the container does, such as `curl -f http://{address}/ || exit 1`; you do not need one behind a load balancer")),
    );
}
