use crate::finding::{Category, Problem, Severity};
use crate::model::{ALB_REQUEST_COUNT, ScalingPolicy};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "request-count-on-blue-green",
    summary: "a policy counts requests of one target group, but deployments switch between two",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-blue-green.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(service) = policy.service() else { return };
    let Some(metric) = policy.predefined_metric_type().filter(|metric| **metric == ALB_REQUEST_COUNT) else {
        return;
    };
    // If CodeDeploy switches the traffic, `unsupported-request-count-scaling` reports it.
    let Some(strategy) = service.shift() else { return };
    report.add(
        Problem::new(
            format!(
                "{} counts the requests of one target group, but deployments of {} move them to another",
                policy.title(),
                service.title()
            ),
            metric.label("counts one target group"),
        )
        .also(strategy.label("the traffic moves from one target group to the other"))
        .help("track `ECSServiceAverageCPUUtilization`, or use metric math that adds up both target groups"),
    );
}
