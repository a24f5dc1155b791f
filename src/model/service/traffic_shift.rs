//! How a blue/green, linear or canary deployment shifts traffic: listener rules, lifecycle hooks, test
//! traffic.

use crate::model::field::{self, Field, Known, List, view};
use crate::model::{Answer, Arn, DeploymentConfiguration, LoadBalancer, Present, Service, View};
use crate::tree::Node;

impl<'d> Service<'d> {
    /// The deployment controller, if it is this one, unless the document is API output or AWS rejects the
    /// controller itself.
    pub(crate) fn hands_over_to(&self, controller: &str) -> Option<Known<'d, &'d str>> {
        let is_open = !self.is_described() && self.says_daemon().is_no();
        self.deployment_controller().known().filter(|one| is_open && one.value() == controller)
    }

    /// Whether only ECS deploys the service, as far as the document states.
    pub(crate) fn leaves_deployments_to_ecs(&self) -> bool {
        match self.deployment_controller() {
            Field::Missing => true,
            Field::Known(controller) => controller.value() == "ECS",
            Field::Unknown(_) => false,
        }
    }

    /// Whether the controller is, or may be, `EXTERNAL`: then task sets define what runs and where.
    pub(crate) fn may_have_external_controller(&self) -> bool {
        match self.deployment_controller() {
            Field::Missing => false,
            Field::Known(controller) => controller.value() == "EXTERNAL",
            Field::Unknown(_) => true,
        }
    }

    /// `deploymentConfiguration.strategy`, if ECS shifts traffic from one revision to the next. With another
    /// controller, the strategy itself is the fault.
    pub(crate) fn shift(&self) -> Option<Known<'d, &'d str>> {
        let strategy = self.deployment_strategy().known()?;
        let shifts = ["BLUE_GREEN", "LINEAR", "CANARY"].contains(&strategy.value());
        (shifts && self.leaves_deployments_to_ecs()).then_some(strategy)
    }

    /// The entries of `deploymentConfiguration.lifecycleHooks`, unless another controller is in charge, which
    /// does not support hooks.
    pub(crate) fn lifecycle_hooks(&self) -> impl Iterator<Item = LifecycleHook<'d>> + use<'d> {
        let deployment = self.deployment().known().filter(|_| self.leaves_deployments_to_ecs());
        deployment.into_iter().flat_map(|deployment| deployment.lifecycle_hooks().items())
    }

    /// `forceNewDeployment`, if it is true.
    pub(crate) fn forces_deployment(&self) -> Option<Known<'d, bool>> {
        field::boolean(self.node(), "forceNewDeployment").known().filter(|forced| **forced)
    }

    /// Whether the service certainly receives no traffic that a deployment could shift.
    pub(crate) fn lacks_traffic(&self) -> bool {
        self.load_balancers().is_missing()
            && self.lattice_configurations().is_missing()
            && self.services_by_name().is_missing()
    }

    /// Where the service defines test traffic: listener rules, and Service Connect rules.
    pub(crate) fn test_traffic(&self) -> Vec<Present<'d>> {
        let of_balancers = self.load_balancers().items().map(|balancer| balancer.test_rule().present());
        let of_aliases =
            self.aliases_by_name().map(|alias| field::object::<Node>(alias, "testTrafficRules").present());
        of_balancers.chain(of_aliases).flatten().collect()
    }

    /// Whether a deployment is, or may be, meant to shift traffic, but nothing is set that could distinguish
    /// test traffic from production traffic.
    pub(crate) fn may_shift_nothing(&self) -> bool {
        let rolls = match self.deployment_strategy() {
            Field::Missing => true,
            Field::Known(strategy) => strategy.value() == "ROLLING",
            Field::Unknown(_) => false,
        };
        !rolls && self.load_balancers().is_missing() && self.services_by_name().is_missing()
    }

    /// Whether the service certainly defines no test traffic.
    pub(crate) fn lacks_test_traffic(&self) -> bool {
        let balancers = self.load_balancers();
        let services = field::object::<Node>(self.node(), "serviceConnectConfiguration");
        let by_names = match services {
            Field::Missing => true,
            Field::Unknown(_) => false,
            Field::Known(connect) => {
                let services = field::list::<Node>(connect.value(), "services");
                let is_settled =
                    |service: Node<'d>| field::list::<Node>(service, "clientAliases").is_complete();
                let aliases = || self.aliases_by_name();
                services.is_complete()
                    && services.items().all(is_settled)
                    && aliases().all(|alias| field::object::<Node>(alias, "testTrafficRules").is_missing())
            }
        };
        by_names
            && balancers.is_complete()
            && balancers.items().all(|balancer| balancer.test_rule().is_missing())
    }

    /// `serviceConnectConfiguration.services`, if Service Connect is enabled.
    fn services_by_name(&self) -> Field<'d, Node<'d>> {
        field::object::<Node>(self.node(), "serviceConnectConfiguration").and_then(|connect| {
            let services = field::member(connect, "services");
            match (field::boolean(connect, "enabled"), services) {
                (Field::Known(enabled), _) if !*enabled => Field::Missing,
                (Field::Missing, _) | (_, Field::Missing) => Field::Missing,
                (_, Field::Known(services)) if services.is_absent() => Field::Missing,
                (Field::Known(_), services) => services,
                (Field::Unknown(_), _) => Field::Unknown(None),
            }
        })
    }

    fn aliases_by_name(&self) -> impl Iterator<Item = Node<'d>> + use<'d> {
        let connect = field::object::<Node>(self.node(), "serviceConnectConfiguration").known();
        let services =
            connect.into_iter().flat_map(|connect| field::list::<Node>(connect.value(), "services").items());
        services.flat_map(|service| field::list::<Node>(service, "clientAliases").items())
    }
}

