use crate::finding::{Category, Problem, Severity};
use crate::model::{Known, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-capacity-provider-bases",
    summary: "more than one capacity provider in a strategy has a base",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always(
        "There are multiple capacity providers in the specified capacity provider strategy with a base value defined",
    ),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let providers = service.capacity_providers().items();
    let bases: Vec<Known<i64>> =
        providers.filter_map(|provider| provider.base().known().filter(|base| **base > 0)).collect();
    let [first, second, others @ ..] = bases.as_slice() else { return };
    report.add(
        Problem::new(
            "more than one capacity provider in the strategy has a base",
            second.label("a second base"),
        )
        .also(first.label("the first base"))
        .also_each(others.iter().map(|base| base.label("another base")))
        .help("keep `base` on the provider that should run the first tasks; remove it or set it to 0 on the others"),
    );
}
