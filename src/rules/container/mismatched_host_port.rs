use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, NetworkMode, PortMapping};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "mismatched-host-port",
    summary: "the host port differs from the container port, which the network mode does not allow",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&[
        "When networkMode=awsvpc, the host ports and container ports in port mappings must match.",
        "When networkMode=host, the host ports and container ports in port mappings must match.",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/pulumi/pulumi-awsx/issues/935",
        "https://github.com/aws/amazon-ecs-cli/issues/1014",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let mode = container.task().and_then(|task| task.writes_mode(&[NetworkMode::Awsvpc, NetworkMode::Host]));
    let Some(mode) = mode else { return };
    // A range next to single ports is reported by `conflicting-port-range`.
    let single = |mapping: &PortMapping| mapping.container_port_range().is_missing();
    for mapping in container.port_mappings().items().filter(single) {
        let (Some(host), Some(port)) = (mapping.host_port().known(), mapping.container_port().known()) else {
            continue;
        };
        // Whether 0 is rejected or rewritten is not known.
        if *host == 0 || *host == *port {
            continue;
        }
        report.add(
            Problem::new(
                format!("{} maps port {port} to host port {host}, but in network mode `{mode}` they must be the same", container.title()),
                host.label(format!("must also be {port}, or be removed")),
            )
            .also(port.label("the container port"))
            .also(mode.label("the network mode"))
            .help(format!(
                "delete `hostPort`; if the process listens on {host}, set `containerPort` to that"
            ))
            .reply(usize::from(mode.value() == NetworkMode::Host), &[])
            .fix(host.delete(Safety::Shown)),
        );
    }
}
