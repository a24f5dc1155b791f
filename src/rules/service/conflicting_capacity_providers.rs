use crate::finding::{Category, Problem, Severity};
use crate::model::{FARGATE_PROVIDERS, Service, is_reserved_provider_name};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-capacity-providers",
    summary: "a strategy mixes Fargate capacity providers with others",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always(
        "A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and Fargate providers. Specify one or the other and try again.",
    ),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-capacity-providers.html"],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let names = service.capacity_providers().items().filter_map(|provider| provider.name().known());
    let (fargate, others): (Vec<_>, Vec<_>) = names
        .filter(|name| !is_reserved_provider_name(name))
        .partition(|name| FARGATE_PROVIDERS.contains(name));
    let (Some(fargate), Some(other)) = (fargate.first(), others.first()) else { return };
    report.add(
        Problem::new(
            format!("the strategy mixes `{fargate}` with `{other}`, which is not a Fargate capacity provider"),
            other.label("not a Fargate provider"),
        )
        .also(fargate.label("a Fargate provider"))
        .help("use only `FARGATE` and `FARGATE_SPOT`, or only your own providers; to use both, run two services"),
    );
}
