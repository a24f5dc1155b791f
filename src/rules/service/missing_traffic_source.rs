use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-traffic-source",
    summary: "a deployment shifts traffic, but the service receives none",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(strategy) = service.shift().filter(|_| service.is_whole() && service.lacks_traffic()) else {
        return;
    };
    report.add(
        Problem::new(
            format!("{} deploys with {strategy}, but nothing sends it traffic", service.title()),
            strategy.label("there is no traffic to shift"),
        )
        .help("add a target group to `loadBalancers`, or expose the service through Service Connect; without either, `ROLLING` is enough"),
    );
}
