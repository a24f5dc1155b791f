use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{MetricQueries, MetricQuery, ScalingPolicy, View, both, ids_in, is_query_id, repeated_by};
use crate::rule::{Check, Profile, Report, Rule, page};
use crate::spelling::nearest;

pub const RULE: Rule = Rule {
    id: "invalid-metric-query",
    summary: "a query of metric math is not valid",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    aws_says: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingMetricDataQuery.html",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html",
    ],
    page: page!("scaling-policy/invalid-metric-query"),
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    for queries in policy.metric_queries() {
        check_ids(&queries, report);
        check_sources(&queries, report);
        check_names(&queries, report);
        check_returned(&queries, report);
    }
}

fn check_ids(queries: &MetricQueries, report: &mut Report) {
    for id in queries.items().filter_map(|query| query.id().known()).filter(|id| !is_query_id(id)) {
        report.add(
            Problem::new(format!("`{id}` cannot be the id of a metric query"), id.label("not a valid id"))
                .help("begin with a lower-case letter, and go on with letters, digits and `_`"),
        );
    }
    for (first, second) in repeated_by(queries.items(), |query| query.id()) {
        let (Some(first), Some(second)) = (first.id().known(), second.id().known()) else { continue };
        report.add(
            Problem::new(
                format!("two metric queries have the id `{second}`"),
                second.label("the second one"),
            )
            .also(first.label("the first one"))
            .help("give each query an id of its own"),
        );
    }
}

fn check_sources(queries: &MetricQueries, report: &mut Report) {
    for query in queries.items() {
        let (expression, metric) = (query.expression(), query.metric_stat());
        if let Some((expression, metric)) = both(expression.present(), metric.present()) {
            report.add(
                Problem::new(
                    format!("{} reads a metric and computes one as well", query.title()),
                    expression.key_label("computes one"),
                )
                .also(metric.key_label("reads one"))
                .help("put the expression into a query of its own")
                .unless(expression.doubt())
                .unless(metric.doubt()),
            );
        } else if expression.is_missing() && metric.is_missing() {
            report.add(
                Problem::new(
                    format!("{} neither reads a metric nor computes one", query.title()),
                    query.missing_label("MetricStat", "has neither `MetricStat` nor `Expression`"),
                )
                .help("add `MetricStat` to read a metric, or `Expression` to compute one"),
            );
        }
    }
}

/// Names in expressions that no query has.
fn check_names(queries: &MetricQueries, report: &mut Report) {
    let ids: Option<Vec<&str>> = queries.items().map(|query| Some(query.id().known()?.value())).collect();
    let Some(ids) = ids.filter(|_| queries.is_complete()) else { return };
    for expression in queries.items().filter_map(|query| query.expression().known()) {
        let mut unknown = ids_in(expression.value()).into_iter().filter(|(_, id)| !ids.contains(id));
        let Some((start, id)) = unknown.next() else { continue };
        let problem = Problem::new(
            format!("no metric query has the id `{id}`"),
            expression.part_label(start..start + id.len(), "no such query"),
        );
        report.add(match nearest(id, ids.iter().copied()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help(format!("add a query with the id `{id}`, or name another one")),
        });
    }
}

/// One query gives the metric that the policy follows.
fn check_returned(queries: &MetricQueries, report: &mut Report) {
    let all: Vec<MetricQuery> = queries.items().collect();
    let returned: Option<Vec<bool>> = all.iter().map(|query| query.returns_data()).collect();
    let (Some(returned), Some(list)) = (returned.filter(|_| queries.is_complete()), queries.known()) else {
        return;
    };
    let returning: Vec<MetricQuery> =
        all.iter().zip(&returned).filter(|(_, returns)| **returns).map(|(query, _)| *query).collect();
    match returning.as_slice() {
        [_] => {}
        [] => report.add(
            Problem::new(
                "no metric query gives the metric to follow",
                list.key_label("`ReturnData` is false everywhere"),
            )
            .help("delete `ReturnData` from the query whose result is meant"),
        ),
        [others @ .., last] => {
            let title = |query: &MetricQuery, words| match query.id().known() {
                Some(id) => id.label(words),
                None => query.label(words),
            };
            let hide: Vec<Change> =
                others.iter().map(|query| Change::set(query.node(), "ReturnData", false.into())).collect();
            report.add(
                Problem::new(
                    format!("{} metric queries give a metric to follow", returning.len()),
                    title(last, "one of them"),
                )
                .also_each(others.iter().map(|query| title(query, "gives one too")))
                .help(
                    "write \"ReturnData\": false in all but the one that is meant, which is \
                    most often the last",
                )
                .fix(Fix::new(Safety::Shown, "keep the last one", &hide)),
            );
        }
    }
}
