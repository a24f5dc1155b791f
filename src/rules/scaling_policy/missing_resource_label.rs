use crate::finding::{Category, Problem, Severity};
use crate::model::{ALB_REQUEST_COUNT, ScalingPolicy};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-resource-label",
    summary: "a policy counts requests, but has no `ResourceLabel` to name the target group",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always(
        "Resource label should be specified for predefined metric type ALBRequestCountPerTarget",
    ),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(metric) = policy.target_tracking().and_then(|block| block.predefined_metric()).known() else {
        return;
    };
    let Some(name) = metric.metric_type().known().filter(|name| **name == ALB_REQUEST_COUNT) else { return };
    if !metric.resource_label().is_missing() {
        return;
    }
    report.add(
        Problem::new(
            format!(
                "{} counts requests, but has no `ResourceLabel` to name the target group",
                policy.title()
            ),
            name.label("requires a `ResourceLabel`"),
        )
        .help(
            "add `\"ResourceLabel\": \"app/<load balancer>/<id>/targetgroup/<target \
            group>/<id>\"`, made of the ends of the two ARNs",
        ),
    );
}
