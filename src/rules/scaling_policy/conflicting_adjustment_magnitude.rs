use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Known, ScalingPolicy};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-adjustment-magnitude",
    summary: "`MinAdjustmentMagnitude` is set, but the adjustments are not percentages",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Always(
        "Minimum adjustment magnitude is only allowed for adjustment type PercentChangeInCapacity",
    ),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepScalingPolicyConfiguration.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(block) = policy.step_scaling().known() else { return };
    let Some(magnitude) = block.min_adjustment_magnitude().present() else { return };
    let is_other = |name: &Known<&str>| **name != "PercentChangeInCapacity";
    let Some(adjustment) = block.adjustment_type().known().filter(is_other) else { return };
    report.add(
        Problem::new(
            format!("`MinAdjustmentMagnitude` is not allowed with the adjustment type `{adjustment}`"),
            magnitude.key_label("only for percentages"),
        )
        .also(adjustment.label("not a percentage"))
        .help("it is the minimum number of tasks by which a percentage changes the service")
        .fix(magnitude.delete(Safety::Safe))
        .unless(magnitude.doubt()),
    );
}
