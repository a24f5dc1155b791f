use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Field, Percentages, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "implicit-az-rebalancing",
    summary: "`maximumPercent` does not suit the default of Availability Zone rebalancing",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: Some(Safety::Safe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let is_new = service.is_whole() && service.is_replica().is_yes() && service.rolls().is_yes();
    if !is_new || !service.zone_rebalancing().is_missing() || may_block(service) {
        return;
    }
    // Such services are created with rebalancing disabled.
    if !service.obstacles_to_rebalancing().is_empty() || !service.knows_obstacles_to_rebalancing() {
        return;
    }
    let Some(maximum) = service.maximum_percent().known().filter(|maximum| **maximum <= 100) else { return };
    let safety = if service.may_meet_older_tool() { Safety::Shown } else { Safety::Safe };
    report.add(
        Problem::new(
            format!("{} leaves Availability Zone rebalancing to its default, which requires a `maximumPercent` above 100", service.title()),
            maximum.label("no room to start a replacement first"),
        )
        .help("set `availabilityZoneRebalancing` to `DISABLED`: new services may have it enabled by default, and then AWS rejects updates with a `maximumPercent` of 100 or less")
        .fix(service.node().set_member(safety, "availabilityZoneRebalancing", "DISABLED")),
    );
}

/// Whether the percentages block deployments, or may do so: then `maximumPercent` is the fault, which other
/// rules report.
fn may_block(service: &Service) -> bool {
    let (Some(minimum), Some(maximum)) =
        (service.minimum_healthy_percent().known(), service.maximum_percent().known())
    else {
        return true;
    };
    let both = Percentages { minimum: *minimum, maximum: *maximum, written: [None, None] };
    let blocks = |count: Field<i64>| match count {
        Field::Known(count) => both.block(*count),
        Field::Missing => false,
        Field::Unknown(_) => true,
    };
    let is_scaled_to_block = match service.scalable_target() {
        Some(target) => blocks(target.bounds().min_capacity()),
        None => service.may_be_scaled(),
    };
    (both.minimum, both.maximum) == (100, 100) || blocks(service.desired_count()) || is_scaled_to_block
}
