//! Metrics that scaling policies follow.

use std::collections::BTreeSet;

use crate::facts::table;
use crate::model::field::{self, Field, Known, List, view};
use crate::model::{Present, ScalableResource};
use crate::source::Cut;
use crate::tree::Node;

view! {
    /// A predefined metric, or a predefined pair of metrics.
    PredefinedMetric
}

impl<'d> PredefinedMetric<'d> {
    /// `PredefinedMetricType`
    pub(crate) fn metric_type(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "PredefinedMetricType")
    }

    /// `ResourceLabel`
    pub(crate) fn resource_label(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "ResourceLabel")
    }
}

/// Whether a text identifies a target group of an Application Load Balancer in the form of a `ResourceLabel`:
/// `app/<load balancer>/<id>/targetgroup/<target group>/<id>`.
pub(crate) fn is_resource_label(text: &str) -> bool {
    let is_id = |id: &str| id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let parts: Vec<&str> = text.split('/').collect();
    match parts.as_slice() {
        ["app", balancer, balancer_id, "targetgroup", group, group_id] => {
            !balancer.is_empty() && !group.is_empty() && is_id(balancer_id) && is_id(group_id)
        }
        _ => false,
    }
}

/// The most likely intended resource label for a text that contains parts of ARNs.
pub(crate) fn resource_label_meant(text: &str) -> Option<String> {
    let balancer = text.find("app/")?;
    let group = text.find("targetgroup/").filter(|group| *group > balancer)?;
    let balancer: Vec<&str> = text.cut(balancer..group).splitn(4, '/').collect();
    let meant = format!("{}/{}", balancer.get(..3)?.join("/"), text.cut(group..));
    is_resource_label(&meant).then_some(meant)
}

view! {
    /// A customized metric, described in full.
    CustomizedMetric
}

/// The queries from which a metric is computed.
pub(crate) type MetricQueries<'d> = List<'d, MetricQuery<'d>>;

/// The keys that describe one metric; the first three are required.
const OF_ONE_METRIC: [&str; 5] = ["MetricName", "Namespace", "Statistic", "Dimensions", "Unit"];

impl<'d> CustomizedMetric<'d> {
    /// `Metrics`
    pub(crate) fn metrics(&self) -> MetricQueries<'d> {
        field::list(self.0, "Metrics")
    }

    /// The identity of the metric, and its name: namespace, name, statistic and dimensions.
    pub(crate) fn identity(&self) -> Option<(String, Known<'d, &'d str>)> {
        let (metric, statistic) = self.only_metric()?;
        identity(metric, statistic)
    }

    /// The name of the metric, if it is the length of a queue and nothing is computed from it.
    pub(crate) fn queue_length(&self) -> Option<Known<'d, &'d str>> {
        let (metric, _) = self.only_metric()?;
        let namespace = field::identifier(metric, "Namespace").known()?;
        let name = field::identifier(metric, "MetricName").known()?;
        is_queue_length(&namespace, &name).then_some(name)
    }

    /// The metric and its statistic, set either directly or in a single query that only reads a metric.
    fn only_metric(&self) -> Option<(Node<'d>, Field<'d, &'d str>)> {
        let queries = self.metrics();
        if queries.is_missing() {
            return Some((self.0, field::identifier(self.0, "Statistic")));
        }
        let mut items = queries.items();
        let only = items.next().filter(|_| queries.is_complete() && items.next().is_none())?;
        let only = Some(only).filter(|only| only.returns_data() == Some(true))?;
        let statistics = only.metric_stat().known().filter(|_| only.expression().is_missing())?;
        let metric = field::object::<Node>(statistics.value(), "Metric").known()?;
        Some((metric.value(), field::identifier(statistics.value(), "Stat")))
    }

    /// The keys that describe one metric and that are set.
    pub(crate) fn of_one_metric(&self) -> Vec<(&'static str, Present<'d>)> {
        let written = |key: &'static str| Some((key, field::member(self.0, key).present()?));
        OF_ONE_METRIC.into_iter().filter_map(written).collect()
    }

    /// The required keys of one metric that are missing.
    pub(crate) fn missing_of_one_metric(&self) -> Vec<&'static str> {
        let is_missing = |key: &&str| field::identifier(self.0, key).is_missing();
        OF_ONE_METRIC[..3].iter().filter(|key| is_missing(key)).copied().collect()
    }

    /// The dimensions for cluster and service of an Amazon ECS metric that do not match those of a resource:
    /// each with the value that the resource would need.
    pub(crate) fn dimensions_not_of(
        &self,
        resource: ScalableResource<'d>,
    ) -> Vec<(Known<'d, &'d str>, &'d str)> {
        let is_ecs = field::identifier(self.0, "Namespace").known().is_some_and(|name| *name == "AWS/ECS");
        if !is_ecs {
            return Vec::new();
        }
        let dimensions = field::list::<Dimension>(self.0, "Dimensions");
        let differing = dimensions.items().filter_map(|dimension| {
            let own = match *dimension.name().known()? {
                "ClusterName" => resource.cluster,
                "ServiceName" => resource.service,
                _ => return None,
            };
            let value = dimension.value().known()?;
            (*value != own).then_some((value, own))
        });
        differing.collect()
    }
}

