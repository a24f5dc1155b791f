//! Where a task runs.

use crate::facts::table;
use std::fmt;

/// What a task can be started on: the values of `requiresCompatibilities`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LaunchType {
    /// Instances of one's own.
    Ec2,
    /// AWS Fargate.
    Fargate,
    /// Machines outside AWS (ECS Anywhere).
    External,
    /// Instances that ECS manages.
    ManagedInstances,
}

impl LaunchType {
    /// Reads the spelling of the API.
    pub(crate) fn read(text: &str) -> Option<LaunchType> {
        let types =
            [LaunchType::Ec2, LaunchType::Fargate, LaunchType::External, LaunchType::ManagedInstances];
        types.into_iter().find(|launch_type| launch_type.name() == text)
    }

    /// The spelling of the API.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            LaunchType::Ec2 => "EC2",
            LaunchType::Fargate => "FARGATE",
            LaunchType::External => "EXTERNAL",
            LaunchType::ManagedInstances => "MANAGED_INSTANCES",
        }
    }
}

/// The values of `runtimePlatform.cpuArchitecture`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CpuArchitecture {
    /// 64-bit processors of Intel and AMD; what Fargate takes where nothing is written.
    X86,
    /// 64-bit ARM processors, AWS Graviton among them.
    Arm,
}

impl CpuArchitecture {
    /// Reads the spelling of the API.
    pub(crate) fn read(text: &str) -> Option<CpuArchitecture> {
        let all = [CpuArchitecture::X86, CpuArchitecture::Arm];
        all.into_iter().find(|architecture| architecture.name() == text)
    }

    /// The spelling of the API.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            CpuArchitecture::X86 => "X86_64",
            CpuArchitecture::Arm => "ARM64",
        }
    }
}

/// Whether Fargate runs an operating system family; none if the family is not known here. From
/// `rules/data/operating-systems.tsv`.
pub(crate) fn fargate_runs(family: &str) -> Option<bool> {
    let mut rows = table!("operating-systems.tsv").pairs();
    rows.find(|(listed, _)| *listed == family).map(|(_, fargate)| fargate == "yes")
}

/// The values of `networkMode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NetworkMode {
    /// Docker's virtual network; the default on Linux.
    Bridge,
    /// The network of the instance.
    Host,
    /// A network interface for each task.
    Awsvpc,
    /// No network.
    None,
    /// The network that Docker gives to containers on Windows, and only there; the default there.
    Default,
}

impl NetworkMode {
    /// Reads the spelling of the API.
    pub(crate) fn read(text: &str) -> Option<NetworkMode> {
        let modes = [
            NetworkMode::Bridge,
            NetworkMode::Host,
            NetworkMode::Awsvpc,
            NetworkMode::None,
            NetworkMode::Default,
        ];
        modes.into_iter().find(|mode| mode.name() == text)
    }

    /// The spelling of the API.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            NetworkMode::Bridge => "bridge",
            NetworkMode::Host => "host",
            NetworkMode::Awsvpc => "awsvpc",
            NetworkMode::None => "none",
            NetworkMode::Default => "default",
        }
    }
}

impl fmt::Display for NetworkMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
