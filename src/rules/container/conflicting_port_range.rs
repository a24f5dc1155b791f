use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, both};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-port-range",
    summary: "a port mapping has both a port range and a single port",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "Invalid port mapping for container '{container}', cannot specify both single port and port range.",
    ]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    for mapping in container.port_mappings().items() {
        let singles = [("containerPort", mapping.container_port()), ("hostPort", mapping.host_port())];
        let range = mapping.container_port_range().present();
        let mut conflicts =
            singles.into_iter().filter_map(|(key, port)| Some((key, both(port.present(), range)?)));
        let Some((key, (port, range))) = conflicts.next() else { continue };
        let mut problem = Problem::new(
            format!("a port mapping of {} has both `{key}` and `containerPortRange`", container.title()),
            port.key_label("a single port"),
        )
        .also(range.key_label("a range of ports"))
        .help(if key == "hostPort" {
            "delete `hostPort`: for a range, the host ports are chosen for you"
        } else {
            "keep one of the two, or split them into two port mappings"
        })
        .unless(port.doubt())
        .unless(range.doubt());
        if let Some(name) = container.name().known() {
            problem = problem.reply(0, &[("container", &name)]);
        }
        // A host port of 0 means any port, and it is not known whether AWS counts it as a single port.
        if key == "hostPort" && port.node().as_integer() == Some(0) {
            problem = problem.at_most(Severity::Warning);
        }
        report.add(problem);
    }
}