/// Whether a metric is the number of messages in a queue. In a namespace of the user's own, the name says so,
/// however it is spelled.
fn is_queue_length(namespace: &str, name: &str) -> bool {
    let plain = |text: &str| text.replace(['_', '-', '.', ' '], "").to_ascii_lowercase();
    table!("queue-metrics.tsv").pairs().any(|(of, metric)| match of {
        "*" => !namespace.starts_with("AWS/") && plain(name) == plain(metric),
        _ => of == namespace && metric == name,
    })
}

fn identity<'d>(metric: Node<'d>, statistic: Field<'d, &'d str>) -> Option<(String, Known<'d, &'d str>)> {
    let name = field::identifier(metric, "MetricName").known()?;
    let namespace = field::identifier(metric, "Namespace").known()?;
    let statistic = statistic.known()?;
    let dimensions = field::list::<Dimension>(metric, "Dimensions");
    let pair = |one: Dimension<'d>| Some((one.name().known()?.value(), one.value().known()?.value()));
    let pairs: Option<BTreeSet<_>> = dimensions.items().map(pair).collect();
    let pairs = pairs.filter(|_| dimensions.is_complete())?;
    Some((format!("{namespace} {name} {statistic} {pairs:?}"), name))
}

view! {
    /// A dimension of a metric.
    Dimension
}

impl<'d> Dimension<'d> {
    /// `Name`
    pub(crate) fn name(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "Name")
    }

    /// `Value`
    pub(crate) fn value(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "Value")
    }
}

view! {
    /// A query of metric math: a metric, or an expression that uses other queries.
    MetricQuery
}

impl<'d> MetricQuery<'d> {
    /// `Id`
    pub(crate) fn id(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "Id")
    }

    /// `Expression`
    pub(crate) fn expression(&self) -> Field<'d, &'d str> {
        match field::prose(self.0, "Expression") {
            Field::Known(text) if text.is_empty() => Field::Missing,
            other => other,
        }
    }

    /// `MetricStat`
    pub(crate) fn metric_stat(&self) -> Field<'d, Node<'d>> {
        field::object(self.0, "MetricStat")
    }

    /// `ReturnData`, true if not set; `None` if unknown.
    pub(crate) fn returns_data(&self) -> Option<bool> {
        match field::boolean(self.0, "ReturnData") {
            Field::Missing => Some(true),
            Field::Unknown(_) => None,
            Field::Known(known) => Some(known.value()),
        }
    }

    /// What to call it in a sentence.
    pub(crate) fn title(&self) -> String {
        match self.id().known() {
            Some(id) => format!("metric query `{id}`"),
            None => "a metric query".to_owned(),
        }
    }
}

