use crate::finding::{Category, Problem, Severity};
use crate::model::{ScalableTarget, TaskQuota};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "excessive-maximum-capacity",
    summary: "the maximum capacity is above a default quota",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/general/latest/gr/ecs-service.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html",
    ],
    check: Check::ScalableTarget(check),
};

fn check(target: &ScalableTarget, report: &mut Report) {
    let bounds = target.bounds();
    if !target.scaling().is_for_ecs() || !bounds.is_conflicting().is_no() {
        return;
    }
    let Some(most) = bounds.max_capacity().known() else { return };
    let discovered = target.service().and_then(|service| service.discovery());
    let (quota, what) = match discovered {
        Some(_) => (TaskQuota::Discovered, "a service in AWS Cloud Map"),
        None => (TaskQuota::Any, "a service"),
    };
    if *most <= quota.default() {
        return;
    }
    let quota = quota.default();
    report.add(
        Problem::new(
            format!("`MaxCapacity` is {most}, but {what} can have only {quota} tasks by default"),
            most.label(format!("above the default quota of {quota}")),
        )
        .also_each(discovered.map(|key| key.key_label("AWS Cloud Map lists every task")))
        .help(format!("lower `MaxCapacity` to {quota}, or ask AWS for a higher quota before you need it")),
    );
}
