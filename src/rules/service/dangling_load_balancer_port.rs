use serde_json::json;

use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety, Spot, in_one_line};
use crate::model::{Container, NetworkMode, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "dangling-load-balancer-port",
    summary: "a load balancer names a port that its container does not map",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&["The container {name} did not have a container port {port} defined."]),
    settings: &[],
    sources: &["https://github.com/aws-samples/aws-modern-application-workshop/issues/165"],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(task) = service.task_definition() else { return };
    // Without a network, ports do not matter: `unsupported-network-mode` reports that.
    if !task.writes(NetworkMode::None).is_no() {
        return;
    }
    for balancer in service.load_balancers().items() {
        let (Some(name), Some(port)) = (balancer.container_name().known(), balancer.container_port().known())
        else {
            continue;
        };
        let Some(container) = task.container(&name) else { continue };
        if container.maps(*port).is_no() {
            report.add(problem(
                &container,
                &name,
                port.value(),
                port.label("the load balancer sends traffic here"),
            ));
        }
    }
}

fn problem(container: &Container, name: &str, port: i64, label: crate::finding::Label) -> Problem {
    let mapped: Vec<i64> = container
        .port_mappings()
        .items()
        .filter_map(|mapping| Some(*mapping.container_port().known()?))
        .collect();
    let listed = mapped.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
    let maps = if mapped.is_empty() { "maps no ports".to_owned() } else { format!("maps {listed}") };
    let problem = Problem::new(format!("container `{name}` does not map port {port}"), label)
        .also(container.label(maps))
        .reply(0, &[("name", &name), ("port", &port)]);
    let mapping = json!({"containerPort": port, "protocol": "tcp"});
    let shown = in_one_line(&mapping);
    match (mapped.as_slice(), container.port_mappings().known(), container.node().get("portMappings")) {
        ([one], ..) => problem.help(format!(
            "set `containerPort` to {one} if the process listens on that port, or map port {port}"
        )),
        ([], None, None) => {
            let fix = Fix::new(
                Safety::Shown,
                format!("map port {port} in container `{name}`"),
                &[Change::Insert(container.node(), "portMappings", json!([mapping]))],
            );
            problem.help(format!("add `\"portMappings\": [{shown}]` to the container")).fix(fix)
        }
        ([], _, Some(list)) => {
            let fix = list
                .set(Safety::Shown, json!([mapping]))
                .titled(format!("map port {port} in container `{name}`"));
            problem.help(format!("add `{shown}` to `portMappings`")).fix(fix)
        }
        _ => problem.help(format!("add `{shown}` to `portMappings` of the container")),
    }
}
