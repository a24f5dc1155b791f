//! Scaling policies, and standalone configuration blocks of scaling policies.

use crate::document::DocumentKind;
use crate::finding::Label;
use crate::model::field::{self, Field, Known, List, View, view};
use crate::model::linked::links::Links;
use crate::model::scaling::metric::{CustomizedMetric, MetricQueries, PredefinedMetric};
use crate::model::scaling::steps::StepScaling;
use crate::model::scaling::target::{Scaling, service_of};
use crate::model::{Answer, Movers, Present, ScalableTarget, Service};
use crate::spelling::nearest;
use crate::tree::{Kind, Node};

/// The predefined metrics that a target-tracking policy for a service can track.
const ECS_METRICS: [&str; 5] = [
    "ECSServiceAverageCPUUtilization",
    "ECSServiceAverageMemoryUtilization",
    ALB_REQUEST_COUNT,
    "ECSServiceAverageCPUUtilizationHighResolution",
    "ECSServiceAverageMemoryUtilizationHighResolution",
];

/// The predefined pairs of metrics that a predictive scaling policy for a service can use.
const ECS_METRIC_PAIRS: [&str; 3] =
    ["ECSServiceCPUUtilization", "ECSServiceMemoryUtilization", "ALBRequestCount"];

/// The predefined metric that counts the requests of a target group.
pub(crate) const ALB_REQUEST_COUNT: &str = "ALBRequestCountPerTarget";

/// A scaling policy, or a standalone configuration block of one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ScalingPolicy<'d> {
    node: Node<'d>,
    kind: DocumentKind,
    links: &'d Links,
}

/// The types of a scaling policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PolicyType {
    /// Keeps a metric at a target value.
    TargetTracking,
    /// Adds and removes tasks in steps, triggered by an alarm.
    StepScaling,
    /// Follows a forecast.
    PredictiveScaling,
}

impl PolicyType {
    const ALL: [PolicyType; 3] =
        [PolicyType::TargetTracking, PolicyType::StepScaling, PolicyType::PredictiveScaling];

    /// The value of `PolicyType`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            PolicyType::TargetTracking => "TargetTrackingScaling",
            PolicyType::StepScaling => "StepScaling",
            PolicyType::PredictiveScaling => "PredictiveScaling",
        }
    }

    /// The key of its configuration block.
    pub(crate) const fn block(self) -> &'static str {
        match self {
            PolicyType::TargetTracking => "TargetTrackingScalingPolicyConfiguration",
            PolicyType::StepScaling => "StepScalingPolicyConfiguration",
            PolicyType::PredictiveScaling => "PredictiveScalingPolicyConfiguration",
        }
    }

    fn read(name: &str) -> Option<PolicyType> {
        PolicyType::ALL.into_iter().find(|one| one.name() == name)
    }

    const fn alone(self) -> DocumentKind {
        match self {
            PolicyType::TargetTracking => DocumentKind::TargetTracking,
            PolicyType::StepScaling => DocumentKind::StepScaling,
            PolicyType::PredictiveScaling => DocumentKind::PredictiveScaling,
        }
    }
}

