use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-daemon-scaling",
    summary: "a daemon service is scaled, but its number of tasks follows the instances",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always(
        "The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again",
    ),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(strategy) = service.scheduling_strategy().known().filter(|strategy| **strategy == "DAEMON")
    else {
        return;
    };
    let scaling: Vec<_> = service.scaled_by().filter_map(|one| one.resource_id().known()).collect();
    if scaling.is_empty() {
        return;
    }
    report.add(
        Problem::new(
            format!(
                "{} is a daemon, which runs one task on each instance, but scaling is configured for it",
                service.title()
            ),
            strategy.label("a daemon has no desired count"),
        )
        .also_each(scaling.iter().map(|id| id.label("scales the service")))
        .help("remove the scaling, or set `schedulingStrategy` to `REPLICA`"),
    );
}
