//! `role`: the role with which ECS used to call load balancers.

use crate::finding::Label;
use crate::model::field::{self, Field};
use crate::model::{NetworkMode, Service};

impl<'d> Service<'d> {
    /// `role`
    pub(crate) fn role(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "role")
    }

    /// Why the service requires the service-linked role, so that AWS rejects any other.
    pub(crate) fn reasons_for_linked_role(&self) -> Vec<Label> {
        let mut reasons = Vec::new();
        let network = self.network_configuration().certain();
        let interfaces = "tasks have their own network interfaces";
        reasons.extend(network.map(|network| network.key_label(interfaces)));
        let fargate = self.fargate_label("targets Fargate");
        reasons.extend(fargate.filter(|_| self.is_fargate().is_yes()));
        let mode = self.task_definition().and_then(|task| task.writes_mode(&[NetworkMode::Awsvpc]));
        let mode = mode.filter(|_| network.is_none());
        reasons.extend(mode.map(|mode| mode.label(interfaces)));
        let registries = self.registries().certain();
        reasons.extend(registries.map(|registries| registries.key_label("service discovery")));
        let controller = self.deployment_controller().known().filter(|one| one.value() == "EXTERNAL");
        reasons.extend(controller.map(|controller| controller.label("the external deployment controller")));
        let second = self.load_balancers().items().filter_map(|one| one.target_group().certain()).nth(1);
        reasons.extend(second.map(|group| group.key_label("a second target group")));
        reasons
    }

    /// Whether AWS certainly accepts a role: the service has a load balancer, and no reason to require the
    /// service-linked role.
    pub(crate) fn may_have_role(&self) -> bool {
        let balancers = self.load_balancers();
        let target_groups = balancers.items().filter_map(|one| one.target_group().present()).count();
        let task_is_settled = self.is_so_of_task(|task| task.writes(NetworkMode::Awsvpc).is_no());
        self.is_whole()
            && balancers.certain().is_some()
            && balancers.is_complete()
            && target_groups < 2
            && self.network_configuration().is_missing()
            && self.is_fargate().is_no()
            && self.registries().is_missing()
            && !self.may_have_external_controller()
            && task_is_settled
    }
}
