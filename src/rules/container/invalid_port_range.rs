use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety, Spot};
use crate::model::{Container, Known, PortMapping, Ports};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-port-range",
    summary: "a port range is not valid",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&["Invalid 'containerPortRange' setting for container '{container}'."]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    for mapping in container.port_mappings().items() {
        let Some(range) = mapping.container_port_range().known() else { continue };
        let ports = Ports::read(&range);
        if ports.is_some_and(|ports| ports.is_range()) {
            continue;
        }
        let mut problem = Problem::new(
            format!("`{range}` of {} is not a valid port range", container.title()),
            range.label(reason(ports)),
        )
        .help("use the first and the last port, joined by a hyphen, such as `8000-8010`");
        if let Some(name) = container.name().known() {
            problem = problem.reply(0, &[("container", &name)]);
        }
        report.add(suggest(problem, &mapping, &range, ports));
    }
}

fn reason(ports: Option<Ports>) -> &'static str {
    match ports {
        None => "must be `<first>-<last>`",
        Some(ports) if ports.first > ports.last => "the first port is larger than the last",
        Some(ports) if ports.first == ports.last => "a single port is not a range",
        Some(_) => "ports must be from 1 to 65535",
    }
}

fn suggest(problem: Problem, mapping: &PortMapping, range: &Known<&str>, ports: Option<Ports>) -> Problem {
    let single = match ports {
        Some(ports) if ports.first == ports.last => Some(ports.first),
        Some(_) => None,
        None => range.parse::<i64>().ok(),
    };
    if let (Some(port), Some(key)) = (single.filter(|port| (1..=65535).contains(port)), range.node().key()) {
        if !mapping.container_port().is_missing() {
            return problem.help("delete `containerPortRange`: for a single port, use `containerPort`");
        }
        let changes = [Change::Rename(key, "containerPort"), Change::Replace(range.node(), port.into())];
        let fix = Fix::new(Safety::Shown, format!("replace it with `containerPort` {port}"), &changes);
        return problem.help(format!("for a single port, set `containerPort` to {port}")).fix(fix);
    }
    let Some(turned) =
        ports.map(|ports| Ports { first: ports.last, last: ports.first }).filter(Ports::is_range)
    else {
        return problem;
    };
    problem
        .help(format!("use `{turned}`: the smaller port comes first"))
        .fix(range.set(Safety::Shown, turned.to_string()))
}
