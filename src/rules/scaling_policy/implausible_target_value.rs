use serde_json::json;

use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Known, ScalingPolicy};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "implausible-target-value",
    summary: "a CPU or memory target is not a sensible percentage",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let service = policy.service().filter(|service| service.is_fargate().is_yes());
    let on_fargate = service.and_then(|service| service.fargate_label("a Fargate task cannot exceed 100 %"));
    for (value, metric) in policy.utilization_targets() {
        if *value > 0.0 && *value <= 1.0 {
            report.add(too_small(policy, value, metric));
        } else if let Some(label) = on_fargate.clone().filter(|_| *value > 100.0) {
            report.add(
                Problem::new(
                    format!(
                        "the target of {} is {value} %, more than a Fargate task can use",
                        policy.title()
                    ),
                    value.label("more than 100 %"),
                )
                .also(label)
                .help("set `TargetValue` to a percentage of the reserved amount, such as 60"),
            );
        }
    }
}

fn too_small<'d>(policy: &ScalingPolicy, value: Known<'d, f64>, metric: Known<'d, &'d str>) -> Problem {
    let problem = Problem::new(
        format!("the target of {} is only {value} %", policy.title()),
        value.label(if *value < 1.0 { "less than 1 %" } else { "only 1 %" }),
    )
    .also(metric.label("a percentage from 0 to 100"));
    if *value >= 1.0 {
        return problem.help("set `TargetValue` to a percentage, such as 60");
    }
    // Removes the error of binary fractions.
    let meant = (*value * 1e8).round() / 1e6;
    let written = if meant.fract() == 0.0 { json!(meant as i64) } else { json!(meant) };
    problem.help(format!("did you mean {written}?")).fix(value.set(Safety::Shown, written))
}
