//! Platform versions of Fargate.

use std::sync::LazyLock;

use crate::facts::table;
use crate::model::field::{self, Field, Known};
use crate::model::{Present, Service};
use crate::tree::Node;

/// A numeric platform version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PlatformVersion(pub u32, pub u32, pub u32);

/// The version that brought most of what the older ones lack.
const COMPLETE: PlatformVersion = PlatformVersion(1, 4, 0);

impl PlatformVersion {
    /// Reads `1.4.0`; `None` for anything else, including `LATEST`.
    pub(crate) fn read(text: &str) -> Option<PlatformVersion> {
        let mut parts = text.split('.').map(|part| part.parse().ok());
        let version = PlatformVersion(parts.next()??, parts.next()??, parts.next()??);
        parts.next().is_none().then_some(version)
    }

    /// Reads a Linux platform version that has been released.
    pub(crate) fn released(text: &str) -> Option<PlatformVersion> {
        PlatformVersion::read(text).filter(|_| platform_versions(false).any(|version| version == text))
    }
}

/// The released versions, the oldest first: version, operating system, and the day on which it was retired.
static RELEASES: LazyLock<Vec<[&str; 3]>> =
    LazyLock::new(|| table!("platform-versions.tsv").rows().collect());

/// The Fargate platform versions that have been released for an operating system, the oldest first.
pub(crate) fn platform_versions(windows: bool) -> impl Iterator<Item = &'static str> {
    let system = if windows { "windows" } else { "linux" };
    RELEASES.iter().filter(move |[_, of, _]| *of == system).map(|[version, ..]| *version)
}

/// The day from which on AWS starts no new tasks on a Linux platform version.
pub(crate) fn retirement(version: &str) -> Option<&'static str> {
    let release = RELEASES.iter().find(|[own, system, _]| *own == version && *system == "linux");
    release.map(|[.., retired]| *retired).filter(|retired| *retired != "-")
}

impl<'d> Service<'d> {
    /// `platformVersion`
    pub(crate) fn platform_version(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "platformVersion")
    }

    /// `platformVersion`, if the service runs on Fargate and this is a released version for Linux. Windows has
    /// its own version 1.0.0.
    fn linux_version(&self) -> Option<(Known<'d, &'d str>, PlatformVersion)> {
        let version = self.platform_version().known()?;
        let number = PlatformVersion::released(&version)?;
        let runs_linux = match self.task_definition() {
            Some(task) => task.says_windows().is_no(),
            None => *version != "1.0.0",
        };
        (runs_linux && self.is_fargate().is_yes()).then_some((version, number))
    }

    /// `platformVersion`, if it is an old version for Linux, and what the service and its task definition use
    /// that requires 1.4.0.
    pub(crate) fn newer_features(&self) -> Option<(Known<'d, &'d str>, Vec<Present<'d>>)> {
        let (version, _) = self.linux_version().filter(|(_, number)| *number < COMPLETE)?;
        let of_service = [
            self.executes_commands().map(|enabled| enabled.present()),
            self.service_connect().map(|connect| connect.present()),
            self.volume_configurations().present(),
        ];
        let mut found: Vec<Present> = of_service.into_iter().flatten().collect();
        let Some(task) = self.task_definition() else { return Some((version, found)) };
        found.extend(task.volumes().items().filter_map(|volume| volume.efs().present()));
        found.extend(task.ephemeral_storage().present());
        found.extend(task.pid_mode().present());
        found.extend(task.cpu().known().filter(|cpu| cpu.0 >= 8192).map(|cpu| cpu.present()));
        let added = task.containers().flat_map(|container| container.added_capabilities());
        found.extend(added.map(|capability| capability.present()));
        Some((version, found))
    }

    /// Whether certainly nothing that the service and its task definition use requires 1.4.0.
    fn lacks_newer_features(&self) -> bool {
        let enables = |object: Node<'d>, key| field::boolean(object, key).is(|enabled| enabled).is_no();
        let connect = match self.service_connect_configuration() {
            Field::Missing => true,
            Field::Unknown(_) => false,
            Field::Known(connect) => enables(connect.node(), "enabled"),
        };
        let of_service = enables(self.node(), "enableExecuteCommand")
            && connect
            && self.volume_configurations().is_missing();
        let of_task = self.is_so_of_task(|task| {
            let volumes = task.volumes();
            volumes.is_complete()
                && volumes.items().all(|volume| volume.efs().is_missing())
                && task.ephemeral_storage().is_missing()
                && task.pid_mode().is_missing()
                && task.cpu().is(|cpu| cpu.0 >= 8192).is_no()
                && task.any_container(|container| container.adds_capabilities()).is_no()
        });
        of_service && of_task
    }

    /// `platformVersion`, if it is an older Linux version than the current one, and certainly nothing about it
    /// is rejected: neither the key, nor its value for what the service uses.
    pub(crate) fn outdated_platform(&self) -> Option<Known<'d, &'d str>> {
        let (version, number) = self.linux_version().filter(|_| self.may_set_platform())?;
        let newest = platform_versions(false).last().and_then(PlatformVersion::read)?;
        let is_accepted = self.lacks_newer_features() && !self.may_be_too_old_for_spot();
        (number < newest && is_accepted).then_some(version)
    }

    /// `platformVersion`, if the service runs on Fargate and this is the current version for its operating
    /// system, which `LATEST` means too. API output may show the version that `LATEST` resolves to.
    pub(crate) fn pinned_platform(&self) -> Option<Known<'d, &'d str>> {
        let version = self.platform_version().known().filter(|_| !self.is_described())?;
        let newest = |windows| platform_versions(windows).last();
        let is_newest = match self.task_definition() {
            Some(task) if task.is_windows().is_yes() => newest(true) == Some(*version),
            Some(task) => task.says_windows().is_no() && newest(false) == Some(*version),
            None => self.knows_of_no_task() && newest(false) == Some(*version),
        };
        (is_newest && self.is_fargate().is_yes() && self.may_set_platform()).then_some(version)
    }

    /// Whether it is this document that sets the platform version, not a task set or CodeDeploy.
    fn may_set_platform(&self) -> bool {
        !self.may_have_external_controller() && !self.may_be_of_code_deploy()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn platform_versions_have_three_numbers() {
        assert_eq!(PlatformVersion::read("1.4.0"), Some(PlatformVersion(1, 4, 0)));
        assert!(PlatformVersion::read("1.10.0") > PlatformVersion::read("1.4.0"));
        for text in ["LATEST", "1.4", "1.4.0.0", "1.x.0", ""] {
            assert_eq!(PlatformVersion::read(text), None, "{text}");
        }
        assert_eq!(platform_versions(true).collect::<Vec<_>>(), ["1.0.0"]);
    }

    #[test]
    fn old_versions_are_retired() {
        assert_eq!(retirement("1.3.0"), Some("2026-06-15"));
        assert_eq!(platform_versions(false).last().and_then(retirement), None, "the newest is in use");
        for version in platform_versions(false).filter_map(retirement) {
            assert!(version.parse::<crate::date::Date>().is_ok(), "{version}");
        }
    }
}
