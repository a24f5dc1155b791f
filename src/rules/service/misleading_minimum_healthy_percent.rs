use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "misleading-minimum-healthy-percent",
    summary: "the minimum healthy percentage of a single task is rounded up to 100",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    // With more tasks, the percentage has a meaning.
    if !service.rolls().is_yes() || !service.is_replica().is_yes() || service.may_be_scaled() {
        return;
    }
    let minimum = service.minimum_healthy_percent().known().filter(|minimum| (1..100).contains(&**minimum));
    let count = service.desired_count().known().filter(|count| **count == 1);
    let (Some(minimum), Some(count)) = (minimum, count) else { return };
    let is_blocked = match service.maximum_percent() {
        Field::Known(maximum) => *maximum < 200,
        Field::Missing => false,
        Field::Unknown(_) => true,
    };
    // `impossible-deployment` reports a deployment that is blocked.
    if is_blocked {
        return;
    }
    report.add(
        Problem::new(
            format!("{minimum}% of 1 task is rounded up to 1 task, the same as 100%"),
            minimum.label("the task keeps running until the new one is healthy"),
        )
        .also(count.label("1 task desired"))
        .help("set `minimumHealthyPercent` to 100, which means the same here, or remove it"),
    );
}
