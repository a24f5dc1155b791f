use crate::finding::{Category, Problem, Severity};
use crate::model::ScalingPolicy;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-high-resolution-metrics",
    summary: "a policy follows a high-resolution metric that the service does not publish",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("High-resolution metrics are not fully enabled on the ECS service."),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(service) = policy.service() else { return };
    let Some(metric) = policy.predefined_metric_type().filter(|_| !policy.is_described()) else { return };
    let Some(name) = high_resolution(&metric) else { return };
    if !service.publishes_every_20_seconds(name).is_no() {
        return;
    }
    let wanted = format!("{{ \"metricNames\": [\"{name}\"], \"resolutionSeconds\": 20 }}");
    report.add(
        Problem::new(
            format!("{} publishes `{name}` only once a minute", service.title()),
            metric.label("read every 20 seconds"),
        )
        .also(service.name_label("has no 20-second metric configuration for it"))
        .help(format!(
            "add {wanted} to `monitoring.metricConfigurations` of the service, or follow `{}`",
            metric.trim_end_matches(HIGH_RESOLUTION)
        )),
    );
}

const HIGH_RESOLUTION: &str = "HighResolution";

/// The metric of a service that a predefined type reads every 20 seconds.
fn high_resolution(metric_type: &str) -> Option<&'static str> {
    match metric_type.strip_suffix(HIGH_RESOLUTION)? {
        "ECSServiceAverageCPUUtilization" => Some("CPUUtilization"),
        "ECSServiceAverageMemoryUtilization" => Some("MemoryUtilization"),
        _ => None,
    }
}
