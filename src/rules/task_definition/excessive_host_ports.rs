use std::collections::BTreeSet;

use crate::finding::{Category, Problem, Severity};
use crate::model::{NetworkMode, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "excessive-host-ports",
    summary: "a task needs more host ports than an instance can reserve",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html",
        "https://github.com/aws/containers-roadmap/issues/331",
    ],
    check: Check::TaskDefinition(check),
};

/// How many ports an instance can reserve at a time.
const MOST: i64 = 100;

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(mode) = task.instance_network() else { return };
    let mut taken = BTreeSet::new();
    let mut needed = 0;
    let mut beyond = None;
    for (_, mapping) in task.port_mappings() {
        let (Some(protocol), Some(ports)) = (mapping.protocol(), mapping.fixed_host_ports(mode)) else {
            continue;
        };
        // A port that is mapped twice is reported by another rule.
        if taken.insert((protocol, ports.first, ports.last)) {
            needed += ports.last - ports.first + 1;
        }
        if needed > MOST && beyond.is_none() {
            beyond = Some(ports);
        }
    }
    let Some(beyond) = beyond else { return };
    let help = if mode == NetworkMode::Host {
        "use network mode `awsvpc`, which gives each task its own ports, or split the task"
    } else {
        "delete `hostPort`, or set it to 0, wherever Docker may choose the port; or use network mode `awsvpc`"
    };
    report.add(
        Problem::new(
            format!(
                "the task needs {needed} fixed host ports, but an instance can reserve only {MOST}: the task is never placed"
            ),
            beyond.label(format!("more than {MOST} from here on")),
        )
        .help(help),
    );
}
