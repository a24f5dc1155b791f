use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{CapacityProvider, Service, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unused-capacity-provider",
    summary: "a capacity provider of a strategy never runs a task",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let providers = || service.capacity_providers().items();
    let weight = |provider: CapacityProvider<'_>| provider.weight().known().map(|weight| *weight);
    // If none has a weight, `missing-capacity-provider-weight` reports the strategy.
    if !providers().any(|provider| weight(provider).is_some_and(|weight| weight > 0)) {
        return;
    }
    for provider in providers().filter(CapacityProvider::is_unused) {
        // `duplicate-capacity-provider` reports one that is named twice.
        let Some(name) = provider.name().known().filter(|name| service.names_once(name)) else { continue };
        let mut problem = Problem::new(
            format!("capacity provider `{name}` never runs a task"),
            name.label("neither a weight nor a base above 0"),
        );
        problem.also.extend(provider.weight().known().map(|weight| weight.label("no share of the tasks")));
        report.add(
            problem
                .help("set `weight` to 1 to give it a share (the default is 0), or remove the entry")
                .fix(provider.node().set_member(Safety::Shown, "weight", 1)),
        );
    }
}
