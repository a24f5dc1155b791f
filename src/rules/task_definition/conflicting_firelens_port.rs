use crate::finding::{Category, Problem, Severity};
use crate::model::{LOG_ROUTER_PORT, NetworkMode, Protocol, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-firelens-port",
    summary: "a container maps the port that the log router listens on",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("bind: address already in use"),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(mode) = task.writes_mode(&[NetworkMode::Awsvpc, NetworkMode::Host]) else { return };
    let Some(router) = task.containers().find(|container| container.listens_for_logs().is_yes()) else {
        return;
    };
    for (container, mapping) in task.port_mappings() {
        let Some(ports) = mapping.container_ports().filter(|ports| ports.contains(LOG_ROUTER_PORT)) else {
            continue;
        };
        let is_router = !container.listens_for_logs().is_no();
        if is_router || mapping.protocol() != Some(Protocol::Tcp) {
            continue;
        }
        report.add(
            Problem::new(
                format!(
                    "{} maps port {LOG_ROUTER_PORT}, but the log router listens on it",
                    container.title()
                ),
                ports.label("the second container to open it fails"),
            )
            .also(router.label("this log router uses the port"))
            .also(mode.label("the containers share one network"))
            .help("let the container listen on another port: the port of the log router is fixed"),
        );
    }
}
