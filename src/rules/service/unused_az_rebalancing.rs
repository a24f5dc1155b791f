use crate::finding::{Category, Label, Problem, Severity};
use crate::model::{Field, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unused-az-rebalancing",
    summary: "Availability Zone rebalancing has nothing to rebalance",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    // In a description, it may be just the default.
    let is_asked_for = !service.is_described() && service.says_daemon().is_no();
    let zones = service.sets_zone_rebalancing("ENABLED").filter(|_| is_asked_for && is_allowed(service));
    let Some(zones) = zones else { return };
    let count = service.desired_count().known().filter(|count| **count == 1 && !service.may_be_scaled());
    let subnet = service.usable_network().and_then(|network| network.only_subnet());
    let reasons: Vec<Label> = [
        count.map(|count| count.label("a single task")),
        subnet.map(|subnet| subnet.label("a single subnet, in one zone")),
    ]
    .into_iter()
    .flatten()
    .collect();
    if reasons.is_empty() {
        return;
    }
    report.add(
        Problem::new(
            format!("Availability Zone rebalancing has nothing to do for {}", service.title()),
            zones.label("has no effect"),
        )
        .also_each(reasons)
        .help("run at least 2 tasks in subnets of 2 Availability Zones, or set `availabilityZoneRebalancing` to `DISABLED`"),
    );
}

/// Whether AWS certainly allows rebalancing: otherwise `conflicting-availability-zone-rebalancing` reports it.
fn is_allowed(service: &Service) -> bool {
    let has_room = match service.maximum_percent() {
        Field::Known(maximum) => *maximum > 100,
        Field::Missing => true,
        Field::Unknown(_) => false,
    };
    has_room && service.obstacles_to_rebalancing().is_empty() && service.knows_obstacles_to_rebalancing()
}
