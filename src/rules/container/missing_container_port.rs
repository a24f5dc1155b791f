use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-container-port",
    summary: "a port mapping has no container port",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["Invalid 'containerPort' setting for container '{container}'."]),
    settings: &[],
    sources: &[
        "https://github.com/aws/aws-cli/issues/7288",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    for mapping in container.port_mappings().items().filter(|mapping| !mapping.is_blank()) {
        if !mapping.container_port().is_missing() || !mapping.container_port_range().is_missing() {
            continue;
        }
        let label = match mapping.host_port().known() {
            Some(port) => port.label("a host port without a container port"),
            None => mapping.label("neither `containerPort` nor `containerPortRange` is set"),
        };
        let mut problem =
            Problem::new(format!("a port mapping of {} has no container port", container.title()), label)
                .help("add `containerPort`: the port that the process in the container listens on");
        if let Some(name) = container.name().known() {
            problem = problem.reply(0, &[("container", &name)]);
        }
        report.add(problem);
    }
}
