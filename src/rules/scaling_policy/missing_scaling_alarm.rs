use crate::finding::{Category, Problem, Severity};
use crate::model::{PolicyType, ScalingPolicy};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-scaling-alarm",
    summary: "no alarm triggers the step scaling policy",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalingPolicy.html"],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    if policy.policy_type().known().is_none_or(|one| *one != PolicyType::StepScaling) {
        return;
    }
    let Some(alarms) = policy.empty_alarms() else { return };
    report.add(
        Problem::new(
            format!("no alarm triggers {}", policy.title()),
            alarms.label("the policy is never used"),
        )
        .help("create a CloudWatch alarm with the `PolicyARN` in its `AlarmActions`, or delete the policy"),
    );
}
