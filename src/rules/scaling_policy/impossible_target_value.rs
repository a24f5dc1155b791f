use crate::finding::{Category, Problem, Severity};
use crate::model::ScalingPolicy;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "impossible-target-value",
    summary: "the target value of a metric is 0 or less",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    for value in policy.target_values().into_iter().filter(|value| **value <= 0.0) {
        report.add(
            Problem::new(
                format!("the target of {} is {value}, which it is unlikely ever to reach", policy.title()),
                value.label("should be greater than 0"),
            )
            .help(
                "set `TargetValue` to the value that the metric should have, such as 60 for 60 % of the CPU",
            ),
        );
    }
}
