use serde_json::json;

use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{FARGATE_SPOT, Field, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "spot-only-capacity",
    summary: "a service that receives traffic runs on Fargate Spot alone",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Strict,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let providers = service.capacity_providers();
    let Some(strategy) = providers.known().filter(|_| providers.is_complete()) else { return };
    // An entry that gets no task is reported by `unused-capacity-provider`.
    let mut items = providers.items();
    let Some(only) = items.next().filter(|_| items.next().is_none()) else { return };
    let Some(spot) = only.name().known().filter(|name| **name == FARGATE_SPOT) else { return };
    let weight = match only.weight() {
        Field::Missing => 1,
        Field::Known(weight) if *weight > 0 => *weight,
        _ => return,
    };
    let Some(traffic) = service.load_balancers().certain().or(service.discovery()) else { return };
    // A task that Fargate Spot does not support is reported by `unsupported-fargate-spot`.
    let is_supported = service.may_run_on_spot() && !service.may_be_too_old_for_spot();
    if !is_supported || !service.is_fargate().is_yes() {
        return;
    }
    let problem = Problem::new(
        format!("{} runs on Fargate Spot alone, but it receives traffic", service.title()),
        spot.label("AWS may stop all tasks with two minutes' notice"),
    )
    .also(traffic.key_label("sends traffic to the tasks"))
    .help("add `FARGATE` with a `base` of 1 or more, so that some tasks are never interrupted");
    // A base that is all of the service leaves nothing to Spot.
    let has_several = service.desired_count().is(|count| count > 1).is_yes();
    let base = json!([
        { "capacityProvider": "FARGATE", "base": 1, "weight": 1 },
        { "capacityProvider": FARGATE_SPOT, "weight": weight },
    ]);
    report.add(if has_several {
        problem.fix(strategy.set(Safety::Shown, base).titled("add `FARGATE` with a base of 1"))
    } else {
        problem
    });
}
