use crate::finding::{Category, Problem, Severity};
use crate::model::{Service, repeated_by};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-capacity-provider",
    summary: "a strategy names a capacity provider twice",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let providers = service.capacity_providers().items();
    for (first, second) in repeated_by(providers, |provider| provider.name()) {
        let (Some(first), Some(second)) = (first.name().known(), second.name().known()) else { continue };
        report.add(
            Problem::new(format!("the strategy names `{second}` twice"), second.label("named again"))
                .also(first.label("first named here"))
                .help("keep one entry per capacity provider, with the weight you want"),
        );
    }
}
