use std::collections::BTreeSet;

use crate::finding::{Category, Problem, Severity};
use crate::model::{Known, Service, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::spelling::nearest_of_few;

pub(super) const RULE: Rule = Rule {
    id: "dangling-load-balancer-container",
    summary: "a load balancer names a container that the task definition does not have",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["The container {name} does not exist in the task definition."]),
    settings: &[],
    sources: &["https://github.com/aws/amazon-ecs-agent/issues/1276"],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(task) = service.task_definition() else { return };
    if !task.knows_all_container_names() {
        return;
    }
    // The same wrong name in several places is one mistake.
    let mut reported = BTreeSet::new();
    for balancer in service.load_balancers().items() {
        let Some(name) = balancer.container_name().known() else { continue };
        if task.container(&name).is_some() || !reported.insert(name.value()) {
            continue;
        }
        let is_same = |other: &Known<&str>| **other == *name && other.node().index() != name.node().index();
        let balancers = service.load_balancers().items().filter_map(|other| other.container_name().known());
        let registries = service.registries().items().filter_map(|other| other.container_name().known());
        let others = balancers.filter(is_same).map(|other| other.label("also used here"));
        let others: Vec<_> = others
            .chain(registries.filter(is_same).map(|other| other.label("service discovery also points here")))
            .collect();
        let problem = Problem::new(
            format!("the task definition has no container `{name}`"),
            name.label("the load balancer sends traffic here"),
        )
        .also_each(others)
        .also(task.name_label(format!("its containers: {}", task.listed_container_names())))
        .reply(0, &[("name", &name)]);
        report.add(problem.help(help(&task, &name, balancer.container_port().known().map(|port| *port))));
    }
}

/// Suggests the container that maps the port, or the one with the nearest_of_few name.
fn help(task: &TaskDefinition, name: &str, port: Option<i64>) -> String {
    let maps = |port: i64| {
        let maps_it = move |container: &crate::model::Container| {
            container
                .port_mappings()
                .items()
                .any(|mapping| mapping.container_port().known().is_some_and(|own| *own == port))
        };
        let mut containers = task.containers().filter(maps_it);
        let first = containers.next();
        first.filter(|_| containers.next().is_none()).and_then(|container| container.name().known())
    };
    if let Some((port, container)) = port.and_then(|port| Some((port, maps(port)?))) {
        return format!("did you mean container `{container}`, which maps port {port}?");
    }
    let names: Vec<String> =
        task.containers().filter_map(|one| Some(one.name().known()?.to_string())).collect();
    match nearest_of_few(name, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "use the name of the container that receives the traffic".to_owned(),
    }
}
