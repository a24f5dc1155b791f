use crate::finding::{Category, Problem, Severity};
use crate::model::{CustomizedMetric, ScalingPolicy, View, both, surest};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "invalid-custom-metric",
    summary: "a customized metric is defined twice, or only in part",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("The customized metric specification is not valid."),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_CustomizedMetricSpecification.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(metric) = policy.target_tracking().and_then(|block| block.customized_metric()).known() else {
        return;
    };
    let metrics = metric.metrics();
    let of_one = metric.of_one_metric();
    let conflict = both(metrics.present(), surest(of_one.iter().map(|(_, part)| *part)));
    match (conflict, of_one.split_first()) {
        (Some((metrics, part)), Some(((key, first), rest))) => report.add(
            Problem::new(
                format!("{} has both `Metrics` and a single metric", policy.title()),
                first.key_label(format!("`{key}` is for a single metric")),
            )
            .also(metrics.key_label("defines the metric by queries"))
            .also_each(rest.iter().map(|(_, part)| part.key_label("")))
            .help("keep either `Metrics`, or `MetricName`, `Namespace` and `Statistic`")
            .unless(metrics.doubt())
            .unless(part.doubt()),
        ),
        _ if metrics.is_missing() => report_missing(policy, &metric, report),
        _ => {}
    }
}

/// A part is required because the others are set; AWS's reply is not recorded.
fn report_missing(policy: &ScalingPolicy, metric: &CustomizedMetric, report: &mut Report) {
    let missing = metric.missing_of_one_metric();
    let Some(first) = missing.first() else { return };
    report.add(
        Problem::new(
            format!("the metric of {} has no {}", policy.title(), listed(missing.iter().copied())),
            metric.missing_label(first, "only partly defines the metric"),
        )
        .at_most(Severity::Warning)
        .help("set `MetricName`, `Namespace` and `Statistic`, or add queries to `Metrics`"),
    );
}
