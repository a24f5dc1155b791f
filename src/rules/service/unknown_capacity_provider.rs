use crate::finding::{Category, Problem, Severity};
use crate::fix::Safety;
use crate::model::{FARGATE_PROVIDERS, Service, is_reserved_provider_name};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::spelling::nearest;

pub(super) const RULE: Rule = Rule {
    id: "unknown-capacity-provider",
    summary: "the capacity provider name is reserved by AWS",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Always(
        "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster",
    ),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCapacityProvider.html"],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    for provider in service.capacity_providers().items() {
        let Some(name) = provider.name().known() else { continue };
        if !is_reserved_provider_name(&name) {
            continue;
        }
        let problem = Problem::new(
            format!("`{name}` is not a valid capacity provider name"),
            name.label("this prefix is reserved for AWS"),
        );
        report.add(match nearest(&name.replace('-', "_"), FARGATE_PROVIDERS) {
            Some(near) => problem.suggest(&name, near),
            None => problem.help("use the name of a capacity provider of the cluster"),
        });
    }
}
