use serde_json::json;

use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{CapacityProvider, Field, Service, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-capacity-provider-weight",
    summary: "no capacity provider of a strategy has a weight above 0",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Always(
        "There are no capacity providers in the capacity provider strategy with a weight value greater than zero. Specify a weight value greater than zero for at least one capacity provider and try again.",
    ),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let providers = service.capacity_providers();
    let Some(list) = providers.known().filter(|_| providers.is_complete()) else { return };
    let weightless = |provider: &CapacityProvider| match provider.weight() {
        Field::Missing => true,
        Field::Known(weight) => *weight == 0,
        Field::Unknown(_) => false,
    };
    let is_one_unwritten =
        providers.items().count() == 1 && providers.items().all(|provider| provider.weight().is_missing());
    if is_one_unwritten || !providers.items().all(|provider| weightless(&provider)) {
        return;
    }
    let changes: Vec<Change> =
        providers.items().map(|provider| Change::set(provider.node(), "weight", json!(1))).collect();
    let zeros = providers.items().map(|provider| match provider.weight().known() {
        Some(weight) => weight.label("weight 0"),
        None => provider.missing_label("weight", "no weight, which means 0"),
    });
    report.add(
        Problem::new(
            "no capacity provider of the strategy has a weight above 0",
            list.key_label("no provider gets a share of the tasks"),
        )
        .also_each(zeros)
        .help("set `weight` to 1 for each provider that should run tasks")
        .fix(Fix::new(Safety::Shown, "set every `weight` to 1", &changes)),
    );
}
