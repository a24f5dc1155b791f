use crate::finding::{Category, Problem, Severity};
use crate::model::ScalableTarget;
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::counted;

pub(super) const RULE: Rule = Rule {
    id: "fixed-capacity",
    summary: "a service has a scaling policy, but its bounds are equal",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html"],
    check: Check::ScalableTarget(check),
};

fn check(target: &ScalableTarget, report: &mut Report) {
    let bounds = target.bounds();
    let (Some(least), Some(most)) = (bounds.min_capacity().known(), bounds.max_capacity().known()) else {
        return;
    };
    // A maximum of 0 is reported by `zero-maximum-capacity`.
    if *least != *most || *most == 0 {
        return;
    }
    let stays = target.movers().ranges(bounds).is_some_and(|ranges| ranges.are_fixed());
    let Some(policy) = target.movers().policies().next().filter(|_| stays) else { return };
    report.add(
        Problem::new(
            format!("the bounds allow exactly {}: there is nothing to scale", counted(*most, "task")),
            most.label("equal to `MinCapacity`"),
        )
        .also(least.label("the minimum"))
        .also(policy.label("has no effect"))
        .help("raise `MaxCapacity` or lower `MinCapacity`, or delete the policy"),
    );
}