impl<'d> DeploymentConfiguration<'d> {
    /// `lifecycleHooks`
    pub(crate) fn lifecycle_hooks(&self) -> List<'d, LifecycleHook<'d>> {
        field::list(self.node(), "lifecycleHooks")
    }

    /// The configurations that belong to one strategy each: their keys, the strategies that use them, and
    /// their values.
    pub(crate) fn of_one_strategy(&self) -> [(&'static str, &'static str, Field<'d, Node<'d>>); 2] {
        [("linearConfiguration", "LINEAR"), ("canaryConfiguration", "CANARY")]
            .map(|(key, strategy)| (key, strategy, field::object(self.node(), key)))
    }
}

view! {
    /// An entry of `lifecycleHooks`.
    LifecycleHook
}

impl<'d> LifecycleHook<'d> {
    /// `targetType`
    pub(crate) fn target_type(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "targetType")
    }

    /// Whether the hook calls a Lambda function, which is the default.
    pub(crate) fn calls_function(&self) -> Answer {
        match self.target_type() {
            Field::Missing => Answer::Yes,
            Field::Known(target) => Answer::from(target.value() == "AWS_LAMBDA"),
            Field::Unknown(_) => Answer::Unknown,
        }
    }

    /// `targetType`, if the hook pauses until the deployment is continued manually.
    pub(crate) fn pause(&self) -> Option<Known<'d, &'d str>> {
        self.target_type().known().filter(|target| target.value() == "PAUSE")
    }

    /// `hookTargetArn`
    pub(crate) fn target(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "hookTargetArn")
    }

    /// `roleArn`
    pub(crate) fn role(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "roleArn")
    }

    /// `lifecycleStages`
    pub(crate) fn stages(&self) -> List<'d, Node<'d>> {
        field::list(self.node(), "lifecycleStages")
    }

    /// The stages of the hook that are among these.
    pub(crate) fn stages_among<'s>(
        &self,
        wanted: &'s [&str],
    ) -> impl Iterator<Item = Known<'d, &'d str>> + use<'d, 's> {
        field::known_texts(self.stages()).filter(|stage| wanted.contains(&stage.value()))
    }
}

impl<'d> LoadBalancer<'d> {
    /// `advancedConfiguration.productionListenerRule`
    pub(crate) fn production_rule(&self) -> Field<'d, &'d str> {
        self.advanced().and_then(|advanced| field::identifier(advanced, "productionListenerRule"))
    }

    /// `advancedConfiguration.testListenerRule`
    pub(crate) fn test_rule(&self) -> Field<'d, &'d str> {
        self.advanced().and_then(|advanced| field::identifier(advanced, "testListenerRule"))
    }

    /// The required fields that the advanced configuration certainly lacks.
    pub(crate) fn lacks_of_advanced(&self) -> Vec<&'static str> {
        let Some(advanced) = self.advanced().known() else { return Vec::new() };
        let keys = ["alternateTargetGroupArn", "productionListenerRule", "roleArn"];
        keys.into_iter().filter(|key| field::identifier(advanced.value(), key).is_missing()).collect()
    }
}

impl<'d> Arn<'d> {
    /// Whether the ARN is one that a deployment can shift traffic with: the rule of an Application Load
    /// Balancer, or the listener of a Network Load Balancer. VPC Lattice ARNs may be.
    pub(crate) fn may_route(&self) -> bool {
        let has = |prefix| self.resource.starts_with(prefix);
        match self.service {
            "elasticloadbalancing" => has("listener-rule/app/") || has("listener/net/"),
            service => service == "vpc-lattice",
        }
    }

    /// Whether the ARN is that of a Lambda function, optionally with a version or an alias.
    pub(crate) fn is_function(&self) -> bool {
        let name = self.resource.strip_prefix("function:");
        self.service == "lambda" && !self.region.is_empty() && name.is_some_and(|name| !name.is_empty())
    }

    /// The name of a Lambda function, and its version or alias.
    pub(crate) fn function(&self) -> Option<(&'d str, Option<&'d str>)> {
        let name = self.resource.strip_prefix("function:").filter(|_| self.is_function())?;
        Some(match name.split_once(':') {
            Some((name, qualifier)) => (name, Some(qualifier)),
            None => (name, None),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_listeners_are_told_from_listeners() {
        let may_route = |resource: &str| {
            let text = format!("arn:aws:elasticloadbalancing:eu-west-1:111122223333:{resource}");
            Arn::read(&text).is_some_and(|arn| arn.may_route())
        };
        assert!(may_route("listener-rule/app/web/73e2d6bc24d8a067/5ea8e2d7b1f4c903/9683b2d02a6cabee"));
        assert!(may_route("listener/net/web/73e2d6bc24d8a067/5ea8e2d7b1f4c903"));
        assert!(!may_route("listener/app/web/73e2d6bc24d8a067/5ea8e2d7b1f4c903"));
        assert!(!may_route("loadbalancer/net/web/73e2d6bc24d8a067"));
    }
}
