//! Availability Zones: whether a service keeps its tasks spread across them.

use crate::finding::Label;
use crate::model::field::{self, Field, Known};
use crate::model::{Answer, LaunchType, LoadBalancer, PlacementStrategy, Service, View, ZONE_FIELD};

impl<'d> Service<'d> {
    /// `availabilityZoneRebalancing`
    pub(crate) fn zone_rebalancing(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "availabilityZoneRebalancing")
    }

    /// `availabilityZoneRebalancing`, if it has this value.
    pub(crate) fn sets_zone_rebalancing(&self, value: &str) -> Option<Known<'d, &'d str>> {
        self.zone_rebalancing().known().filter(|written| written.value() == value)
    }

    /// What AWS does not allow together with Availability Zone rebalancing, other than `maximumPercent` and
    /// the scheduling strategy.
    pub(crate) fn obstacles_to_rebalancing(&self) -> Vec<Label> {
        let mut found: Vec<Label> = self.first_strategy_off_zones().into_iter().collect();
        found.extend(self.placement_constraints().items().filter_map(|constraint| {
            let is_member = constraint.kind().known().is_some_and(|kind| kind.value() == "memberOf");
            let written = constraint.expression().known().filter(|_| is_member)?;
            written.contains(ZONE_FIELD).then(|| written.label("this constraint selects the zone"))
        }));
        found.extend(self.classic_load_balancers().map(|(_, name)| name.label("a Classic Load Balancer")));
        let external = self.launches_on(LaunchType::External);
        found
            .extend(external.map(|external| external.label("external instances have no Availability Zones")));
        found
    }

    /// The first placement strategy, if it does not spread tasks across zones.
    fn first_strategy_off_zones(&self) -> Option<Label> {
        // On Fargate, the strategy itself is the problem.
        if !self.is_fargate().is_no() {
            return None;
        }
        let list = self.placement_strategy();
        let first = list.items().next().filter(|_| list.is_complete())?;
        first
            .spreads_across_zones()
            .is_no()
            .then(|| first.label("the first strategy must spread across zones"))
    }

    /// Whether [`Service::obstacles_to_rebalancing`] returns all of them.
    pub(crate) fn knows_obstacles_to_rebalancing(&self) -> bool {
        let strategies = self.placement_strategy();
        let is_settled = |first: PlacementStrategy| {
            self.is_fargate() != Answer::Unknown && first.spreads_across_zones() != Answer::Unknown
        };
        let constraints = self.placement_constraints();
        let balancers = self.load_balancers();
        let is_decided = |balancer: LoadBalancer| {
            balancer.classic_name().is_missing() || !balancer.target_group().is_unknown()
        };
        strategies.is_complete()
            && strategies.items().next().is_none_or(is_settled)
            && constraints.is_complete()
            && constraints.items().all(|one| !one.kind().is_unknown() && !one.expression().is_unknown())
            && balancers.is_complete()
            && balancers.items().all(is_decided)
            && !self.launch_type().is_unknown()
    }
}

impl PlacementStrategy<'_> {
    /// Whether it spreads tasks across Availability Zones. Without a `type`, or a `field` to spread across, it
    /// is not valid, and the answer is unknown.
    pub(crate) fn spreads_across_zones(&self) -> Answer {
        let known = |field: Field<&str>, wanted: &str| match field {
            Field::Known(written) => Answer::from(written.eq_ignore_ascii_case(wanted)),
            _ => Answer::Unknown,
        };
        known(self.kind(), "spread").and(known(self.field(), ZONE_FIELD))
    }
}
