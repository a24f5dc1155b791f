use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, LaunchType, WINDOWS_RESERVED_PORT};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "reserved-windows-port",
    summary: "Fargate reserves this port in Windows tasks",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(task) = container.task().filter(|task| task.is_windows().is_yes()) else { return };
    let (Some(fargate), Some(family)) =
        (task.requirement(LaunchType::Fargate), task.operating_system().known())
    else {
        return;
    };
    for mapping in container.port_mappings().items() {
        let Some(ports) = mapping.container_ports().filter(|ports| ports.contains(WINDOWS_RESERVED_PORT))
        else {
            continue;
        };
        report.add(
            Problem::new(
                format!(
                    "{} maps port {WINDOWS_RESERVED_PORT}, which Fargate reserves in Windows tasks",
                    container.title()
                ),
                ports.label(format!("{WINDOWS_RESERVED_PORT} is reserved")),
            )
            .also(fargate.label("targets Fargate"))
            .also(family.label("runs Windows"))
            .help("make the container listen on another port"),
        );
    }
}
