//! How a service replaces its tasks.

use crate::document::ServiceForm;
use crate::model::field::{self, Field, Known, List, view};
use crate::model::{Answer, Service, View};
use crate::tree::{Kind, Node};

impl<'d> Service<'d> {
    /// Whether the document is API output: AWS has accepted its values.
    pub(crate) fn is_described(&self) -> bool {
        self.form() == ServiceForm::Described
    }

    /// Whether the document defines a new service or task set, so that omitted fields that determine the kind
    /// of service have AWS's defaults.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self.form(), ServiceForm::Create | ServiceForm::Ecspresso | ServiceForm::TaskSet)
    }

    /// Whether what the document leaves out is certainly not set, or has AWS's default: an update, and a task
    /// set, leave the rest to the service that they belong to.
    pub(crate) fn states_everything(&self) -> bool {
        matches!(self.form(), ServiceForm::Create | ServiceForm::Ecspresso | ServiceForm::Described)
    }

    fn chooses(&self, chosen: Field<'d, &'d str>, default: &str, wanted: &str) -> Answer {
        match chosen {
            Field::Known(chosen) => Answer::from(chosen.value() == wanted),
            Field::Missing if self.is_whole() => Answer::from(default == wanted),
            _ => Answer::Unknown,
        }
    }

    /// Whether the service runs a number of tasks (`REPLICA`).
    pub(crate) fn is_replica(&self) -> Answer {
        self.chooses(self.scheduling_strategy(), "REPLICA", "REPLICA")
    }

    /// Whether the service states that it runs one task on each instance (`DAEMON`).
    pub(crate) fn says_daemon(&self) -> Answer {
        self.scheduling_strategy().is(|strategy| strategy == "DAEMON")
    }

    /// Whether this deployment controller is in charge. None is in charge of a task set, which is created by
    /// a controller outside AWS.
    pub(crate) fn is_controlled_by(&self, controller: &str) -> Answer {
        if self.is_task_set() {
            return Answer::No;
        }
        self.chooses(self.deployment_controller(), "ECS", controller)
    }

    /// `deploymentConfiguration`
    pub(crate) fn deployment(&self) -> Field<'d, DeploymentConfiguration<'d>> {
        field::object(self.node(), "deploymentConfiguration")
    }

    /// `deploymentConfiguration.strategy`
    pub(crate) fn deployment_strategy(&self) -> Field<'d, &'d str> {
        self.deployment().and_then(|deployment| field::identifier(deployment.node(), "strategy"))
    }

    /// Whether ECS itself replaces the tasks step by step: controller `ECS`, strategy `ROLLING`.
    pub(crate) fn rolls(&self) -> Answer {
        let strategy = self.chooses(self.deployment_strategy(), "ROLLING", "ROLLING");
        match (self.is_controlled_by("ECS"), strategy) {
            (Answer::No, _) | (_, Answer::No) => Answer::No,
            (Answer::Yes, Answer::Yes) => Answer::Yes,
            _ => Answer::Unknown,
        }
    }

    /// `deploymentConfiguration.minimumHealthyPercent`
    pub(crate) fn minimum_healthy_percent(&self) -> Field<'d, i64> {
        self.deployment().and_then(|deployment| field::integer(deployment.node(), "minimumHealthyPercent"))
    }

    /// `deploymentConfiguration.maximumPercent`
    pub(crate) fn maximum_percent(&self) -> Field<'d, i64> {
        self.deployment().and_then(|deployment| field::integer(deployment.node(), "maximumPercent"))
    }

    /// Both percentages of a service with a desired count, with the defaults of a new service.
    pub(crate) fn percentages(&self) -> Option<Percentages<'d>> {
        let minimum = self.minimum_healthy_percent();
        let maximum = self.maximum_percent();
        let of = |field: &Field<'d, i64>, default: i64| match field {
            Field::Known(known) => Some(known.value()),
            Field::Missing if self.form() == ServiceForm::Create => Some(default),
            _ => None,
        };
        Some(Percentages {
            minimum: of(&minimum, 100)?,
            maximum: of(&maximum, 200)?,
            written: [minimum.known(), maximum.known()],
        })
    }

    /// Whether anything stops a rolling deployment that fails: the circuit breaker or an alarm.
    pub(crate) fn stops_failed_deployments(&self) -> Answer {
        // Without `enable`, the request is rejected.
        let is_on = |enable: Field<'d, bool>| match enable {
            Field::Missing => Answer::Unknown,
            enable => enable.is(|on| on),
        };
        let deployment = self.deployment();
        let breaker = match deployment.and_then(|deployment| deployment.circuit_breaker()) {
            Field::Known(breaker) => is_on(breaker.enable()),
            breaker => breaker.is(|_| false),
        };
        let alarms = match deployment.and_then(|deployment| deployment.alarms()) {
            Field::Known(alarms) => is_on(alarms.enable()),
            alarms => alarms.is(|_| false),
        };
        breaker.or(alarms)
    }

    /// `enableExecuteCommand`, if it is true.
    pub(crate) fn executes_commands(&self) -> Option<Known<'d, bool>> {
        field::boolean(self.node(), "enableExecuteCommand").known().filter(|enabled| **enabled)
    }

    /// `healthCheckGracePeriodSeconds`, in seconds.
    pub(crate) fn grace_period(&self) -> Field<'d, i64> {
        field::amount(self.node(), "healthCheckGracePeriodSeconds")
    }

    /// Whether failed health checks are ignored for some time after the start of a task.
    pub(crate) fn grants_grace(&self) -> Answer {
        match self.grace_period() {
            Field::Known(_) => Answer::Yes,
            Field::Missing => Answer::no_if(self.states_everything()),
            Field::Unknown(_) => Answer::Unknown,
        }
    }

    /// Whether a deployment can replace a task on an instance that has no room for a second one: the service
    /// runs one task on each instance, or may stop a task before it starts the next and never runs more than
    /// the desired count.
    pub(crate) fn replaces_in_place(&self) -> Answer {
        let (minimum, maximum) = (self.minimum_healthy_percent(), self.maximum_percent());
        let is_missing = minimum.is_missing() || maximum.is_missing();
        let recreates = minimum
            .is(|percent| percent == 0)
            .or(minimum.is(|percent| percent < 100).and(maximum.is(|percent| percent <= 100)));
        let recreates = match recreates {
            Answer::No if is_missing && !self.states_everything() => Answer::Unknown,
            answer => answer,
        };
        self.says_daemon().or(recreates)
    }

    /// The names in `monitoring.metricConfigurations`, in order.
    pub(crate) fn monitored_metrics(&self) -> impl Iterator<Item = Known<'d, &'d str>> + use<'d> {
        let monitoring = field::object::<Node>(self.node(), "monitoring").known().into_iter();
        monitoring
            .flat_map(|monitoring| field::list::<Node>(monitoring.value(), "metricConfigurations").items())
            .flat_map(|configuration| field::known_texts(field::list(configuration, "metricNames")))
    }
}

