use crate::finding::{Category, Label, Problem, Severity};
use crate::model::{Endpoint, Field, Service, ServiceConnectService, View, repeated, repeated_by};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "duplicate-service-connect-name",
    summary: "two entries of Service Connect have one name",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectClientAlias.html",
    ],
    page: page!("service/duplicate-service-connect-name"),
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(connect) = service.service_connect().filter(|_| !service.is_described()) else { return };
    for (first, second) in repeated_by(connect.services().items(), |one| one.name()) {
        let Some(name) = second.name().known() else { continue };
        report.add(
            Problem::new(format!("two entries of Service Connect are called `{name}`"), name_label(&second, "called so again"))
                .also(name_label(&first, "the first of this name"))
                .help("give each a `discoveryName` of its own"),
        );
    }
    let endpoints: Vec<Endpoint> = connect.endpoints().collect();
    let keyed = endpoints.iter().map(|one| ((one.host.as_str(), one.port.value()), one));
    for (first, second) in repeated(keyed) {
        if follows(first, second) {
            continue;
        }
        report.add(
            Problem::new(format!("two client aliases are `{second}`"), alias_label(second, "used again"))
                .also(alias_label(first, "the first one"))
                .help("give each entry a `dnsName` or a `port` of its own"),
        );
    }
}

/// Whether two endpoints are one only because their entries have one name.
fn follows(first: &Endpoint, second: &Endpoint) -> bool {
    let name = |endpoint: &Endpoint| endpoint.service.name().known().map(|name| name.value().to_owned());
    first.dns_name.is_none() && second.dns_name.is_none() && name(first) == name(second)
        && first.service.node().index() != second.service.node().index()
}

fn name_label(entry: &ServiceConnectService, text: &str) -> Label {
    match (entry.discovery_name(), entry.port_name()) {
        (Field::Known(name), _) => name.label(text),
        (_, Field::Known(port)) => port.label(format!("{text}: no `discoveryName`")),
        _ => entry.label(text),
    }
}

fn alias_label(endpoint: &Endpoint, text: &str) -> Label {
    match endpoint.dns_name {
        Some(name) => name.label(text),
        None => endpoint.port.label(format!("{text}: no `dnsName`")),
    }
}
