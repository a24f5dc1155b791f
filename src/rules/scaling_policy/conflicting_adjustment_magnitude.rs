use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Known, ScalingPolicy};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "conflicting-adjustment-magnitude",
    summary: "a least adjustment stands beside adjustments that are no percents",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    aws_says: &["Minimum adjustment magnitude is only allowed for adjustment type PercentChangeInCapacity"],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepScalingPolicyConfiguration.html",
    ],
    page: page!("scaling-policy/conflicting-adjustment-magnitude"),
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(block) = policy.step_scaling().known() else { return };
    let Some(magnitude) = block.min_adjustment_magnitude().present() else { return };
    let is_other = |name: &Known<&str>| **name != "PercentChangeInCapacity";
    let Some(adjustment) = block.adjustment_type().known().filter(is_other) else { return };
    report.add(
        Problem::new(
            format!("`MinAdjustmentMagnitude` does not go with the adjustment type `{adjustment}`"),
            magnitude.key_label("only for percents"),
        )
        .also(adjustment.label("no percents"))
        .help("it is the least number of tasks that a percentage comes to")
        .fix(Fix::new(Safety::Safe, "delete `MinAdjustmentMagnitude`", &[Change::Remove(magnitude.node())]))
        .unless(magnitude.doubt()),
    );
}
