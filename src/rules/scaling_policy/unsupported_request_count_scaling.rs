use crate::finding::{Category, Problem, Severity};
use crate::model::{ALB_REQUEST_COUNT, ScalingPolicy};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-request-count-scaling",
    summary: "a policy counts requests of a target group, but CodeDeploy switches between two",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(service) = policy.service() else { return };
    let Some(metric) = policy.predefined_metric_type().filter(|metric| **metric == ALB_REQUEST_COUNT) else {
        return;
    };
    let Some(controller) = service.deployment_controller().known().filter(|one| **one == "CODE_DEPLOY")
    else {
        return;
    };
    report.add(
        Problem::new(
            format!(
                "`{ALB_REQUEST_COUNT}` is not supported for {}, which CodeDeploy deploys",
                service.title()
            ),
            metric.label("counts the requests of one target group"),
        )
        .also(controller.label("each deployment switches the traffic to the other target group"))
        .help("use `ECSServiceAverageCPUUtilization`, or a customized metric that covers both target groups"),
    );
}
