use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Field, ScalingPolicy};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-capacity-buffer",
    summary: "`MaxCapacityBuffer` is set where it is not allowed, or missing where it is required",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&[
        "You must specify MaxCapacityBuffer when using IncreaseMaxCapacity.",
        "You cannot specify MaxCapacityBuffer when using HonorMaxCapacity.",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredictiveScalingPolicyConfiguration.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(block) = policy.predictive_scaling().known() else { return };
    let (behaviour, buffer) = (block.breach_behavior(), block.max_capacity_buffer());
    match (behaviour, buffer.present()) {
        (Field::Known(behaviour), None) if buffer.is_missing() && *behaviour == "IncreaseMaxCapacity" => {
            report.add(
                Problem::new(
                    format!("{} may exceed the maximum, but has no `MaxCapacityBuffer`", policy.title()),
                    behaviour.label("requires `MaxCapacityBuffer`"),
                )
                .reply(0, &[])
                .help("add `MaxCapacityBuffer`: the allowed percentage above the forecast, such as 10"),
            )
        }
        (Field::Known(behaviour), Some(buffer)) if *behaviour == "HonorMaxCapacity" => report.add(
            Problem::new(
                format!("{} honors the maximum but sets a buffer above it", policy.title()),
                buffer.key_label("not allowed with `HonorMaxCapacity`"),
            )
            .also(behaviour.label("honors the maximum"))
            .reply(1, &[])
            .help("to exceed the maximum, use `IncreaseMaxCapacity` instead")
            .fix(buffer.delete(Safety::Safe))
            .unless(buffer.doubt()),
        ),
        (Field::Missing, Some(buffer)) => report.add(
            Problem::new(
                format!(
                    "{} sets a buffer above the maximum, but honors the maximum by default",
                    policy.title()
                ),
                buffer.key_label("only allowed with `IncreaseMaxCapacity`"),
            )
            .at_most(Severity::Warning)
            .help("remove it, or set `MaxCapacityBreachBehavior` to `IncreaseMaxCapacity`")
            .unless(buffer.doubt()),
        ),
        _ => {}
    }
}
