use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, NetworkMode, PortMapping, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ignored-app-protocol",
    summary: "a Service Connect setting of a port mapping has no effect",
    category: Category::Ignored,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html",
    ],
    check: Check::ContainerInProject(check),
};

fn check(container: &Container, report: &mut Report) {
    let task = container.task();
    // With `none` the port mapping itself is rejected, and Fargate rejects both modes.
    let off_fargate = task.filter(|task| task.is_fargate().is_no());
    if off_fargate.is_some_and(|task| task.writes_mode(&[NetworkMode::None]).is_some()) {
        return;
    }
    // If a service refers to a port by this name, `dangling-port-name` reports it.
    let may_be_told_by_service =
        task.is_some_and(|task| !task.any_service(|service| service.misses_port_name(&task)).is_no());
    for mapping in container.port_mappings().items() {
        if let Some(problem) = off_fargate.and_then(|task| without_service_connect(&task, &mapping)) {
            report.add(problem);
        } else if mapping.name().is_missing()
            && mapping.empty_name().is_none()
            && let Some(protocol) = mapping.app_protocol().present()
            && !may_be_told_by_service
        {
            let fix = protocol.delete(Safety::Shown);
            report.add(
                Problem::new(
                    format!(
                        "`appProtocol` of a port mapping of {} has no effect: the port has no name",
                        container.title()
                    ),
                    protocol.key_label("used only by Service Connect"),
                )
                .help("add a `name`, by which Service Connect finds the port, or delete `appProtocol`")
                .fix(fix)
                .unless(protocol.doubt()),
            );
        }
    }
}

/// Network mode `host` does not support Service Connect, so its settings have no effect.
fn without_service_connect(task: &TaskDefinition, mapping: &PortMapping) -> Option<Problem> {
    let mode = task.writes_mode(&[NetworkMode::Host])?;
    let keys = [("appProtocol", mapping.app_protocol()), ("name", mapping.name())];
    let (key, written) = keys.into_iter().find_map(|(key, field)| Some((key, field.present()?)))?;
    let problem = Problem::new(
        format!("`{key}` of a port mapping has no effect with network mode `host`"),
        written.key_label("used only by Service Connect"),
    );
    Some(
        problem
            .also(mode.label("does not support Service Connect"))
            .help(format!("delete `{key}`, or use network mode `bridge` or `awsvpc` for Service Connect"))
            .unless(written.doubt()),
    )
}
