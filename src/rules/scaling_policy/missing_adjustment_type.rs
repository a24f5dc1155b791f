use crate::finding::{Category, Problem, Severity};
use crate::model::{ScalingPolicy, View};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "missing-adjustment-type",
    summary: "a step scaling policy does not say what its adjustments mean",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    aws_says: &["Adjustment type must be specified"],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepScalingPolicyConfiguration.html",
    ],
    page: page!("scaling-policy/missing-adjustment-type"),
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    // A block alone may be given to a call that names the type beside it.
    let Some(block) = policy.scaling().and_then(|_| policy.step_scaling().known()) else { return };
    if !block.adjustment_type().is_missing() {
        return;
    }
    report.add(
        Problem::new(
            format!("{} does not say what its adjustments mean", policy.title()),
            block.missing_label("AdjustmentType", "has no `AdjustmentType`"),
        )
        .help(
            "write \"AdjustmentType\": \"ChangeInCapacity\" if they are numbers of tasks to \
            add, `PercentChangeInCapacity` if they are percents, `ExactCapacity` if they are \
            numbers of tasks to have",
        ),
    );
}