impl<'d> ScalingPolicy<'d> {
    /// The scaling policy of a document, or the block that is the document, with its links to other
    /// documents.
    pub(crate) fn new(node: Node<'d>, kind: DocumentKind, links: &'d Links) -> ScalingPolicy<'d> {
        ScalingPolicy { node, kind, links }
    }

    /// The service that it scales, if that was linted too.
    pub(crate) fn service(&self) -> Option<Service<'d>> {
        service_of(self.links)
    }

    /// The scalable target that it moves, if that was linted too.
    pub(crate) fn scalable_target(&self) -> Option<ScalableTarget<'d>> {
        self.links.scalable_target.found().and_then(ScalableTarget::alone)
    }

    /// The policies and the actions that move the same scalable target.
    pub(crate) fn movers(&self) -> &'d Movers {
        self.links.movers()
    }

    /// `PolicyName`
    pub(crate) fn name(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "PolicyName")
    }

    /// The node of the policy, or of the block.
    pub(crate) fn node(&self) -> Node<'d> {
        self.node
    }

    /// Whether it is API output, where nothing is required.
    pub(crate) fn is_described(&self) -> bool {
        self.kind.is_described()
    }

    /// Whether the user's tool sends a type that is not written.
    pub(crate) fn has_default_type(&self) -> bool {
        self.node.is_in_module()
    }

    /// The document around the configuration block; `None` if the block stands alone.
    pub(crate) fn scaling(&self) -> Option<Scaling<'d>> {
        Scaling::new(self.node, self.kind, self.links)
    }

    /// Whether it certainly scales an Amazon ECS service. A standalone block does not show this.
    pub(crate) fn is_for_ecs(&self) -> bool {
        self.scaling().is_some_and(|scaling| scaling.is_for_ecs())
    }

    /// Whether it scales, or may scale, an Amazon ECS service.
    pub(crate) fn may_be_for_ecs(&self) -> bool {
        self.scaling().is_none_or(|scaling| scaling.is_for_ecs())
    }

    /// What to call it in a sentence.
    pub(crate) fn title(&self) -> String {
        match self.name().known() {
            Some(name) if self.scaling().is_some() => format!("scaling policy `{name}`"),
            _ => "the scaling policy".to_owned(),
        }
    }

    /// A label on what identifies the policy: its name, otherwise its head.
    pub(crate) fn label(&self, text: impl Into<String>) -> Label {
        match self.name().known() {
            Some(name) => name.label(text),
            None => Label::new(self.node.head(), text),
        }
    }

    /// `PolicyType`
    pub(crate) fn policy_type(&self) -> Field<'d, PolicyType> {
        field::identifier(self.node, "PolicyType").read(PolicyType::read)
    }

    /// The configuration block of a type.
    pub(crate) fn block(&self, of: PolicyType) -> Field<'d, Node<'d>> {
        if self.kind == of.alone() {
            return Field::Known(Known::new(self.node, self.node));
        }
        match self.scaling() {
            Some(_) => field::object(self.node, of.block()),
            None => Field::Missing,
        }
    }

    /// The configuration block of a type, if the policy uses it: if the block of the policy's own type is
    /// set, every other block must be removed, so its content no longer matters.
    fn used_block(&self, of: PolicyType) -> Field<'d, Node<'d>> {
        let is_used = match self.policy_type() {
            Field::Missing => true,
            Field::Known(own) => *own == of || self.block(*own).is_missing(),
            Field::Unknown(_) => self.has_only(of),
        };
        if is_used { self.block(of) } else { Field::Unknown(None) }
    }

    /// The configuration blocks that are set, with their types.
    pub(crate) fn blocks(&self) -> Vec<(PolicyType, Present<'d>)> {
        PolicyType::ALL.into_iter().filter_map(|one| Some((one, self.block(one).present()?))).collect()
    }

    /// Whether no block of another type is, or may be, set.
    pub(crate) fn has_only(&self, block: PolicyType) -> bool {
        PolicyType::ALL.into_iter().all(|one| one == block || self.block(one).is_missing())
    }

    /// `TargetTrackingScalingPolicyConfiguration`
    pub(crate) fn target_tracking(&self) -> Field<'d, TargetTracking<'d>> {
        self.used_block(PolicyType::TargetTracking).read(|node| Some(TargetTracking::of(node)))
    }

    /// The type of the predefined metric that a target-tracking policy tracks.
    pub(crate) fn predefined_metric_type(&self) -> Option<Known<'d, &'d str>> {
        self.target_tracking().known()?.predefined_metric().known()?.metric_type().known()
    }

    /// The resource label of the predefined metric that a target-tracking policy tracks.
    pub(crate) fn resource_label(&self) -> Option<Known<'d, &'d str>> {
        self.target_tracking().known()?.predefined_metric().known()?.resource_label().known()
    }

    /// The metric that the policy tracks, if it certainly depends only on the tasks of the service: their CPU
    /// or memory utilization.
    pub(crate) fn own_metric(&self) -> Option<Known<'d, &'d str>> {
        let is_tracking = self.policy_type().known()?.value() == PolicyType::TargetTracking;
        self.predefined_metric_type().filter(|metric| is_tracking && is_utilization(metric))
    }

    /// The target values of the policy for CPU or memory utilization, in percent, with the metric.
    pub(crate) fn utilization_targets(&self) -> Vec<(Known<'d, f64>, Known<'d, &'d str>)> {
        let block = self.target_tracking();
        let tracked = self.predefined_metric_type().filter(|metric| is_utilization(metric));
        let tracked = block.and_then(|block| block.target_value()).known().zip(tracked);
        let forecast = self.predictive_scaling().known().into_iter();
        let pairs = forecast.flat_map(|block| block.metric_specifications().items()).filter_map(|one| {
            let metric = one.metric_pair().known()?.metric_type().known()?;
            let is_pair = is_ecs_metric_pair(&metric) && metric.ends_with("Utilization");
            Some((one.target_value().known()?, metric)).filter(|_| is_pair)
        });
        tracked.into_iter().chain(pairs).collect()
    }

    /// `Alarms` in API output, if it is an empty list.
    pub(crate) fn empty_alarms(&self) -> Option<Known<'d, Node<'d>>> {
        let alarms = field::member(self.node, "Alarms").known().filter(|_| self.is_described())?;
        let is_empty = alarms.kind() == Kind::List && alarms.items().next().is_none();
        (is_empty && !alarms.is_incomplete()).then_some(alarms)
    }

    /// `DisableScaleIn` of a target-tracking policy, if it is certainly true.
    pub(crate) fn disables_scale_in_value(&self) -> Option<Known<'d, bool>> {
        self.target_tracking().and_then(|block| block.disable_scale_in()).known().filter(|value| **value)
    }

    /// Whether the policy is a target-tracking policy that never removes a task.
    pub(crate) fn disables_scale_in(&self) -> Answer {
        self.target_tracking().and_then(|block| block.disable_scale_in()).is(|value| value)
    }

    /// Whether it is a target-tracking policy that certainly also removes tasks.
    pub(crate) fn tracks_both_ways(&self) -> bool {
        let is_tracking =
            self.policy_type().known().is_some_and(|known| *known == PolicyType::TargetTracking);
        is_tracking && self.target_tracking().known().is_some() && self.disables_scale_in().is_no()
    }

    /// Whether the policy removes tasks.
    pub(crate) fn scales_in(&self) -> Answer {
        match self.policy_type().known().map(Known::value) {
            Some(PolicyType::TargetTracking) => Answer::no_if(self.disables_scale_in().is_yes()),
            Some(PolicyType::StepScaling) => {
                Answer::no_if(self.step_scaling().known().is_some_and(|block| block.only_adds()))
            }
            _ => Answer::Unknown,
        }
    }

    /// The identity of the metric that a target-tracking policy tracks, and where it is named: type and label
    /// of a predefined metric; namespace, name, statistic and dimensions of a customized one.
    pub(crate) fn tracked_metric(&self) -> Option<(String, Known<'d, &'d str>)> {
        let block = self.target_tracking().known()?;
        if let Some(metric) = block.predefined_metric().known() {
            let metric_type = metric.metric_type().known()?;
            let label = match metric.resource_label() {
                Field::Known(label) => label.value(),
                Field::Missing => "",
                Field::Unknown(_) => return None,
            };
            return Some((format!("{metric_type} {label}"), metric_type));
        }
        block.customized_metric().known()?.identity()
    }

    /// `StepScalingPolicyConfiguration`
    pub(crate) fn step_scaling(&self) -> Field<'d, StepScaling<'d>> {
        self.used_block(PolicyType::StepScaling).read(|node| Some(StepScaling::of(node)))
    }

    /// `PredictiveScalingPolicyConfiguration`
    pub(crate) fn predictive_scaling(&self) -> Field<'d, PredictiveScaling<'d>> {
        self.used_block(PolicyType::PredictiveScaling).read(|node| Some(PredictiveScaling::of(node)))
    }

    /// The target values of the metrics.
    pub(crate) fn target_values(&self) -> Vec<Known<'d, f64>> {
        let tracked = self.target_tracking().and_then(|block| block.target_value()).known();
        let forecast = self.predictive_scaling().known().into_iter();
        let specifications = forecast.flat_map(|block| block.metric_specifications().items());
        tracked.into_iter().chain(specifications.filter_map(|one| one.target_value().known())).collect()
    }

    /// The cooldowns of the policy, in seconds, with their keys.
    pub(crate) fn cooldowns(&self) -> Vec<(&'static str, Known<'d, i64>)> {
        let tracked = self.target_tracking();
        let read = |key: &'static str| {
            let tracked = tracked.and_then(|block| field::integer(block.node(), key));
            Some((key, tracked.known()?))
        };
        let steps = self.step_scaling().and_then(|block| field::integer(block.node(), "Cooldown")).known();
        ["ScaleOutCooldown", "ScaleInCooldown"]
            .into_iter()
            .filter_map(read)
            .chain(steps.map(|steps| ("Cooldown", steps)))
            .collect()
    }

    /// The lists of metric queries of the policy.
    pub(crate) fn metric_queries(&self) -> Vec<MetricQueries<'d>> {
        let customized = self.target_tracking().and_then(|block| block.customized_metric());
        let tracked = customized.known().map(|metric| metric.metrics());
        let forecast = self.predictive_scaling().known().into_iter();
        let specifications = forecast.flat_map(|block| block.metric_specifications().items());
        tracked.into_iter().chain(specifications.flat_map(MetricSpecification::customized_queries)).collect()
    }

    /// Whether a predefined metric is certainly for Amazon ECS: because of what the policy scales, or because
    /// of the metric's name.
    pub(crate) fn is_ecs_metric(&self, metric: &str) -> bool {
        self.is_for_ecs() || metric.starts_with("ECSService")
    }
}