/// The bounds of a rolling deployment, as percentages of the desired count.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Percentages<'d> {
    /// `minimumHealthyPercent`
    pub minimum: i64,
    /// `maximumPercent`
    pub maximum: i64,
    /// Both, if set.
    pub written: [Option<Known<'d, i64>>; 2],
}

impl Percentages<'_> {
    /// The minimum number of running tasks: AWS rounds up.
    pub(crate) fn lower(&self, count: i64) -> i64 {
        count.saturating_mul(self.minimum).saturating_add(99) / 100
    }

    /// The maximum number of running tasks: AWS rounds down.
    pub(crate) fn upper(&self, count: i64) -> i64 {
        count.saturating_mul(self.maximum) / 100
    }

    /// Whether the deployment can neither stop nor start a task.
    pub(crate) fn block(&self, count: i64) -> bool {
        count > 0 && self.lower(count) >= count && self.upper(count) <= count
    }

    /// The smallest `maximumPercent` that allows one more task to start.
    pub(crate) fn smallest_maximum(count: i64) -> i64 {
        (count.saturating_add(1).saturating_mul(100) + count - 1) / count.max(1)
    }
}

view! {
    /// `deploymentConfiguration`
    DeploymentConfiguration
}

impl<'d> DeploymentConfiguration<'d> {
    /// `deploymentCircuitBreaker`
    pub(crate) fn circuit_breaker(&self) -> Field<'d, CircuitBreaker<'d>> {
        field::object(self.node(), "deploymentCircuitBreaker")
    }

