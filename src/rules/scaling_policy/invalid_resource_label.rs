use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{
    ALB_REQUEST_COUNT, Known, ScalingPolicy, is_ecs_metric, is_resource_label, resource_label_meant,
};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-resource-label",
    summary: "a resource label does not name a target group, or is set for another metric",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&[
        "Resource label should not be specified for predefined metric type {type}",
        "Invalid resource label '{label}' for predefined metric type ALBRequestCountPerTarget",
    ]),
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
    let (Some(name), Some(label)) = (metric.metric_type().known(), metric.resource_label().present()) else {
        return;
    };
    if *name == ALB_REQUEST_COUNT {
        let malformed_label = metric.resource_label().known().filter(|label| !is_resource_label(label));
        malformed_label.into_iter().for_each(|label| report.add(malformed(&label)));
    } else if is_ecs_metric(&name) {
        report.add(
            Problem::new(
                format!("`ResourceLabel` is set, but `{name}` does not use a load balancer"),
                label.key_label("not allowed with this metric"),
            )
            .also(name.label("measures the service itself"))
            .reply(0, &[("type", &name)])
            .help(format!("remove `ResourceLabel`, or use the metric `{ALB_REQUEST_COUNT}`"))
            .fix(label.delete(Safety::Shown))
            .unless(label.doubt()),
        );
    }
}

fn malformed(label: &Known<&str>) -> Problem {
    let is_network = label.contains("net/") && !label.contains("app/");
    let words = if is_network {
        "a Network Load Balancer does not count requests"
    } else {
        "does not have the required form"
    };
    let problem = Problem::new(format!("`{label}` does not name a target group"), label.label(words))
        .reply(1, &[("label", &label)]);
    match resource_label_meant(label) {
        Some(meant) => {
            problem.help("use only the ends of the two ARNs").fix(label.set(Safety::Shown, meant.as_str()))
        }
        None => problem.help(
            "use `app/<load balancer>/<id>/targetgroup/<target group>/<id>`, where each \
                id has 16 hexadecimal digits",
        ),
    }
}