view! {
    /// The target-tracking configuration of a scaling policy.
    TargetTracking
}

impl<'d> TargetTracking<'d> {
    /// `TargetValue`
    pub(crate) fn target_value(&self) -> Field<'d, f64> {
        field::number(self.0, "TargetValue")
    }

    /// `ScaleOutCooldown`, in seconds.
    pub(crate) fn scale_out_cooldown(&self) -> Field<'d, i64> {
        field::integer(self.0, "ScaleOutCooldown")
    }

    /// `ScaleInCooldown`, in seconds.
    pub(crate) fn scale_in_cooldown(&self) -> Field<'d, i64> {
        field::integer(self.0, "ScaleInCooldown")
    }

    /// `DisableScaleIn`
    pub(crate) fn disable_scale_in(&self) -> Field<'d, bool> {
        field::boolean(self.0, "DisableScaleIn")
    }

    /// `PredefinedMetricSpecification`
    pub(crate) fn predefined_metric(&self) -> Field<'d, PredefinedMetric<'d>> {
        field::object(self.0, "PredefinedMetricSpecification")
    }

    /// `CustomizedMetricSpecification`
    pub(crate) fn customized_metric(&self) -> Field<'d, CustomizedMetric<'d>> {
        field::object(self.0, "CustomizedMetricSpecification")
    }
}

