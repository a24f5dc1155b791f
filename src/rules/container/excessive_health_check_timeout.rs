use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, DEFAULT_HEALTH_CHECK_INTERVAL, DEFAULT_HEALTH_CHECK_TIMEOUT, Field};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "excessive-health-check-timeout",
    summary: "a health check may take longer than its interval",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(health) = container.health_check().known().filter(|health| health.is_made()) else {
        return;
    };
    // What AWS does not allow is reported by `invalid-value`.
    let Some(timeout) = health.timeout().known().filter(|timeout| (2..=60).contains(&**timeout)) else {
        return;
    };
    let (interval, label) = match health.interval() {
        Field::Missing => (DEFAULT_HEALTH_CHECK_INTERVAL, None),
        Field::Known(interval) => (*interval, Some(interval.label("the time between two checks"))),
        Field::Unknown(_) => return,
    };
    if *timeout <= interval || interval < DEFAULT_HEALTH_CHECK_TIMEOUT {
        return;
    }
    let default = if label.is_none() { " by default" } else { "" };
    report.add(
        Problem::new(
            format!(
                "a health check of {} may take {timeout} seconds, but its interval is {interval} seconds{default}",
                container.title()
            ),
            timeout.label("longer than the interval"),
        )
        .also_each(label)
        .help(format!("checks never overlap, so a slow one delays the next: set `timeout` to {interval} or less, or `interval` to {timeout}")),
    );
}
