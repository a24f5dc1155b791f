use crate::finding::{Category, Problem, Severity};
use crate::model::ScalingPolicy;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "impossible-exact-capacity",
    summary: "a step sets a negative number of tasks",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("Scaling adjustment cannot be less than 0 when adjustment type is ExactCapacity"),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepAdjustment.html"],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(block) = policy.step_scaling().known() else { return };
    let Some(exact) = block.adjustment_type().known().filter(|name| **name == "ExactCapacity") else {
        return;
    };
    let adjustments = block.step_adjustments().items().filter_map(|step| step.scaling_adjustment().known());
    for adjustment in adjustments.filter(|adjustment| **adjustment < 0) {
        report.add(
            Problem::new(
                format!("a step sets the number of tasks to {adjustment}"),
                adjustment.label("must be 0 or more"),
            )
            .also(exact.label("sets the total number of tasks"))
            .help(
                "set the total number of tasks; to remove tasks, use the type \
                    `ChangeInCapacity`",
            ),
        );
    }
}