    /// `alarms`
    pub(crate) fn alarms(&self) -> Field<'d, DeploymentAlarms<'d>> {
        field::object(self.node(), "alarms")
    }

    /// `earlySuccessCriteria`
    pub(crate) fn early_success(&self) -> Field<'d, EarlySuccess<'d>> {
        field::object(self.node(), "earlySuccessCriteria")
    }
}

view! {
    /// `deploymentConfiguration.deploymentCircuitBreaker`
    CircuitBreaker
}

impl<'d> CircuitBreaker<'d> {
    /// `enable`
    pub(crate) fn enable(&self) -> Field<'d, bool> {
        field::boolean(self.node(), "enable")
    }

    /// `rollback`
    pub(crate) fn rollback(&self) -> Field<'d, bool> {
        field::boolean(self.node(), "rollback")
    }

    /// `thresholdConfiguration`
    pub(crate) fn threshold(&self) -> Field<'d, Node<'d>> {
        field::object(self.node(), "thresholdConfiguration")
    }

    /// Whether it has settings other than `enable`, which are ignored if it is turned off.
    pub(crate) fn has_settings(&self) -> Answer {
        let threshold = match self.threshold() {
            Field::Missing => Answer::No,
            threshold => threshold.present().map_or(Answer::Unknown, |_| Answer::Yes),
        };
        self.rollback().is(|rollback| rollback).or(threshold)
    }

    /// `thresholdConfiguration.type`
    pub(crate) fn threshold_type(&self) -> Field<'d, &'d str> {
        self.threshold().and_then(|threshold| field::identifier(threshold, "type"))
    }

    /// `thresholdConfiguration.value`
    pub(crate) fn threshold_value(&self) -> Field<'d, i64> {
        self.threshold().and_then(|threshold| field::integer(threshold, "value"))
    }
}

view! {
    /// `deploymentConfiguration.alarms`
    DeploymentAlarms
}

impl<'d> DeploymentAlarms<'d> {
    /// `enable`
    pub(crate) fn enable(&self) -> Field<'d, bool> {
        field::boolean(self.node(), "enable")
    }

    /// `rollback`
    pub(crate) fn rollback(&self) -> Field<'d, bool> {
        field::boolean(self.node(), "rollback")
    }

    /// `alarmNames`
    pub(crate) fn names(&self) -> List<'d, Node<'d>> {
        field::list(self.node(), "alarmNames")
    }

    /// The known names.
    pub(crate) fn known_names(&self) -> impl Iterator<Item = Known<'d, &'d str>> + use<'d> {
        field::known_texts(self.names())
    }

    /// `alarmNames`, if it is an empty list.
    pub(crate) fn empty_names(&self) -> Option<Node<'d>> {
        self.node().get("alarmNames").filter(|names| names.kind() == Kind::List && names.is_absent())
    }
}

view! {
    /// `deploymentConfiguration.earlySuccessCriteria`
    EarlySuccess
}

impl<'d> EarlySuccess<'d> {
    /// `enable`
    pub(crate) fn enable(&self) -> Field<'d, bool> {
        field::boolean(self.node(), "enable")
    }

    /// `healthyPercent`
    pub(crate) fn healthy_percent(&self) -> Field<'d, i64> {
        field::integer(self.node(), "healthyPercent")
    }

    /// `sourceServiceRevisionCleanup`
    pub(crate) fn cleanup(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "sourceServiceRevisionCleanup")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(count: i64, minimum: i64, maximum: i64) -> bool {
        Percentages { minimum, maximum, written: [None, None] }.block(count)
    }

    #[test]
    fn the_lower_bound_is_rounded_up_and_the_upper_one_down() {
        assert!(blocks(1, 50, 150));
        assert!(blocks(2, 51, 149));
        assert!(blocks(3, 67, 133));
        assert!(!blocks(1, 0, 100));
        assert!(!blocks(1, 100, 200));
        assert!(!blocks(2, 50, 100));
        assert!(!blocks(2, 100, 150));
        assert!(!blocks(0, 100, 100));
    }

    #[test]
    fn the_smallest_maximum_lets_one_more_task_start() {
        for (count, maximum) in [(1, 200), (2, 150), (3, 134), (4, 125)] {
            assert_eq!(Percentages::smallest_maximum(count), maximum);
            assert!(!blocks(count, 100, maximum));
            assert!(blocks(count, 100, maximum - 1));
        }
    }
}
