use std::collections::HashSet;

use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{MetricQueries, MetricQuery, ScalingPolicy, View, both, ids_in, is_query_id, repeated_by};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::spelling::nearest_of_few;

pub(super) const RULE: Rule = Rule {
    id: "invalid-metric-query",
    summary: "a metric math query is not valid",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingMetricDataQuery.html",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html",
    ],
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
            Problem::new(format!("`{id}` is not a valid ID for a metric query"), id.label("not a valid ID"))
                .help("start with a lower-case letter, followed by letters, digits and `_`"),
        );
    }
    for (first, second) in repeated_by(queries.items(), |query| query.id()) {
        let (Some(first), Some(second)) = (first.id().known(), second.id().known()) else { continue };
        report.add(
            Problem::new(
                format!("two metric queries have the ID `{second}`"),
                second.label("the second query"),
            )
            .also(first.label("the first query"))
            .help("give each query a unique ID"),
        );
    }
}

fn check_sources(queries: &MetricQueries, report: &mut Report) {
    for query in queries.items() {
        let (expression, metric) = (query.expression(), query.metric_stat());
        if let Some((expression, metric)) = both(expression.present(), metric.present()) {
            report.add(
                Problem::new(
                    format!("{} has both `Expression` and `MetricStat`", query.title()),
                    expression.key_label("computes a metric"),
                )
                .also(metric.key_label("reads a metric"))
                .help("move the expression to a separate query")
                .unless(expression.doubt())
                .unless(metric.doubt()),
            );
        } else if expression.is_missing() && metric.is_missing() {
            report.add(
                Problem::new(
                    format!("{} has neither `MetricStat` nor `Expression`", query.title()),
                    query.missing_label("MetricStat", "reads no metric and computes none"),
                )
                .help("add `MetricStat` to read a metric, or `Expression` to compute one"),
            );
        }
    }
}

/// Reports names in expressions that are not the ID of a query.
fn check_names(queries: &MetricQueries, report: &mut Report) {
    let ids: Option<Vec<&str>> = queries.items().map(|query| Some(query.id().known()?.value())).collect();
    let Some(ids) = ids.filter(|_| queries.is_complete()) else { return };
    let known: HashSet<&str> = ids.iter().copied().collect();
    for expression in queries.items().filter_map(|query| query.expression().known()) {
        let mut unknown = ids_in(expression.value()).into_iter().filter(|(_, id)| !known.contains(id));
        let Some((start, id)) = unknown.next() else { continue };
        let problem = Problem::new(
            format!("no metric query has the ID `{id}`"),
            expression.part_label(start..start + id.len(), "no such query"),
        );
        report.add(match nearest_of_few(id, ids.iter().copied()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help(format!("add a query with the ID `{id}`, or use the ID of another query")),
        });
    }
}

/// Exactly one query must return the metric that the policy follows.
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
                "no metric query returns the metric to follow",
                list.key_label("`ReturnData` is false in every query"),
            )
            .help("remove `ReturnData` from the query that should return the metric"),
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
                    format!("{} metric queries return a metric, but only one may", returning.len()),
                    title(last, "returns a metric"),
                )
                .also_each(others.iter().map(|query| title(query, "returns one too")))
                .help(
                    "set `ReturnData` to false in all but the one to follow, which is \
                    usually the last",
                )
                .fix(Fix::new(
                    Safety::Shown,
                    "set `ReturnData` to false in all but the last",
                    &hide,
                )),
            );
        }
    }
}
