use std::collections::BTreeMap;

use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Known, NetworkMode, Protocol, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-host-port",
    summary: "a host port is mapped twice in one task",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["TCP host port '{port}' is mapped multiple times in task."]),
    settings: &[],
    sources: &["https://github.com/aws/amazon-ecs-agent/issues/1220"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(mode) = task.instance_network() else { return };
    let mut taken: BTreeMap<(Protocol, i64), (Container, Known<i64>)> = BTreeMap::new();
    for (container, mapping) in task.port_mappings() {
        let (Some(protocol), Some(port)) = (mapping.protocol(), mapping.fixed_host_port(mode)) else {
            continue;
        };
        let Some((other, first)) = taken.get(&(protocol, *port)) else {
            taken.insert((protocol, *port), (container, port));
            continue;
        };
        // A duplicated container maps its ports twice: `duplicate-container-name`.
        if container.may_share_name(other) {
            taken.insert((protocol, *port), (container, port));
            continue;
        }
        let problem = Problem::new(
            other.both_map(&container, &format!("{protocol} port {port} of the instance")),
            port.label("already mapped"),
        )
        .also(first.label("first mapped here"))
        .help(advice(mode));
        report.add(match protocol {
            Protocol::Tcp => problem.reply(0, &[("port", &port)]),
            Protocol::Udp => problem,
        });
    }
}

fn advice(mode: NetworkMode) -> &'static str {
    if mode == NetworkMode::Host {
        "let one of the two listen on another port: in network mode `host` they share the ports of the instance"
    } else {
        "set one `hostPort` to another port, or to 0 to let Docker choose a free one"
    }
}
