use crate::finding::{Category, Label, Problem, Severity};
use crate::model::{Container, Known, NetworkMode, Percentages, Service, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::counted;

pub(super) const RULE: Rule = Rule {
    id: "static-host-port",
    summary: "a container takes a fixed port of its instance",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
    ],
    check: Check::ContainerInProject(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(task) = container.task() else { return };
    let Some(mode) = task.instance_network() else { return };
    if !task.any_service(Service::replaces_in_place).is_no() {
        return;
    }
    let ports: Vec<Known<i64>> = fixed_ports(container, &task, mode).collect();
    let Some((first, others)) = ports.split_first() else { return };
    let help = if mode == NetworkMode::Host {
        "to run several tasks on an instance, use network mode `awsvpc`, or `bridge` with `hostPort` 0"
    } else {
        "set `hostPort` to 0 to let Docker choose a free port, which a load balancer finds by itself"
    };
    report.add(
        Problem::new(
            format!(
                "{} takes port {first} of its instance, which can run only one such task",
                container.title()
            ),
            first.label("one task at a time can use this port"),
        )
        .also_each(others.iter().map(|other| other.label("this one too")))
        .also_each(task.services().find_map(|service| instances_label(&service)))
        .help(help),
    );
}

/// The fixed host ports of a container, except those that are a fault of their own.
fn fixed_ports<'d>(
    container: &Container<'d>,
    task: &TaskDefinition<'d>,
    mode: NetworkMode,
) -> impl Iterator<Item = Known<'d, i64>> {
    container.port_mappings().items().filter_map(move |mapping| {
        let is_whole = !mapping.container_port().is_missing() && mapping.container_port_range().is_missing();
        let has_owner = mapping.may_be_reserved(mode) || task.ephemeral_host_port(&mapping).is_some();
        // Without a `hostPort`, network mode `host` is the reason for the port.
        let is_written = mapping.host_port().known().is_some();
        mapping.fixed_host_port(mode).filter(|_| is_written && is_whole && !has_owner)
    })
}

/// How many instances the service needs.
fn instances_label(service: &Service) -> Option<Label> {
    let count = service.desired_count().known().filter(|count| **count > 0)?;
    let is_added = |percentages: Percentages| percentages.lower(*count) >= *count;
    let more = if service.percentages().is_some_and(is_added) { ", and one more to deploy" } else { "" };
    Some(count.label(format!("needs {}{more}", counted(*count, "instance"))))
}
