use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Known, Service, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "short-grace-period",
    summary: "a grace period is shorter than the start period of a health check",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let (Some(task), Some(grace)) = (service.task_definition(), service.grace_period().known()) else {
        return;
    };
    let slow = start_periods(service, &task).filter(|(_, period)| **period > *grace);
    // The first of the slowest, in the order of the load balancers.
    let slowest = slow.reduce(|first, other| if *other.1 > *first.1 { other } else { first });
    let Some((container, period)) = slowest else { return };
    report.add(
        Problem::new(
            format!(
                "{} gives its tasks {grace} seconds to start, but {} needs {period}",
                service.title(),
                container.title()
            ),
            grace.label("failed load balancer checks count after this"),
        )
        .also(period.label("failed container checks count after this"))
        .help(format!("set `healthCheckGracePeriodSeconds` to at least {period}")),
    );
}

/// The containers behind the load balancers, with their start periods.
fn start_periods<'d>(
    service: &Service<'d>,
    task: &TaskDefinition<'d>,
) -> impl Iterator<Item = (Container<'d>, Known<'d, i64>)> + use<'d> {
    let task = *task;
    service.load_balancers().items().filter_map(move |balancer| {
        let container = task.container(&balancer.container_name().known()?)?;
        let health_check = container.health_check().known()?;
        Some((container, health_check.start_period().known().filter(|_| health_check.is_made())?))
    })
}
