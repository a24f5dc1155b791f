use crate::finding::{Category, Problem, Severity};
use crate::model::ScalableTarget;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "zero-maximum-capacity",
    summary: "the maximum capacity of a scalable target is 0",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    ],
    check: Check::ScalableTarget(check),
};

fn check(target: &ScalableTarget, report: &mut Report) {
    let bounds = target.bounds();
    let Some(most) = bounds.max_capacity().known().filter(|most| **most == 0) else { return };
    let stays = target.movers().upper_bounds(bounds).is_some_and(|bounds| bounds.most() <= Some(0));
    if !stays || !bounds.is_conflicting().is_no() {
        return;
    }
    report.add(
        Problem::new(
            "`MaxCapacity` is 0: nothing ever scales this service out",
            most.label("allows no tasks"),
        )
        .help("set `MaxCapacity` to the largest number of tasks that the service may have"),
    );
}
