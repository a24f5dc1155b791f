use crate::finding::{Category, Problem, Severity};
use crate::model::{Endpoint, Service, View, repeated, repeated_by};
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
            Problem::new(
                format!("two entries of Service Connect are called `{name}`"),
                second.name_label("called so again"),
            )
            .also(first.name_label("the first of this name"))
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
            Problem::new(format!("two client aliases are `{second}`"), second.label("used again"))
                .also(first.label("the first one"))
                .help("give each entry a `dnsName` or a `port` of its own"),
        );
    }
}

/// Whether two endpoints are one only because their entries have one name.
fn follows(first: &Endpoint, second: &Endpoint) -> bool {
    let name = |endpoint: &Endpoint| endpoint.service.name().known().map(|name| name.value().to_owned());
    first.dns_name.is_none()
        && second.dns_name.is_none()
        && name(first) == name(second)
        && first.service.node().index() != second.service.node().index()
}
