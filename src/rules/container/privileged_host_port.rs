use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Known, NetworkMode};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "privileged-host-port",
    summary: "a container uses a host port below 1024",
    category: Category::Security,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://www.cisecurity.org/benchmark/docker",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(task) = container.task() else { return };
    let Some(mode) = task.instance_network() else { return };
    // Windows has no privileged ports.
    if !task.says_windows().is_no() {
        return;
    }
    let mappings = container.port_mappings().items();
    // A reserved port is reported by `reserved-host-port`.
    let free = mappings.filter(|mapping| !mapping.may_be_reserved(mode));
    let ports = free.filter_map(|mapping| mapping.fixed_host_port(mode));
    let ports: Vec<Known<i64>> = ports.filter(|port| (1..FIRST_UNPRIVILEGED).contains(&**port)).collect();
    let Some((first, others)) = ports.split_first() else { return };
    let title = container.title();
    let message = if others.is_empty() {
        format!("{title} uses the privileged host port {first}")
    } else {
        format!("{title} uses {} privileged host ports", ports.len())
    };
    let help = match mode {
        NetworkMode::Host => "let the container listen on a port above 1023",
        _ => "set `hostPort` to 0 and let a load balancer find the port, or use one above 1023",
    };
    report.add(
        Problem::new(message, first.label("ports below 1024 are for the system's own services"))
            .also_each(others.iter().map(|port| port.label("so is this one")))
            .help(help),
    );
}

const FIRST_UNPRIVILEGED: i64 = 1024;
