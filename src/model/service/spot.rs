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
        is_older(&version, least).then_some((version, architecture, least))
    }

    /// Whether [`Service::too_old_for_spot`] reports, or may report, the platform version.
    pub(crate) fn may_be_too_old_for_spot(&self) -> bool {
        let mut providers = self.capacity_providers().items();
        let may_be_spot = providers.any(|provider| {
            provider.name().known().is_some_and(|name| *name == FARGATE_SPOT) && !provider.is_unused()
        });
        let Some(task) = self.task_definition().filter(|_| may_be_spot) else { return false };
        let least = if task.cpu_architecture() == Some(CpuArchitecture::X86) { "1.3.0" } else { "1.4.0" };
        let version = self.platform_version();
        version.is_unknown() || version.is(|version| is_older(version, least)).is_yes()
    }

    /// Whether Fargate Spot supports the operating system of the tasks: it does not support Windows.
    pub(crate) fn may_run_on_spot(&self) -> bool {
        self.is_so_of_task(|task| task.says_windows().is_no())
    }
}

/// Whether a Linux platform version has been released before another one.
fn is_older(version: &str, than: &str) -> bool {
    PlatformVersion::released(version).is_some_and(|version| Some(version) < PlatformVersion::read(than))
}
