use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, Known, List, PlacementStrategy, Service, ZONE_FIELD};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unspread-placement",
    summary: "the tasks are not spread across Availability Zones first",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-strategies.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let is_on_instances =
        service.may_place() && service.is_external().is_no() && service.says_daemon().is_no();
    let count = service.desired_count().known().filter(|count| **count >= 2 && is_on_instances);
    // While rebalancing is enabled, `conflicting-availability-zone-rebalancing` reports the strategy.
    let rebalances = match service.zone_rebalancing() {
        Field::Known(zones) => zones.value() == "ENABLED",
        Field::Missing => false,
        Field::Unknown(_) => true,
    };
    let strategies = service.placement_strategy();
    let Some(count) = count.filter(|_| !rebalances && strategies.is_complete()) else { return };
    let Some((kind, label)) = off_zones(&strategies).filter(|_| !may_choose_zone(service)) else { return };
    report.add(
        Problem::new(
            format!("{} does not spread its tasks across Availability Zones first", service.title()),
            kind.label(label),
        )
        .also(count.label("may all run in one zone"))
        .help(format!(
            "put `{{\"type\": \"spread\", \"field\": \"{ZONE_FIELD}\"}}` first; the other strategies then apply within each zone"
        )),
    );
}

/// The type of the first strategy, if the strategies may place all tasks in one zone. A custom attribute may
/// mean zones.
fn off_zones<'d>(strategies: &List<'d, PlacementStrategy<'d>>) -> Option<(Known<'d, &'d str>, &'static str)> {
    let mut items = strategies.items();
    let first = items.next()?;
    let kind = first.kind().known()?;
    let field = first.field().known().map(|field| field.to_ascii_lowercase());
    let label = match (kind.value(), field.as_deref()) {
        ("binpack", Some("cpu" | "memory")) => "fills one instance after the other",
        ("random", _) => "picks any instance",
        // Tasks on different instances are all equal, so the next strategy decides.
        ("spread", Some("instanceid" | "host")) if items.all(|next| next.spreads_across_zones().is_no()) => {
            "spreads across instances, whichever zone they are in"
        }
        _ => return None,
    };
    Some((kind, label))
}

/// Whether a placement constraint selects the zone, or may do so.
fn may_choose_zone(service: &Service) -> bool {
    let constraints = service.placement_constraints();
    let may_choose = |expression: Field<&str>| match expression {
        Field::Missing => false,
        Field::Known(expression) => expression.contains(ZONE_FIELD),
        Field::Unknown(_) => true,
    };
    !constraints.is_complete() || constraints.items().any(|one| may_choose(one.expression()))
}
