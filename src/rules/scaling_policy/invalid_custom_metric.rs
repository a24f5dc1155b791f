use crate::finding::{Category, Problem, Severity};
use crate::model::{CustomizedMetric, ScalingPolicy, View, both, surest};
use crate::rule::{Check, Profile, Report, Rule, page};
use crate::words::listed;

pub const RULE: Rule = Rule {
    id: "invalid-custom-metric",
    summary: "a metric is described twice, or only in part",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    aws_says: &["The customized metric specification is not valid."],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_CustomizedMetricSpecification.html",
    ],
    page: page!("scaling-policy/invalid-custom-metric"),
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
                format!("{} has `Metrics` and describes a single metric as well", policy.title()),
                first.key_label(format!("`{key}` describes a single metric")),
            )
            .also(metrics.key_label("describes it by queries"))
            .also_each(rest.iter().map(|(_, part)| part.key_label("")))
            .help("keep `Metrics` alone, or `MetricName`, `Namespace` and `Statistic` without it")
            .unless(metrics.doubt())
            .unless(part.doubt()),
        ),
        _ if metrics.is_missing() => report_missing(policy, &metric, report),
        _ => {}
    }
}

/// That a part is needed follows from the others; no reply of AWS is known.
fn report_missing(policy: &ScalingPolicy, metric: &CustomizedMetric, report: &mut Report) {
    let missing = metric.missing_of_one_metric();
    let Some(first) = missing.first() else { return };
    report.add(
        Problem::new(
            format!("the metric of {} has no {}", policy.title(), listed(missing.iter().copied())),
            metric.missing_label(first, "describes the metric in part"),
        )
        .at_most(Severity::Warning)
        .without_reply()
        .help("write `MetricName`, `Namespace` and `Statistic`, or queries in `Metrics`"),
    );
}
