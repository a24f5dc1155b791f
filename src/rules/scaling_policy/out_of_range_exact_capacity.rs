use crate::finding::{Category, Problem, Severity};
use crate::model::ScalingPolicy;
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::{counted, number_from};

pub(super) const RULE: Rule = Rule {
    id: "out-of-range-exact-capacity",
    summary: "a step sets a number of tasks outside the bounds of the scalable target",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepScalingPolicyConfiguration.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(block) = policy.step_scaling().known() else { return };
    let Some(bounds) = policy.scalable_target().map(|target| target.bounds()) else { return };
    if block.adjustment_type().known().is_none_or(|name| *name != "ExactCapacity") {
        return;
    }
    let (Some(least), Some(most)) = (bounds.min_capacity().known(), bounds.max_capacity().known()) else {
        return;
    };
    let Some(ranges) = policy.movers().ranges(bounds).filter(|_| bounds.is_conflicting().is_no()) else {
        return;
    };
    // A maximum of 0 is reported by `zero-maximum-capacity`.
    if !ranges.allow_any_task() {
        return;
    }
    // AWS rejects a number below 0.
    let adjustments = block.step_adjustments().items().filter_map(|step| step.scaling_adjustment().known());
    for count in adjustments.filter(|count| **count >= 0) {
        if ranges.allow(*count) {
            continue;
        }
        let (bound, most_or_least) = if *count < *least { (least, "minimum") } else { (most, "maximum") };
        report.add(
            Problem::new(
                format!(
                    "a step sets the number of tasks to {count}, but {bound} is the {most_or_least} allowed"
                ),
                count.label(format!("results in {}", counted(*bound, "task"))),
            )
            .also(bound.label("the bound of the scalable target"))
            .help(format!("use {}, or change the bound", number_from(*least, *most))),
        );
    }
}
