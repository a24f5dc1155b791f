use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Field, ScalingPolicy};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "conflicting-capacity-buffer",
    summary: "a capacity buffer stands where it may not, or is missing where it has to be",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    aws_says: &[
        "You must specify MaxCapacityBuffer when using IncreaseMaxCapacity.",
        "You cannot specify MaxCapacityBuffer when using HonorMaxCapacity.",
    ],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredictiveScalingPolicyConfiguration.html",
    ],
    page: page!("scaling-policy/conflicting-capacity-buffer"),
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(block) = policy.predictive_scaling().known() else { return };
    let (behaviour, buffer) = (block.breach_behavior(), block.max_capacity_buffer());
    match (behaviour, buffer.present()) {
        (Field::Known(behaviour), None) if buffer.is_missing() && *behaviour == "IncreaseMaxCapacity" => {
            report.add(
                Problem::new(
                    format!("{} may go above the maximum and does not say how far", policy.title()),
                    behaviour.label("needs `MaxCapacityBuffer`"),
                )
                .aws_says(RULE.aws_says[0])
                .help(
                    "add `MaxCapacityBuffer`: the percents above the forecast that are allowed, such as 10",
                ),
            )
        }
        (Field::Known(behaviour), Some(buffer)) if *behaviour == "HonorMaxCapacity" => report.add(
            Problem::new(
                format!("{} keeps to the maximum and has a buffer above it", policy.title()),
                buffer.key_label("does not go with it"),
            )
            .also(behaviour.label("keeps to the maximum"))
            .aws_says(RULE.aws_says[1])
            .help("to go above the maximum, write `IncreaseMaxCapacity` instead")
            .fix(Fix::new(Safety::Safe, "delete `MaxCapacityBuffer`", &[Change::Remove(buffer.node())]))
            .unless(buffer.doubt()),
        ),
        (Field::Missing, Some(buffer)) => report.add(
            Problem::new(
                format!("{} has a buffer above a maximum that it keeps to", policy.title()),
                buffer.key_label("only for `IncreaseMaxCapacity`"),
            )
            .at_most(Severity::Warning)
            .without_reply()
            .help("delete it, or add \"MaxCapacityBreachBehavior\": \"IncreaseMaxCapacity\"")
            .unless(buffer.doubt()),
        ),
        _ => {}
    }
}
