use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Field, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "disabled-az-rebalancing",
    summary: "Availability Zone rebalancing is turned off",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: Some(Safety::Unsafe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let zones = service.sets_zone_rebalancing("DISABLED").filter(|_| could_rebalance(service));
    let Some(zones) = zones else { return };
    report.add(
        Problem::new(
            format!("{} does not rebalance its tasks across Availability Zones", service.title()),
            zones.label("after an outage, the tasks stay in the other zones"),
        )
        .help("set `availabilityZoneRebalancing` to `ENABLED`: ECS then starts tasks in the zone with the fewest before it stops others")
        .fix(zones.set(Safety::Unsafe, "ENABLED")),
    );
}

/// Whether AWS certainly allows rebalancing, and there may be something to rebalance.
fn could_rebalance(service: &Service) -> bool {
    let is_replica = service.is_replica().is_yes() && service.is_controlled_by("ECS").is_yes();
    let has_tasks = match service.desired_count() {
        Field::Known(count) => *count > 1,
        Field::Missing => true,
        Field::Unknown(_) => false,
    };
    let has_room = match service.maximum_percent() {
        Field::Known(maximum) => *maximum > 100,
        Field::Missing => true,
        Field::Unknown(_) => false,
    };
    let has_subnets = match service.awsvpc_configuration() {
        Field::Known(network) => {
            network.subnet_list().is_complete() && network.subnet_list().items().count() > 1
        }
        Field::Missing => true,
        Field::Unknown(_) => false,
    };
    let is_allowed =
        service.obstacles_to_rebalancing().is_empty() && service.knows_obstacles_to_rebalancing();
    is_replica && has_tasks && has_room && has_subnets && is_allowed
}
