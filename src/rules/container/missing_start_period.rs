use crate::finding::{Category, Label, Problem, Severity};
use crate::model::{Container, Field, Service, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-start-period",
    summary: "a health check has no start period",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
    ],
    check: Check::ContainersInProject(check),
};

fn check(containers: &[Container], report: &mut Report) {
    let task = containers.first().and_then(Container::task);
    // The grace period of a service holds for the health checks of containers too.
    if task.is_some_and(|task| !task.any_service(Service::grants_grace).is_no()) {
        return;
    }
    let strict: Vec<(&Container, Label)> =
        containers.iter().filter_map(|container| Some((container, start_label(container)?))).collect();
    let message = match strict.as_slice() {
        [] => return,
        [(one, _)] => {
            format!("the health check of {} has no start period: failures count from the start", one.title())
        }
        all => format!("{} health checks have no start period: failures count from the start", all.len()),
    };
    let mut labels = strict.into_iter().map(|(_, label)| label);
    let Some(first) = labels.next() else { return };
    report.add(
        Problem::new(message, first)
            .also_each(labels)
            .help("set `startPeriod` to the seconds that the container needs to start, up to 300: checks that fail during this time do not count"),
    );
}

/// A label on the health check, if it certainly has no start period.
fn start_label(container: &Container) -> Option<Label> {
    let health = container.health_check().known().filter(|health| health.is_made())?;
    match health.start_period() {
        Field::Missing => Some(health.value().key_label("`startPeriod` is not set")),
        Field::Known(period) if *period == 0 => Some(period.label("turns the start period off")),
        _ => None,
    }
}
