use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Known, Service, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "default-stop-timeout-on-spot",
    summary: "a container on Fargate Spot has the default time to stop",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html"],
    check: Check::TaskDefinitionInProject(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(spot) = task.services().find_map(|service| spot_provider(&service)) else { return };
    let hasty: Vec<Container> =
        task.containers().filter(|container| container.stop_timeout().is_missing()).collect();
    let Some((first, others)) = hasty.split_first() else { return };
    let message = match others.len() {
        0 => format!("{} has 30 seconds to stop, but Fargate Spot allows up to 120", first.title()),
        more => format!("{} containers have 30 seconds to stop, but Fargate Spot allows up to 120", more + 1),
    };
    report.add(
        Problem::new(message, first.label("no `stopTimeout`"))
            .also_each(others.iter().map(|other| other.label("not set here either")))
            .also(spot.label("its tasks may be stopped at any time"))
            .help("set `stopTimeout`, up to 120, if the container needs longer to finish its work"),
    );
}

/// The name of Fargate Spot in the strategy of a service that starts tasks there.
fn spot_provider<'d>(service: &Service<'d>) -> Option<Known<'d, &'d str>> {
    let providers = service.capacity_providers().items().filter(|provider| provider.is_used());
    providers.filter_map(|provider| provider.name().known()).find(|name| name.value() == "FARGATE_SPOT")
}