view! {
    /// The predictive scaling configuration of a scaling policy.
    PredictiveScaling
}

impl<'d> PredictiveScaling<'d> {
    /// `MetricSpecifications`
    pub(crate) fn metric_specifications(&self) -> List<'d, MetricSpecification<'d>> {
        field::list(self.0, "MetricSpecifications")
    }

    /// `MetricSpecifications`, if it is an empty list.
    pub(crate) fn empty_specifications(&self) -> Option<Known<'d, Node<'d>>> {
        let written = field::member(self.0, "MetricSpecifications").known()?;
        written.node().is_absent().then_some(written)
    }

    /// `Mode`
    pub(crate) fn mode(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "Mode")
    }

    /// `MaxCapacityBreachBehavior`
    pub(crate) fn breach_behavior(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "MaxCapacityBreachBehavior")
    }

    /// `MaxCapacityBuffer`
    pub(crate) fn max_capacity_buffer(&self) -> Field<'d, i64> {
        field::integer(self.0, "MaxCapacityBuffer")
    }
}

view! {
    /// An entry of `MetricSpecifications`: the input of a forecast.
    MetricSpecification
}

/// What is wrong with the metrics of a forecast, which must be either a pair, or one for scaling and one for
/// the load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ForecastMetricsFault {
    /// A pair and another metric.
    PairAndMore,
    /// Two of the same kind: `scaling` or `load`.
    Twice(&'static str),
    /// No metric of a kind: `scaling` or `load`.
    Lacks(&'static str),
    /// No metric at all.
    Nothing,
}

const SCALING_METRICS: [&str; 2] =
    ["PredefinedScalingMetricSpecification", "CustomizedScalingMetricSpecification"];
const LOAD_METRICS: [&str; 2] = ["PredefinedLoadMetricSpecification", "CustomizedLoadMetricSpecification"];

impl<'d> MetricSpecification<'d> {
    /// `TargetValue`
    pub(crate) fn target_value(&self) -> Field<'d, f64> {
        field::number(self.0, "TargetValue")
    }

    /// `PredefinedMetricPairSpecification`
    pub(crate) fn metric_pair(&self) -> Field<'d, PredefinedMetric<'d>> {
        field::object(self.0, "PredefinedMetricPairSpecification")
    }

    /// What is wrong with the choice of metrics.
    pub(crate) fn fault(&self) -> Option<ForecastMetricsFault> {
        let fields = |keys: [&str; 2]| keys.map(|key| field::object::<Node>(self.0, key));
        let pair = self.metric_pair();
        let (scaling, load) = (fields(SCALING_METRICS), fields(LOAD_METRICS));
        if pair.is_unknown() || scaling.iter().chain(&load).any(Field::is_unknown) {
            return None;
        }
        let count = |fields: &[Field<Node>]| fields.iter().filter(|field| !field.is_missing()).count();
        match (!pair.is_missing(), count(&scaling), count(&load)) {
            (true, 0, 0) | (false, 1, 1) => None,
            (true, _, _) => Some(ForecastMetricsFault::PairAndMore),
            (false, 2, _) => Some(ForecastMetricsFault::Twice("scaling")),
            (false, _, 2) => Some(ForecastMetricsFault::Twice("load")),
            (false, 0, 0) => Some(ForecastMetricsFault::Nothing),
            (false, 0, _) => Some(ForecastMetricsFault::Lacks("scaling")),
            (false, _, _) => Some(ForecastMetricsFault::Lacks("load")),
        }
    }

    fn customized_queries(self) -> impl Iterator<Item = MetricQueries<'d>> {
        let keys = [SCALING_METRICS[1], LOAD_METRICS[1], "CustomizedCapacityMetricSpecification"];
        let customized = keys.into_iter().filter_map(move |key| field::object::<Node>(self.0, key).known());
        customized.map(|metric| field::list(metric.value(), "MetricDataQueries"))
    }
}

