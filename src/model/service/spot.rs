//! Fargate Spot: capacity at a lower price, which AWS takes back with two minutes' notice.

use crate::model::{CpuArchitecture, Field, Known, PlatformVersion, Service};

/// The capacity provider of Fargate Spot.
pub(crate) const FARGATE_SPOT: &str = "FARGATE_SPOT";

impl<'d> Service<'d> {
    /// `FARGATE_SPOT` in the strategy, if it certainly gets tasks.
    pub(crate) fn spot(&self) -> Option<Known<'d, &'d str>> {
        let gets_tasks = |number: Field<i64>| number.known().is_some_and(|number| *number > 0);
        self.capacity_providers().items().find_map(|provider| {
            let name = provider.name().known().filter(|name| **name == FARGATE_SPOT)?;
            (gets_tasks(provider.weight()) || gets_tasks(provider.base())).then_some(name)
        })
    }

    /// `platformVersion`, if Fargate Spot gets tasks whose architecture it does not support on this version,
    /// with the architecture and the first version on which it does.
    pub(crate) fn too_old_for_spot(&self) -> Option<(Known<'d, &'d str>, CpuArchitecture, &'static str)> {
        let task =
            self.task_definition().filter(|task| task.says_windows().is_no() && self.spot().is_some())?;
        let architecture = task.cpu_architecture()?;
        let least = match architecture {
            CpuArchitecture::Arm => "1.4.0",
            CpuArchitecture::X86 => "1.3.0",
        };
        let version = self.platform_version().known()?;
        let is_old = PlatformVersion::released(&version) < PlatformVersion::read(least);
        (is_old && PlatformVersion::released(&version).is_some()).then_some((version, architecture, least))
    }

    /// Whether nothing that is known keeps the tasks from running on Fargate Spot: neither Windows nor an old
    /// platform version.
    pub(crate) fn may_run_on_spot(&self) -> bool {
        let is_linux = self.task_definition().is_none_or(|task| task.says_windows().is_no());
        let is_new = match self.platform_version() {
            Field::Missing => true,
            Field::Known(version) => *version == "LATEST" || *version == "1.4.0",
            Field::Unknown(_) => false,
        };
        is_linux && is_new
    }
}
