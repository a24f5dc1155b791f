use crate::finding::{Category, Problem, Severity};
use crate::model::{PolicyType, ScalingPolicy, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unused-high-resolution-metrics",
    summary: "a service publishes 20-second metrics that no scaling policy follows",
    category: Category::Cost,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_MetricConfiguration.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let mut resolutions = service.high_resolutions();
    let Some(first) = resolutions.next().filter(|_| service.knows_scaling()) else { return };
    let mut policies = service.scaling_policies().peekable();
    let Some(policy) = policies.peek().copied() else { return };
    if !policies.all(|policy| follows_minutes(&policy)) {
        return;
    }
    report.add(
        Problem::new(
            format!("no scaling policy of {} uses its 20-second metrics", service.title()),
            first.label("each 20-second metric costs extra"),
        )
        .also_each(resolutions.map(|seconds| seconds.label("this one too")))
        .also(policy.label("follows a metric of 60 seconds"))
        .help(
            "track `ECSServiceAverageCPUUtilizationHighResolution` or its counterpart for memory, or remove the configuration",
        ),
    );
}

/// Whether a policy certainly follows metrics of 60 seconds. A customized metric, and the alarm of a step scaling
/// policy, may use any resolution.
fn follows_minutes(policy: &ScalingPolicy) -> bool {
    let of = policy.policy_type().known().map(|of| *of);
    match of {
        Some(PolicyType::PredictiveScaling) => true,
        Some(PolicyType::TargetTracking) => {
            policy.predefined_metric_type().is_some_and(|metric| !metric.ends_with("HighResolution"))
        }
        Some(PolicyType::StepScaling) | None => false,
    }
}
