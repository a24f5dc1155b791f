use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::counted;

pub(super) const RULE: Rule = Rule {
    id: "zero-minimum-healthy-percent",
    summary: "a deployment may stop all tasks before new ones run",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    if !service.rolls().is_yes() || !service.is_replica().is_yes() {
        return;
    }
    let minimum = service.minimum_healthy_percent().known().filter(|minimum| **minimum == 0);
    let (Some(minimum), Some(count)) = (minimum, service.desired_count().known()) else { return };
    let starts_first = starts_first(service, *count);
    let tasks = match *count {
        1 if starts_first => "the only task before its replacement runs".to_owned(),
        2 => "both tasks before new ones run".to_owned(),
        3.. => format!("all {count} tasks before new ones run"),
        // To stop the only task first may be the only way to replace it.
        _ => return,
    };
    let help = if starts_first {
        "set `minimumHealthyPercent` to 100: new tasks then start before old ones stop"
    } else {
        "set `minimumHealthyPercent` to 50: half of the tasks then keep running"
    };
    report.add(
        Problem::new(
            format!("a deployment of {} may stop {tasks}", service.title()),
            minimum.label("no task has to keep running"),
        )
        .also(count.label(format!("{} desired", counted(*count, "task"))))
        .help(help),
    );
}

/// Whether `maximumPercent` certainly lets a deployment start a new task before it stops an old one.
fn starts_first(service: &Service, count: i64) -> bool {
    service.percentages().is_some_and(|both| both.upper(count) > count)
}