/// Whether a text is a valid query id: a lower-case letter, then letters, digits and `_`.
pub(crate) fn is_query_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The ids that a metric math expression refers to, and where they begin. Text in quotation marks is skipped,
/// and so are embedded queries.
pub(crate) fn ids_in(expression: &str) -> Vec<(usize, &str)> {
    let upper = expression.to_ascii_uppercase();
    let holds_text = expression.contains(['\'', '"']);
    if holds_text || upper.contains("SEARCH") || upper.contains("SELECT") {
        return Vec::new();
    }
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    let words = expression.split(|c| !is_word(c)).filter(|word| is_query_id(word));
    let place = |word: &str| word.as_ptr() as usize - expression.as_ptr() as usize;
    let is_function = |word: &str| expression.cut(place(word) + word.len()..).trim_start().starts_with('(');
    words
        .filter(|word| !is_function(word) && !matches!(*word, "and" | "or" | "not" | "asc" | "desc"))
        .map(|word| (place(word), word))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_label_names_balancer_and_target_group() {
        let right = "app/web/0123456789abcdef/targetgroup/web-blue/fedcba9876543210";
        assert!(is_resource_label(right));
        let arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333";
        for text in [
            format!("loadbalancer/{right}"),
            format!("{arn}:loadbalancer/{right}"),
            format!("app/web/0123456789abcdef/{arn}:targetgroup/web-blue/fedcba9876543210"),
        ] {
            assert!(!is_resource_label(&text), "{text}");
            assert_eq!(resource_label_meant(&text).as_deref(), Some(right), "{text}");
        }
        for text in [
            "net/web/0123456789abcdef/targetgroup/web-blue/fedcba9876543210",
            "app/web/0123/targetgroup/web-blue/fedcba9876543210",
            "targetgroup/web-blue/fedcba9876543210",
        ] {
            assert!(!is_resource_label(text), "{text}");
            assert_eq!(resource_label_meant(text), None, "{text}");
        }
    }

    #[test]
    fn lengths_of_queues_have_names() {
        for (namespace, name) in [
            ("AWS/SQS", "ApproximateNumberOfMessagesVisible"),
            ("AWS/AmazonMQ", "QueueSize"),
            ("App/Jobs", "queue_length"),
            ("App/Jobs", "QueueDepth"),
        ] {
            assert!(is_queue_length(namespace, name), "{namespace} {name}");
        }
        for (namespace, name) in [
            ("AWS/SQS", "ApproximateAgeOfOldestMessage"),
            ("AWS/ECS", "QueueSize"),
            ("App/Jobs", "QueueLengthPerTask"),
            ("App/Jobs", "ApproximateNumberOfMessagesVisible"),
        ] {
            assert!(!is_queue_length(namespace, name), "{namespace} {name}");
        }
    }

    #[test]
    fn expressions_name_queries() {
        let ids = |text| ids_in(text).into_iter().map(|(_, id)| id).collect::<Vec<_>>();
        assert_eq!(ids("m1 / m2 * 1e3"), ["m1", "m2"]);
        assert_eq!(ids("SUM([m1,backlog_x])/FILL(e1, REPEAT)"), ["m1", "backlog_x", "e1"]);
        assert_eq!(ids("IF(m1 > 0 and avg(m2) < 1, m1, 0)"), ["m1", "m2", "m1"]);
        assert_eq!(ids("SEARCH('{AWS/ECS,ClusterName} web', 'Average', 300)"), Vec::<&str>::new());
        assert_eq!(ids("SELECT AVG(CPUUtilization) FROM SCHEMA(x)"), Vec::<&str>::new());
        assert_eq!(ids("SUM(METRICS())"), Vec::<&str>::new());
        assert!(is_query_id("m1") && !is_query_id("M1") && !is_query_id("m-1") && !is_query_id("1m"));
    }
}
