use crate::finding::{Category, Problem, Severity};
use crate::model::{Endpoint, Service, View, repeated, repeated_by};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-service-connect-name",
    summary: "two Service Connect entries have the same name or client alias",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectClientAlias.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(connect) = service.service_connect().filter(|_| !service.is_described()) else { return };
    for (first, second) in repeated_by(connect.services().items(), |one| one.name()) {
        let Some(name) = second.name().known() else { continue };
        report.add(
            Problem::new(
                format!("two Service Connect entries have the name `{name}`"),
                second.name_label("the same name again"),
            )
            .also(first.name_label("first used here"))
            .help("give each entry a unique `discoveryName`"),
        );
    }
    let endpoints: Vec<Endpoint> = connect.endpoints().collect();
    let keyed = endpoints.iter().map(|one| ((one.host.as_str(), one.port.value()), one));
    for (first, second) in repeated(keyed) {
        if follows(first, second) {
            continue;
        }
        report.add(
            Problem::new(format!("two client aliases use `{second}`"), second.label("used again"))
                .also(first.label("first used here"))
                .help("give each alias a unique `dnsName` or `port`"),
        );
    }
}

/// Whether two endpoints coincide only because their entries have the same name.
fn follows(first: &Endpoint, second: &Endpoint) -> bool {
    let name = |endpoint: &Endpoint| endpoint.service.name().known().map(|name| name.value().to_owned());
    first.dns_name.is_none()
        && second.dns_name.is_none()
        && name(first) == name(second)
        && first.service.node().index() != second.service.node().index()
}
