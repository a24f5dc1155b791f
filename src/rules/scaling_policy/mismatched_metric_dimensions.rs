use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::ScalingPolicy;
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "mismatched-metric-dimensions",
    summary: "a policy follows the metric of another service",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html"],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(scaling) = policy.scaling() else { return };
    let Some(metric) = policy.target_tracking().and_then(|block| block.customized_metric()).known() else {
        return;
    };
    let Some(resource) = scaling.resource().known() else { return };
    let differing = metric.dimensions_not_of(*resource);
    let Some(((first, _), rest)) = differing.split_first() else { return };
    let names = differing.iter().map(|(value, _)| **value);
    let changes: Vec<Change> =
        differing.iter().map(|(value, own)| Change::Replace(value.node(), (*own).into())).collect();
    report.add(
        Problem::new(
            format!("{} scales `{}` by a metric of {}", policy.title(), resource.service, listed(names)),
            first.label("names another resource"),
        )
        .also_each(rest.iter().map(|(value, _)| value.label("so does this")))
        .also(resource.label("the service that is scaled"))
        .help(
            "for CPU and memory, use predefined metrics, such as \
            `ECSServiceAverageCPUUtilization`, which always measure the service itself",
        )
        .fix(Fix::new(Safety::Shown, "set the dimensions to the service that is scaled", &changes)),
    );
}
