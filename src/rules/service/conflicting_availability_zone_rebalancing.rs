use crate::finding::{Category, Label, Problem, Severity};
use crate::model::{LaunchType, Service, View, ZONE_FIELD};
use crate::rule::{Check, Profile, Reply, Report, Rule, page};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-availability-zone-rebalancing",
    summary: "Availability Zone rebalancing is enabled, but the service does not support it",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "Availability Zone Rebalancing does not support maximumPercent <= 100 % as deployment configuration.",
    ]),
    settings: &[],
    sources: &["https://github.com/aws/aws-cdk/issues/32259"],
    page: page!("service/conflicting-availability-zone-rebalancing"),
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let zones = service.zone_rebalancing().known().filter(|zones| zones.value() == "ENABLED");
    let Some(zones) = zones.filter(|_| service.says_daemon().is_no() && !service.is_described()) else {
        return;
    };
    let maximum = service.maximum_percent().known().filter(|maximum| **maximum <= 100);
    let mut reasons: Vec<Label> = maximum
        .iter()
        .map(|maximum| maximum.label("must be above 100 to start a replacement task first"))
        .collect();
    reasons.extend(first_strategy(service));
    reasons.extend(service.placement_constraints().items().filter_map(|constraint| {
        let is_member = constraint.kind().known().is_some_and(|kind| kind.value() == "memberOf");
        let written = constraint.expression().known().filter(|_| is_member)?;
        written.contains(ZONE_FIELD).then(|| written.label("this constraint selects the zone"))
    }));
    reasons.extend(service.classic_load_balancers().map(|(_, name)| name.label("a Classic Load Balancer")));
    reasons.extend(
        service
            .launches_on(LaunchType::External)
            .map(|external| external.label("external instances have no Availability Zones")),
    );
    if reasons.is_empty() {
        return;
    }
    let problem = Problem::new(
        format!(
            "{} enables Availability Zone rebalancing, but its settings do not allow it",
            service.title()
        ),
        zones.label("enabled here"),
    )
    .also_each(reasons)
    .help("set `availabilityZoneRebalancing` to `DISABLED`, or change the settings that prevent it");
    report.add(problem.reply_if(maximum.map(|_| 0)));
}

/// The first placement strategy, if it does not spread tasks across zones.
fn first_strategy(service: &Service) -> Option<Label> {
    // On Fargate, the strategy itself is the problem.
    if !service.is_fargate().is_no() {
        return None;
    }
    let list = service.placement_strategy();
    let first = list.items().next().filter(|_| list.is_complete())?;
    let kind = first.kind().known()?;
    let spreads = kind.value() == "spread" && first.field().known()?.eq_ignore_ascii_case(ZONE_FIELD);
    (!spreads).then(|| first.label("the first strategy must spread across zones"))
}
