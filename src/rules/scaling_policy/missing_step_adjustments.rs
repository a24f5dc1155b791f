use crate::finding::{Category, Problem, Severity};
use crate::model::{ScalingPolicy, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-step-adjustments",
    summary: "a step scaling policy has no steps",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("There must be at least one step adjustment"),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepScalingPolicyConfiguration.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(block) = policy.step_scaling().known() else { return };
    if !block.step_adjustments().is_missing() || block.may_be_simple_scaling() {
        return;
    }
    report.add(
        Problem::new(
            format!("{} has no steps", policy.title()),
            block.missing_label("StepAdjustments", "`StepAdjustments` is missing"),
        )
        .help(
            "add a step: `\"StepAdjustments\": [{\"MetricIntervalLowerBound\": 0, \
            \"ScalingAdjustment\": 1}]`",
        ),
    );
}
