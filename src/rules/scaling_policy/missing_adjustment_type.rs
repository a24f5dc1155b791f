use crate::finding::{Category, Problem, Severity};
use crate::model::{ScalingPolicy, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-adjustment-type",
    summary: "a step scaling policy has no `AdjustmentType`",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("Adjustment type must be specified"),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepScalingPolicyConfiguration.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    // A separate block may be passed to a call that gives the type in addition.
    let Some(block) = policy.scaling().and_then(|_| policy.step_scaling().known()) else { return };
    if !block.adjustment_type().is_missing() {
        return;
    }
    report.add(
        Problem::new(
            format!("{} has no `AdjustmentType`", policy.title()),
            block.missing_label("AdjustmentType", "does not define what its adjustments mean"),
        )
        .help(
            "set `AdjustmentType` to `ChangeInCapacity` if the adjustments are numbers of tasks to \
            add, `PercentChangeInCapacity` if they are percentages, `ExactCapacity` for \
            absolute task counts",
        ),
    );
}