/// Whether a target-tracking policy for a service can track a predefined metric.
pub(crate) fn is_ecs_metric(name: &str) -> bool {
    ECS_METRICS.contains(&name)
}

/// Whether a forecast for a service can use a predefined pair of metrics.
pub(crate) fn is_ecs_metric_pair(name: &str) -> bool {
    ECS_METRIC_PAIRS.contains(&name)
}

/// Whether a predefined metric is the CPU or memory utilization of a service, in percent.
pub(crate) fn is_utilization(metric: &str) -> bool {
    is_ecs_metric(metric) && metric != ALB_REQUEST_COUNT
}

/// The most likely intended predefined metric of a service.
pub(crate) fn metric_meant(name: &str) -> Option<&'static str> {
    nearest(name, ECS_METRICS).or_else(|| alike(name, &ECS_METRICS[..3]))
}

/// The most likely intended predefined pair of metrics of a service.
pub(crate) fn metric_pair_meant(name: &str) -> Option<&'static str> {
    nearest(name, ECS_METRIC_PAIRS).or_else(|| alike(name, &ECS_METRIC_PAIRS))
}

/// The one of the names that is about the same thing.
fn alike(name: &str, names: &[&'static str]) -> Option<&'static str> {
    let things = ["CPU", "Memory", "RequestCount"];
    let thing = things.into_iter().find(|thing| name.contains(thing))?;
    names.iter().copied().find(|one| one.contains(thing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_of_other_services_have_their_like() {
        assert_eq!(metric_meant("ASGAverageCPUUtilization"), Some(ECS_METRICS[0]));
        assert_eq!(metric_meant("ECSServiceAverageMemoryUtilisation"), Some(ECS_METRICS[1]));
        assert_eq!(metric_meant("ALBRequestCount"), Some(ALB_REQUEST_COUNT));
        assert_eq!(metric_meant("ASGAverageNetworkIn"), None);
        assert_eq!(metric_pair_meant("ASGCPUUtilization"), Some(ECS_METRIC_PAIRS[0]));
    }
}
