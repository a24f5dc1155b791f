use crate::finding::{Category, Problem, Severity};
use crate::fix::Safety;
use crate::model::{ScalingPolicy, is_ecs_metric, metric_meant};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-predefined-metric",
    summary: "a predefined metric is not supported for ECS services",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&[
        "Scalable dimension ecs:service:DesiredCount only supports the following predefined metric types: {types}",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let metric = policy.target_tracking().and_then(|block| block.predefined_metric());
    let Some(name) = metric.and_then(|metric| metric.metric_type()).known() else { return };
    if is_ecs_metric(&name) || !policy.is_ecs_metric(&name) {
        return;
    }
    let problem = Problem::new(
        format!("`{name}` is not a predefined metric for ECS services"),
        name.label("not supported for ECS services"),
    );
    report.add(match metric_meant(&name) {
        Some(meant) => problem.suggest(&name, meant),
        None => problem.help(
            "use `ECSServiceAverageCPUUtilization`, `ECSServiceAverageMemoryUtilization` or \
            `ALBRequestCountPerTarget`, or define the metric in \
            `CustomizedMetricSpecification`",
        ),
    });
}
