use crate::finding::{Category, Problem, Severity};
use crate::model::ScalingPolicy;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "no-op-scaling-step",
    summary: "the steps of a policy change nothing",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepAdjustment.html"],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(block) = policy.step_scaling().known() else { return };
    let Some(changes) = block.changes().filter(|changes| changes.iter().all(|change| **change == 0)) else {
        return;
    };
    // How a minimum adjustment affects a change of 0 is not known.
    let Some(first) = changes.first().filter(|_| block.min_adjustment_magnitude().is_missing()) else {
        return;
    };
    report.add(
        Problem::new(
            format!("{} changes the number of tasks by 0", policy.title()),
            first.label("adds and removes nothing"),
        )
        .also_each(changes[1..].iter().map(|change| change.label("changes nothing either")))
        .help("set `ScalingAdjustment` to the number of tasks to add, such as 1, or to remove, such as -1"),
    );
}
