use crate::finding::{Category, Problem, Severity};
use crate::model::ScalingPolicy;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-cooldown",
    summary: "a cooldown is negative",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html",
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepScalingPolicyConfiguration.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    for (key, cooldown) in policy.cooldowns().into_iter().filter(|(_, cooldown)| **cooldown < 0) {
        report.add(
            Problem::new(
                format!("{} sets a cooldown of {cooldown} seconds", policy.title()),
                cooldown.label("must be 0 or more"),
            )
            .help(format!("set `{key}` to the number of seconds to wait, 0 for none, or remove it")),
        );
    }
}
