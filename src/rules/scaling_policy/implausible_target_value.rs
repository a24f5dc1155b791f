use serde_json::json;

use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Known, ScalingPolicy};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "implausible-target-value",
    summary: "the use of CPU or memory is to be kept at a value that is no such per cent",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    aws_says: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html",
    ],
    page: page!("scaling-policy/implausible-target-value"),
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let service = policy.service().filter(|service| service.is_fargate().is_yes());
    let on_fargate = service.and_then(|service| service.fargate_label("no task uses more than it has here"));
    for (value, metric) in policy.utilization_targets() {
        if *value > 0.0 && *value <= 1.0 {
            report.add(too_small(policy, value, metric));
        } else if let Some(label) = on_fargate.clone().filter(|_| *value > 100.0) {
            report.add(
                Problem::new(
                    format!(
                        "{} wants to keep its metric at {value} %, more than a Fargate task can use",
                        policy.title()
                    ),
                    value.label("above all that there is"),
                )
                .also(label)
                .help("write the per cent of the reserved amount that is to be in use, such as 60"),
            );
        }
    }
}

fn too_small<'d>(policy: &ScalingPolicy, value: Known<'d, f64>, metric: Known<'d, &'d str>) -> Problem {
    let problem = Problem::new(
        format!("{} wants to keep its metric at {value} %", policy.title()),
        value.label(if *value < 1.0 { "less than one per cent" } else { "one per cent" }),
    )
    .also(metric.label("counted from 0 to 100"));
    if *value >= 1.0 {
        return problem.help("write the per cent that are to be in use, such as 60");
    }
    // Without what binary fractions leave behind.
    let meant = (*value * 1e8).round() / 1e6;
    let written = if meant.fract() == 0.0 { json!(meant as i64) } else { json!(meant) };
    problem.help(format!("did you mean {written}?")).fix(Fix::new(
        Safety::Shown,
        format!("write {written}"),
        &[Change::Replace(value.node(), written)],
    ))
}
