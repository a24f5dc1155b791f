use crate::finding::{Category, Problem, Severity};
use crate::model::{ALB_REQUEST_COUNT, ScalingPolicy, is_resource_label};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::source::Cut;

pub(super) const RULE: Rule = Rule {
    id: "dangling-resource-label",
    summary: "a policy counts requests of a target group that the service does not use",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["Target group {group} is not attached to resource {id}"]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(service) = policy.service().filter(|_| !policy.is_described()) else { return };
    if policy.predefined_metric_type().is_none_or(|metric| *metric != ALB_REQUEST_COUNT) {
        return;
    }
    let Some(label) = policy.resource_label().filter(|label| is_resource_label(label)) else { return };
    let Some(start) = label.find("targetgroup/") else { return };
    let groups: Vec<_> = service.target_groups().collect();
    if groups.is_empty() || !service.knows_all_target_groups() {
        return;
    }
    let group = label.cut(start..);
    if groups.iter().any(|own| own.ends_with(&format!(":{group}"))) {
        return;
    }
    let resource = policy.scaling().and_then(|scaling| scaling.resource_id().known());
    let problem = Problem::new(
        format!("{} does not use the target group whose requests are counted", service.title()),
        label.part_label(start..label.len(), "not a target group of the service"),
    )
    .also_each(groups.iter().map(|own| own.label("used by the service")))
    .help(
        "use the end of the load balancer ARN, followed by the end of the target group ARN, `targetgroup/…`",
    );
    report.add(match resource {
        Some(id) => problem.reply(0, &[("group", &group), ("id", &id)]),
        None => problem,
    });
}
