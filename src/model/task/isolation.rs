//! What separates containers from the instance that they run on, and what opens it up: privileges, namespaces,
//! devices, the root file system.

use crate::model::field::{self, Field, Known, view};
use crate::model::{Answer, Container, LaunchType, NetworkMode, TaskDefinition};

impl<'d> TaskDefinition<'d> {
    /// Whether the containers see the processes of the instance.
    pub(crate) fn sees_processes_of_instance(&self) -> Answer {
        self.pid_mode().is(|mode| mode == HOST)
    }

    /// `pidMode`, if it is that of the instance.
    pub(crate) fn host_pid_mode(&self) -> Option<Known<'d, &'d str>> {
        self.pid_mode().known().filter(|mode| **mode == HOST)
    }

    /// `ipcMode`, if it is that of the instance.
    pub(crate) fn host_ipc_mode(&self) -> Option<Known<'d, &'d str>> {
        self.ipc_mode().known().filter(|mode| **mode == HOST)
    }

    /// Whether the containers share the network or the processes of the instance.
    pub(crate) fn shares_host_namespace(&self) -> Answer {
        self.writes(NetworkMode::Host).or(self.sees_processes_of_instance())
    }

    /// Whether a privileged container shares the network or the processes of the instance, which is one
    /// fault.
    pub(crate) fn has_privileged_host_namespace(&self) -> Answer {
        self.shares_host_namespace().and(self.any_container(Container::is_privileged))
    }

    /// Whether it may run on a Linux instance, which neither Fargate nor Windows offers.
    pub(crate) fn runs_on_linux_instance(&self) -> bool {
        self.is_fargate().or(self.says_windows()).is_no()
    }

    /// Whether the task definition states that it runs only on the user's own machines, and they do not run
    /// Windows.
    pub(crate) fn says_own_linux_instances(&self) -> Answer {
        let own = self.lists(LaunchType::Ec2).or(self.lists(LaunchType::External));
        let elsewhere =
            self.is_fargate().or(self.lists(LaunchType::ManagedInstances)).or(self.says_windows());
        let stated = own.and(!elsewhere);
        // Only if it matters: every container is asked.
        if stated.is_no() || self.suggests_windows() { Answer::No } else { stated }
    }
}

/// The value of `pidMode` and `ipcMode` that shares the namespace of the instance.
const HOST: &str = "host";

impl<'d> Container<'d> {
    /// `privileged`
    pub(crate) fn privileged(&self) -> Field<'d, bool> {
        field::boolean(self.node(), "privileged")
    }

    /// Whether it is privileged.
    pub(crate) fn is_privileged(&self) -> Answer {
        self.privileged().is(|privileged| privileged)
    }

    /// Whether it is privileged where that is supported, and so escapes all other restrictions.
    pub(crate) fn escapes_restrictions(&self) -> Answer {
        let elsewhere = self.is_fargate().or(self.says_windows());
        self.is_privileged().and(!elsewhere)
    }

    /// Whether it may run on a Linux instance, which neither Fargate nor Windows offers. A bare array may.
    pub(crate) fn runs_on_linux_instance(&self) -> bool {
        self.task().is_none_or(|task| task.runs_on_linux_instance())
    }

    /// Whether it sees the processes of the instance; not stated in a bare array, which has no `pidMode`.
    pub(crate) fn sees_processes_of_instance(&self) -> Answer {
        self.task().map_or(Answer::No, |task| task.sees_processes_of_instance())
    }

    /// `readonlyRootFilesystem`
    pub(crate) fn read_only_root(&self) -> Field<'d, bool> {
        field::boolean(self.node(), "readonlyRootFilesystem")
    }

    /// The devices of the instance that it may use, if there are any, by their paths there.
    pub(crate) fn host_devices(&self) -> impl Iterator<Item = Known<'d, &'d str>> + use<'d> {
        let devices = self.linux_parameters().known().into_iter();
        let devices = devices.flat_map(|parameters| parameters.devices().items());
        devices.filter_map(|device: Device| device.host_path().known())
    }
}

view! {
    /// An entry of `linuxParameters.devices`.
    Device
}

impl<'d> Device<'d> {
    /// `hostPath`
    pub(crate) fn host_path(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "hostPath")
    }
}

/// A device that gives access to everything on the instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RawDevice {
    /// Its memory or its ports.
    Memory,
    /// A disk.
    Disk,
}

impl RawDevice {
    /// The kind of a device that bypasses the permissions of the instance; `None` for any other device.
    pub(crate) fn of(path: &str) -> Option<RawDevice> {
        let disks = ["sd", "nvme", "xvd", "vd", "dm-", "mapper/", "disk/"];
        match path.strip_prefix("/dev/")? {
            "mem" | "kmem" | "port" => Some(RawDevice::Memory),
            name if disks.iter().any(|disk| name.starts_with(disk)) => Some(RawDevice::Disk),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_and_disks_are_raw() {
        for path in ["/dev/mem", "/dev/kmem", "/dev/port"] {
            assert_eq!(RawDevice::of(path), Some(RawDevice::Memory), "{path}");
        }
        for path in ["/dev/sda", "/dev/nvme0n1", "/dev/xvdf", "/dev/vdb", "/dev/dm-0", "/dev/disk/by-id/x"] {
            assert_eq!(RawDevice::of(path), Some(RawDevice::Disk), "{path}");
        }
        for path in ["/dev/fuse", "/dev/net/tun", "/dev/nvidia0", "/dev/memory", "/devsda", ""] {
            assert_eq!(RawDevice::of(path), None, "{path}");
        }
    }
}
