use crate::finding::{Category, Problem, Severity};
use crate::model::{Folder, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-service-connect-name",
    summary: "two services use the same Service Connect name in one namespace",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html"],
    check: Check::Folder(check),
};

fn check(folder: &Folder, report: &mut Report) {
    let named = folder.services.iter().filter(|service| service.name().known().is_some());
    let connected: Vec<_> = named.filter_map(|service| Some((service, service.service_connect()?))).collect();
    let names = connected.iter().flat_map(|(service, connect)| {
        let namespace = connect.namespace().known().map(|name| name.value());
        connect
            .services()
            .items()
            .filter_map(move |one| Some(((namespace?, one.name().known()?.value()), (*service, one))))
    });
    let pairs = folder.contradictions(
        names,
        |(service, _)| service.node(),
        |(one, _), (other, _)| are_variants(one, other),
    );
    for ((first_service, first), (service, second)) in pairs {
        let Some(name) = second.name().known() else { continue };
        report.add(
            Problem::new(
                format!(
                    "{} and {} both use the name `{name}` in one namespace",
                    first_service.title(),
                    service.title()
                ),
                second.name_label("used here too"),
            )
            .also(first.name_label("first used here"))
            .help("give each a unique `discoveryName`"),
        );
    }
    let endpoints: Vec<_> = connected
        .iter()
        .filter_map(|(service, connect)| Some((service, connect, connect.namespace().known()?.value())))
        .flat_map(|(service, connect, namespace)| {
            connect.endpoints().map(move |one| (*service, namespace, one))
        })
        // Without a `dnsName`, an alias follows the name of its entry.
        .filter(|(_, _, endpoint)| endpoint.dns_name.is_some())
        .collect();
    let keyed = endpoints.iter().map(|one| ((one.1, one.2.host.as_str(), one.2.port.value()), one));
    let pairs = folder.contradictions(
        keyed,
        |(service, ..)| service.node(),
        |(one, ..), (other, ..)| are_variants(one, other),
    );
    for ((first_service, _, first), (service, _, second)) in pairs {
        report.add(
            Problem::new(
                format!(
                    "{} and {} are both reached at `{second}` in one namespace",
                    first_service.title(),
                    service.title()
                ),
                second.label("used here too"),
            )
            .also(first.label("first used here"))
            .help("give each a different `dnsName` or `port`"),
        );
    }
}

/// Whether two documents are for services with the same name.
fn are_variants(one: &Service, other: &Service) -> bool {
    one.name().known().map(|name| name.value()) == other.name().known().map(|name| name.value())
}
