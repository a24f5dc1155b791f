//! Whether a task definition meets the requirements of a service.

use crate::finding::Label;
use crate::model::field::{self, List};
use crate::model::{
    AWSFIRELENS, Container, LaunchType, NetworkMode, Present, Service, Surroundings, TaskDefinition, View,
    fargate_sizes_with, unfit_for,
};
use crate::tree::Node;

impl<'d> TaskDefinition<'d> {
    /// `compatibilities`: the launch types that AWS itself has found the task definition compatible with.
    /// Only API output has it.
    pub(crate) fn compatibilities(&self) -> List<'d, Node<'d>> {
        field::list(self.node(), "compatibilities")
    }

    /// What prevents a task definition that is not meant for Fargate from running there, with a label for
    /// each reason; empty if it may run there. AWS uses its own computed list, so a missing `FARGATE` in
    /// `requiresCompatibilities` is not a reason.
    pub(crate) fn reasons_against_fargate(&self) -> Vec<Label> {
        if !self.is_fargate().is_no() {
            return Vec::new();
        }
        if !self.compatibilities().is_missing() {
            return self.computed_reason(LaunchType::Fargate);
        }
        let mut reasons = Vec::new();
        if self.shares_network().is_yes() {
            reasons.push(match self.network_mode().known() {
                Some(mode) => mode.label("Fargate requires `awsvpc`"),
                None => self.name_label("no `networkMode`: Fargate requires `awsvpc`"),
            });
        }
        reasons.extend(self.size_reason());
        reasons.extend(self.containers().filter_map(|container| container.log_driver_reason()));
        let unfit = unfit_for(Surroundings::Fargate, self);
        reasons.extend(unfit.iter().map(|found| found.label("not supported on Fargate")));
        reasons
    }

    /// The place where AWS's own list omits a launch type.
    pub(crate) fn computed_reason(&self, launch_type: LaunchType) -> Vec<Label> {
        let list = self.compatibilities();
        let Some(known) = list.known().filter(|_| list.is_complete()) else { return Vec::new() };
        if field::known_texts(list).any(|name| name.value() == launch_type.name()) {
            return Vec::new();
        }
        vec![known.label(format!("AWS lists these as compatible, but not {}", launch_type.name()))]
    }

    fn size_reason(&self) -> Option<Label> {
        let (cpu, memory) = (self.cpu_text(), self.memory_text());
        match (cpu.is_missing(), memory.is_missing()) {
            (true, true) => return Some(self.name_label("no task `cpu` or `memory`")),
            (true, false) => return Some(self.name_label("no task `cpu`")),
            (false, true) => return Some(self.name_label("no task `memory`")),
            (false, false) => {}
        }
        let (cpu, memory) = (self.cpu().known()?, self.memory().known()?);
        let sizes = fargate_sizes_with(self.is_windows());
        let is_size = sizes.iter().any(|size| (size.cpu, size.memory) == (*cpu, *memory));
        (!is_size).then(|| memory.label(format!("Fargate does not support this with {} CPU units", cpu.0)))
    }
}

impl Container<'_> {
    fn log_driver_reason(&self) -> Option<Label> {
        let driver = self.log_configuration().known()?.log_driver().known()?;
        let runs = ["awslogs", "splunk", AWSFIRELENS].contains(&driver.value());
        (!runs).then(|| driver.label("Fargate does not support this log driver"))
    }

    /// Whether `readonlyRootFilesystem` prevents the ECS Exec agent from starting, because no writable mount
    /// covers the paths that it writes to.
    pub(crate) fn blocks_exec(&self) -> bool {
        let mounts = self.mount_points();
        let is_settled = mounts.is_complete()
            && self.volumes_from().is_missing()
            && mounts.items().all(|mount| !mount.container_path().is_unknown())
            && !field::object::<Node>(self.node(), "linuxParameters").is_unknown();
        self.read_only_root().is(|read_only| read_only).is_yes()
            && is_settled
            && !["/var/lib/amazon/ssm", "/var/log/amazon/ssm"].iter().all(|path| self.may_write(path))
    }

    /// Whether a mount that may be writable contains a path.
    fn may_write(&self, path: &str) -> bool {
        let holds = |root: &str| {
            let root = root.trim_end_matches('/');
            path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mounted = self.mount_points().items().any(|mount| {
            let is_read_only = mount.read_only().is(|read_only| read_only).is_yes();
            mount.container_path().known().is_some_and(|root| holds(&root)) && !is_read_only
        });
        let tmpfs_holds = self.tmpfs().any(|tmpfs| match tmpfs.container_path() {
            crate::model::Field::Known(root) => holds(&root),
            other => other.is_unknown(),
        });
        let tmpfs_is_open =
            self.linux_parameters().known().is_some_and(|parameters| !parameters.tmpfs().is_complete());
        mounted || tmpfs_holds || tmpfs_is_open
    }
}

impl<'d> Service<'d> {
    /// The fields of the service that certainly require a network that its task does not have, each with the
    /// reason. If there are any, the ports of the containers no longer matter.
    pub(crate) fn network_mode_conflicts(&self) -> Vec<(Present<'d>, &'static str)> {
        let Some(task) = self.task_definition() else { return Vec::new() };
        let Some(mode) = task.writes_mode(&[NetworkMode::None, NetworkMode::Host]) else { return Vec::new() };
        let mut conflicts = Vec::new();
        if *mode == NetworkMode::None {
            let balancers = self.load_balancers().present();
            conflicts.extend(balancers.map(|list| (list, "the load balancer has nothing to route to")));
            let registries = self.registries().present();
            conflicts.extend(registries.map(|list| (list, "service discovery has no address to register")));
        }
        let connect = self.service_connect().map(|connect| connect.present());
        conflicts.extend(connect.map(|connect| (connect, "Service Connect requires `awsvpc` or `bridge`")));
        conflicts
    }
}
