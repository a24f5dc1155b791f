//! Process limits, kernel parameters, and the devices that a container requests.

use crate::model::field::{self, Field, List, View, view};
use crate::model::{Container, TaskDefinition};
use crate::tree::Node;

impl<'d> Container<'d> {
    /// `ulimits`
    pub(crate) fn ulimits(&self) -> List<'d, Ulimit<'d>> {
        field::list(self.node(), "ulimits")
    }

    /// `systemControls`
    pub(crate) fn system_controls(&self) -> List<'d, SystemControl<'d>> {
        field::list(self.node(), "systemControls")
    }

    /// `resourceRequirements`
    pub(crate) fn resource_requirements(&self) -> List<'d, ResourceRequirement<'d>> {
        field::list(self.node(), "resourceRequirements")
    }

    /// The entries of `resourceRequirements` with this type.
    pub(crate) fn requirements_of_type(
        &self,
        name: &'static str,
    ) -> impl Iterator<Item = ResourceRequirement<'d>> + use<'d> {
        let is_of_type = move |requirement: &ResourceRequirement| {
            requirement.kind().known().is_some_and(|kind| kind.value() == name)
        };
        self.resource_requirements().items().filter(is_of_type)
    }
}

impl<'d> TaskDefinition<'d> {
    /// `inferenceAccelerators`
    pub(crate) fn inference_accelerators(&self) -> List<'d, Node<'d>> {
        field::list(self.node(), "inferenceAccelerators")
    }
}

view! {
    /// An entry of `ulimits`.
    Ulimit
}

/// The value that means no limit.
pub(crate) const UNLIMITED: i64 = -1;

impl<'d> Ulimit<'d> {
    /// `name`
    pub(crate) fn name(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "name")
    }

    /// `softLimit`
    pub(crate) fn soft_limit(&self) -> Field<'d, i64> {
        field::integer(self.0, "softLimit")
    }

    /// `hardLimit`
    pub(crate) fn hard_limit(&self) -> Field<'d, i64> {
        field::integer(self.0, "hardLimit")
    }
}

view! {
    /// An entry of `systemControls`.
    SystemControl
}

/// The kernel namespace that a parameter belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KernelNamespace {
    /// Network: `net.*`.
    Network,
    /// Interprocess communication: `kernel.msgmax`, `fs.mqueue.*`, ….
    Ipc,
    /// The parameter applies to the whole machine.
    None,
}

impl KernelNamespace {
    /// The namespace of a parameter.
    pub(crate) fn of(parameter: &str) -> KernelNamespace {
        const IPC: [&str; 8] = [
            "kernel.msgmax",
            "kernel.msgmnb",
            "kernel.msgmni",
            "kernel.sem",
            "kernel.shmall",
            "kernel.shmmax",
            "kernel.shmmni",
            "kernel.shm_rmid_forced",
        ];
        if parameter.starts_with("net.") {
            KernelNamespace::Network
        } else if IPC.contains(&parameter) || parameter.starts_with("fs.mqueue.") {
            KernelNamespace::Ipc
        } else {
            KernelNamespace::None
        }
    }
}

impl<'d> SystemControl<'d> {
    /// `namespace`: the name of a kernel parameter.
    pub(crate) fn parameter(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "namespace")
    }

    /// `value`
    pub(crate) fn value(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "value")
    }
}

view! {
    /// An entry of `resourceRequirements`.
    ResourceRequirement
}

impl<'d> ResourceRequirement<'d> {
    /// `type`
    pub(crate) fn kind(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "type")
    }

    /// `value`
    pub(crate) fn value(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "value")
    }

    /// `sharingStrategy`
    pub(crate) fn sharing_strategy(&self) -> Field<'d, Node<'d>> {
        field::object(self.0, "sharingStrategy")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_belong_to_a_namespace_or_to_the_machine() {
        for (parameter, namespace) in [
            ("net.core.somaxconn", KernelNamespace::Network),
            ("kernel.shm_rmid_forced", KernelNamespace::Ipc),
            ("fs.mqueue.msg_max", KernelNamespace::Ipc),
            ("kernel.pid_max", KernelNamespace::None),
            ("vm.max_map_count", KernelNamespace::None),
            ("network", KernelNamespace::None),
        ] {
            assert_eq!(KernelNamespace::of(parameter), namespace, "{parameter}");
        }
    }
}
