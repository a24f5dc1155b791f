use crate::finding::{Category, Problem, Severity};
use crate::model::{ScalingPolicy, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-scaling-metric",
    summary: "a target-tracking policy has no metric",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always(
        "PredefinedMetricSpecification or CustomizedMetricSpecification must be set for target tracking scaling.",
    ),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(block) = policy.target_tracking().known() else { return };
    if !block.predefined_metric().is_missing() || !block.customized_metric().is_missing() {
        return;
    }
    report.add(
        Problem::new(
            format!("{} has a target but no metric", policy.title()),
            block.missing_label("PredefinedMetricSpecification", "has no metric specification"),
        )
        .help(
            "add `\"PredefinedMetricSpecification\": {\"PredefinedMetricType\": \
            \"ECSServiceAverageCPUUtilization\"}`, or define your own metric in \
            `CustomizedMetricSpecification`",
        ),
    );
}
