use crate::finding::{Category, Label, Problem, Severity};
use crate::fix::Safety;
use crate::model::{
    ForecastMetricsFault, MetricSpecification, ScalingPolicy, View, is_ecs_metric_pair, metric_pair_meant,
};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-predictive-metrics",
    summary: "a predictive scaling policy does not have the metrics that a forecast requires",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&[
        "You must specify one metric specification.",
        "The metric specification is invalid. A policy must have either one scaling metric and one load metric or one metric pair.",
        "The predefined metric pair type for scalable dimension ecs:service:DesiredCount isn't valid.",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredictiveScalingMetricSpecification.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(block) = policy.predictive_scaling().known() else { return };
    if let Some(empty) = block.empty_specifications() {
        report.add(
            Problem::new(
                format!("{} has no metric specification", policy.title()),
                empty.key_label("empty list"),
            )
            .reply(0, &[])
            .help("add one, with a `TargetValue` and a metric pair"),
        );
    }
    let specifications = block.metric_specifications();
    let [first, others @ ..] = &*specifications.objects().collect::<Vec<_>>() else { return };
    if let [second, ..] = others {
        report.add(
            Problem::new(
                format!(
                    "{} has {} metric specifications, but only one is allowed",
                    policy.title(),
                    others.len() + 1
                ),
                second.label("one too many"),
            )
            .also(first.label("the first one"))
            .reply(0, &[])
            .help("keep one; for the others, create separate policies"),
        );
    }
    for specification in std::iter::once(first).chain(others) {
        check_choice(policy, specification, report);
        check_pair(policy, specification, report);
    }
}

fn check_choice(policy: &ScalingPolicy, specification: &MetricSpecification, report: &mut Report) {
    let Some(fault) = specification.fault() else { return };
    let words = match fault {
        ForecastMetricsFault::PairAndMore => "a metric pair and another metric".to_owned(),
        ForecastMetricsFault::Twice(kind) => format!("two {kind} metrics"),
        ForecastMetricsFault::Lacks(kind) => format!("no {kind} metric"),
        ForecastMetricsFault::Nothing => "no metric".to_owned(),
    };
    report.add(
        Problem::new(
            format!("the forecast of {} has {words}", policy.title()),
            opening(specification, &words),
        )
        .reply(1, &[])
        .help(
            "set a metric pair in `PredefinedMetricPairSpecification`, or one scaling metric \
                and one load metric",
        ),
    );
}

fn check_pair(policy: &ScalingPolicy, specification: &MetricSpecification, report: &mut Report) {
    let pair = specification.metric_pair().and_then(|pair| pair.metric_type());
    let Some(name) = pair.known().filter(|name| !is_ecs_metric_pair(name) && policy.is_ecs_metric(name))
    else {
        return;
    };
    let problem = Problem::new(
        format!("`{name}` is not a metric pair for ECS services"),
        name.label("not supported for ECS services"),
    )
    .reply(2, &[]);
    report.add(match metric_pair_meant(&name) {
        Some(meant) => problem.suggest(&name, meant),
        None => problem.help(
            "use `ECSServiceCPUUtilization`, `ECSServiceMemoryUtilization` or \
            `ALBRequestCount`",
        ),
    });
}

/// A label on a specification that has too few or too many metrics.
fn opening(specification: &MetricSpecification, words: &str) -> Label {
    specification.missing_label("PredefinedMetricPairSpecification", words)
}
