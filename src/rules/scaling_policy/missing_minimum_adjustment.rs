use crate::finding::{Category, Problem, Severity};
use crate::model::ScalingPolicy;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-minimum-adjustment",
    summary: "a policy scales by a percentage without a minimum number of tasks",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepScalingPolicyConfiguration.html",
        "https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(block) = policy.step_scaling().known().filter(|_| policy.may_be_for_ecs()) else { return };
    let percentage = block.adjustment_type().known().filter(|name| **name == "PercentChangeInCapacity");
    let Some(percentage) = percentage.filter(|_| block.min_adjustment_magnitude().is_missing()) else {
        return;
    };
    // `no-op-scaling-step` reports steps that change nothing.
    let changes = block.changes().unwrap_or_default();
    let Some(change) = changes.iter().find(|change| ***change != 0 && change.abs() < 100) else { return };
    report.add(
        Problem::new(
            format!(
                "{} sets no `MinAdjustmentMagnitude`: with few tasks, a step changes only one",
                policy.title()
            ),
            percentage.label("a percentage of the running tasks"),
        )
        .also(change.label(format!("{change} % of a few tasks")))
        .help(
            "set `MinAdjustmentMagnitude` to the least number of tasks to add or remove at once, such as 2",
        ),
    );
}
