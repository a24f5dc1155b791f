use crate::finding::{Category, Label, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

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
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let zones = service.sets_zone_rebalancing("ENABLED");
    let Some(zones) = zones.filter(|_| service.says_daemon().is_no() && !service.is_described()) else {
        return;
    };
    let maximum = service.maximum_percent().known().filter(|maximum| **maximum <= 100);
    let mut reasons: Vec<Label> = maximum
        .iter()
        .map(|maximum| maximum.label("must be above 100 to start a replacement task first"))
        .collect();
    reasons.extend(service.obstacles_to_rebalancing());
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
