//! Where a task runs.

use crate::facts::table;
use std::fmt;

/// Where a task can run: the values of `requiresCompatibilities`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LaunchType {
    /// The user's own EC2 instances.
    Ec2,
    /// AWS Fargate.
    Fargate,
    /// Machines outside AWS (ECS Anywhere).
    External,
    /// Instances managed by ECS (Managed Instances).
    ManagedInstances,
}

impl LaunchType {
    /// All of them, in the order of their declaration.
    pub(crate) const ALL: [LaunchType; 4] =
        [LaunchType::Ec2, LaunchType::Fargate, LaunchType::External, LaunchType::ManagedInstances];

    /// Reads the API's spelling.
    pub(crate) fn read(text: &str) -> Option<LaunchType> {
        LaunchType::ALL.into_iter().find(|launch_type| launch_type.name() == text)
    }

    /// The API's spelling.
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
    /// 64-bit Intel and AMD processors; the default on Fargate.
    X86,
    /// 64-bit ARM processors, including AWS Graviton.
    Arm,
}

impl CpuArchitecture {
    /// Reads the API's spelling.
    pub(crate) fn read(text: &str) -> Option<CpuArchitecture> {
        let all = [CpuArchitecture::X86, CpuArchitecture::Arm];
        all.into_iter().find(|architecture| architecture.name() == text)
    }

    /// The API's spelling.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            CpuArchitecture::X86 => "X86_64",
            CpuArchitecture::Arm => "ARM64",
        }
    }
}

/// Whether Fargate supports an operating system family; `None` if the family is not listed in
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
    /// Docker's network for Windows containers, which exists only on Windows and is the default there.
    Default,
}

impl NetworkMode {
    /// Reads the API's spelling.
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

    /// The API's spelling.
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
