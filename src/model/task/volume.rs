//! Volumes, and where containers mount them.

use std::collections::{HashMap, HashSet};

use crate::finding::Label;
use crate::fix::Spot;
use crate::model::field::{self, Field, Known, List, View, view};
use crate::model::{Answer, Container, Present, TaskDefinition, volume_may_be_unsupported};
use crate::tree::{Door, Node};

impl<'d> Container<'d> {
    /// `mountPoints`
    pub(crate) fn mount_points(&self) -> List<'d, MountPoint<'d>> {
        field::list(self.node(), "mountPoints")
    }

    /// `volumesFrom`
    pub(crate) fn volumes_from(&self) -> List<'d, VolumesFrom<'d>> {
        field::list(self.node(), "volumesFrom")
    }
}

impl<'d> TaskDefinition<'d> {
    /// The volume with this name.
    pub(crate) fn volume(&self, name: &str) -> Option<Volume<'d>> {
        self.volumes().items().find(|volume| volume.name().known().is_some_and(|known| known.value() == name))
    }

    /// Its volumes by their names; of several that have the same, the first.
    pub(crate) fn volumes_by_name(&self) -> HashMap<&'d str, Volume<'d>> {
        let mut by_name = HashMap::new();
        for volume in self.volumes().items() {
            if let Some(name) = volume.name().known() {
                by_name.entry(name.value()).or_insert(volume);
            }
        }
        by_name
    }

    /// The known names of its volumes.
    pub(crate) fn volume_names(&self) -> HashSet<&'d str> {
        self.volumes().items().filter_map(|volume| Some(volume.name().known()?.value())).collect()
    }

    /// The volumes that certainly have no name.
    pub(crate) fn nameless_volumes(&self) -> impl Iterator<Item = Volume<'d>> + use<'d> {
        self.volumes().items().filter(|volume| volume.name().is_missing() && !volume.is_absent())
    }

    /// Whether a container mounts a volume that does not exist, so that it is unclear which volume is meant.
    pub(crate) fn has_dangling_mount(&self) -> Answer {
        let sees_mounts = |container: Container| container.mount_points().is_complete();
        let mut answer = Answer::no_if(self.sees_all_containers() && self.containers().all(sees_mounts));
        let (declared, knows_all) = (self.volume_names(), self.knows_all_volume_names());
        for mount in self.containers().flat_map(|container| container.mount_points().items()) {
            match mount.source_volume() {
                Field::Known(name) if declared.contains(name.value()) => {}
                Field::Known(_) if knows_all => return Answer::Yes,
                Field::Missing if mount.is_written() => return Answer::Yes,
                Field::Missing => {}
                _ => answer = Answer::Unknown,
            }
        }
        answer
    }

    /// Which volumes its containers mount.
    pub(crate) fn mounts(&self) -> Mounts<'d> {
        let is_seen = |container: Container| {
            container.mount_points().is_complete()
                && container.mount_points().items().all(|mount| !mount.source_volume().is_unknown())
                && container.volumes_from().is_complete()
                && container.volumes_from().items().all(|from| {
                    from.source_container().known().is_some_and(|name| self.container(&name).is_some())
                })
        };
        let all = self.containers().flat_map(|container| container.mount_points().items());
        let all_seen = self.sees_all_containers() && self.containers().all(is_seen);
        Mounts {
            known: all.filter_map(|mount| Some(mount.source_volume().known()?.value())).collect(),
            are_all_known: all_seen && self.has_dangling_mount().is_no(),
        }
    }
}

/// The volumes that the containers of a task mount.
pub(crate) struct Mounts<'d> {
    known: HashSet<&'d str>,
    are_all_known: bool,
}

impl Mounts<'_> {
    /// Whether a container mounts a volume. If a mount is not known, or its volume does not exist, it may.
    pub(crate) fn hold(&self, volume: &str) -> Answer {
        match self.known.contains(volume) {
            true => Answer::Yes,
            false if self.are_all_known => Answer::No,
            false => Answer::Unknown,
        }
    }
}

view! {
    /// An entry of `mountPoints`.
    MountPoint
}

impl<'d> MountPoint<'d> {
    /// `sourceVolume`
    pub(crate) fn source_volume(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "sourceVolume")
    }

    /// `containerPath`
    pub(crate) fn container_path(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "containerPath")
    }

    /// Whether the entry contains anything: `{}` is left over from a form.
    pub(crate) fn is_written(&self) -> bool {
        !self.0.is_absent()
    }
}

view! {
    /// An entry of `volumesFrom`.
    VolumesFrom
}

impl<'d> VolumesFrom<'d> {
    /// `sourceContainer`
    pub(crate) fn source_container(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "sourceContainer")
    }
}

/// An entry of `volumes`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Volume<'d> {
    node: Node<'d>,
    task: Option<TaskDefinition<'d>>,
}

impl<'d> View<'d> for Volume<'d> {
    fn of(node: Node<'d>) -> Volume<'d> {
        Volume { node, task: None }
    }

    fn node(self) -> Node<'d> {
        self.node
    }
}

impl<'d> Spot<'d> for Volume<'d> {
    fn spot(&self) -> Node<'d> {
        self.node
    }
}

impl<'d> Volume<'d> {
    /// The volume, together with the task definition that declares it.
    pub(crate) fn within(self, task: &TaskDefinition<'d>) -> Volume<'d> {
        Volume { task: Some(*task), ..self }
    }

    /// The task definition that declares it, if known.
    pub(crate) fn task(&self) -> Option<TaskDefinition<'d>> {
        self.task
    }

    /// Whether Terraform's provider sends it, and may leave something out.
    pub(crate) fn is_of_terraform(&self) -> bool {
        self.node.tree().door == Door::Terraform
    }

    /// Whether a rule about the environment of the task reports, or may report, that this part of the volume
    /// is not supported there.
    pub(crate) fn may_be_unsupported(&self, part: Node<'d>) -> bool {
        self.task.is_some_and(|task| volume_may_be_unsupported(&task, self, part))
    }

    /// `name`
    pub(crate) fn name(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "name")
    }

    /// Whether a text is a valid volume name. Families and containers have the same grammar.
    pub(crate) fn is_name(text: &str) -> bool {
        (1..=255).contains(&text.len()) && text.chars().all(Volume::is_name_character)
    }

    /// Whether a character is allowed in a volume name.
    pub(crate) fn is_name_character(c: char) -> bool {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
    }

    /// What to call it in a sentence.
    pub(crate) fn title(&self) -> String {
        self.name().known().map_or_else(|| "the volume".to_owned(), |name| format!("volume `{name}`"))
    }

    /// A label on what identifies the volume: its name, otherwise its head.
    pub(crate) fn name_label(&self, text: impl Into<String>) -> Label {
        match self.name().known() {
            Some(name) => name.label(text),
            None => Label::new(self.node.head(), text),
        }
    }

    /// The file system on EFS, if AWS certainly supports it where the task runs.
    pub(crate) fn supported_efs(&self) -> Option<EfsVolume<'d>> {
        let efs = self.efs().known()?.value();
        (!self.may_be_unsupported(efs.node())).then_some(efs)
    }

    /// `configuredAtLaunch`: whether the volume is configured by the service or when the task is started.
    pub(crate) fn configured_at_launch(&self) -> Field<'d, bool> {
        field::boolean(self.node, "configuredAtLaunch")
    }

    /// `host`
    pub(crate) fn host(&self) -> Field<'d, Node<'d>> {
        field::object(self.node, "host")
    }

    /// `host.sourcePath`
    pub(crate) fn source_path(&self) -> Field<'d, &'d str> {
        self.host().and_then(|host| field::identifier(host, "sourcePath"))
    }

    /// `dockerVolumeConfiguration`
    pub(crate) fn docker(&self) -> Field<'d, DockerVolume<'d>> {
        field::object(self.node, "dockerVolumeConfiguration")
    }

    /// `efsVolumeConfiguration`
    pub(crate) fn efs(&self) -> Field<'d, EfsVolume<'d>> {
        field::object(self.node, "efsVolumeConfiguration")
    }

    /// `s3filesVolumeConfiguration`
    pub(crate) fn s3_files(&self) -> Field<'d, S3FilesVolume<'d>> {
        field::object(self.node, "s3filesVolumeConfiguration")
    }

    /// `fsxWindowsFileServerVolumeConfiguration`
    pub(crate) fn fsx(&self) -> Field<'d, Node<'d>> {
        field::object(self.node, "fsxWindowsFileServerVolumeConfiguration")
    }

    /// The kinds of volume that are set, in the order of the API. An empty `host` does not count, nor does a
    /// kind that may not be supported where the task runs.
    pub(crate) fn supported_kinds(&self) -> Vec<Present<'d>> {
        let mut kinds = self.kinds();
        // Where the task runs matters only if there is a second kind.
        if kinds.len() > 1 {
            let path = self.source_path().present().map(|path| path.node());
            let is_unsupported = |kind: Node<'d>| match path {
                Some(path) if kind.get("sourcePath") == Some(path) => self.may_be_unsupported(path),
                _ => self.may_be_unsupported(kind),
            };
            kinds.retain(|kind| !is_unsupported(kind.node()));
        }
        kinds
    }

    fn kinds(&self) -> Vec<Present<'d>> {
        let host = self.host().known().zip(self.source_path().present());
        let at_launch = self.configured_at_launch().known().filter(|at_launch| **at_launch);
        [
            host.map(|(host, path)| path.whole(host.node())),
            self.docker().present(),
            self.efs().present(),
            self.s3_files().present(),
            self.fsx().present(),
            at_launch.map(|at_launch| at_launch.present()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

view! {
    /// `dockerVolumeConfiguration`
    DockerVolume
}

impl<'d> DockerVolume<'d> {
    /// `driver`
    pub(crate) fn driver(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "driver")
    }

    /// `driver`, if it is an empty string.
    pub(crate) fn empty_driver(&self) -> Option<Known<'d, &'d str>> {
        field::empty_text(self.0, "driver")
    }

    /// `scope`: `task` or `shared`.
    pub(crate) fn scope(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "scope")
    }

    /// `autoprovision`
    pub(crate) fn autoprovision(&self) -> Field<'d, bool> {
        field::boolean(self.0, "autoprovision")
    }
}

view! {
    /// `efsVolumeConfiguration`
    EfsVolume
}

impl<'d> EfsVolume<'d> {
    /// `fileSystemId`
    pub(crate) fn file_system_id(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "fileSystemId")
    }

    /// `rootDirectory`
    pub(crate) fn root_directory(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "rootDirectory")
    }

    /// `transitEncryption`: `ENABLED` or `DISABLED`.
    pub(crate) fn transit_encryption(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "transitEncryption")
    }

    /// Whether encryption in transit is enabled; if the document does not set it, the answer is no.
    pub(crate) fn is_encrypted(&self) -> Answer {
        self.transit_encryption().is(|encryption| encryption == "ENABLED")
    }

    /// The settings that AWS accepts only with encryption in transit: IAM authorization, a port for the
    /// encryption, an access point. If there are any, and [`EfsVolume::is_encrypted`] is no, AWS rejects the
    /// volume.
    pub(crate) fn demands_on_encryption(&self) -> Vec<Present<'d>> {
        let iam = self.iam().known().filter(|iam| **iam == "ENABLED").map(|iam| iam.present());
        [iam, self.transit_encryption_port().present(), self.access_point_id().present()]
            .into_iter()
            .flatten()
            .collect()
    }

    /// Whether data is sent unencrypted: encryption in transit is off, and no other setting requires it, so
    /// that AWS accepts the volume.
    pub(crate) fn is_open_in_transit(&self) -> Answer {
        let is_off = match self.transit_encryption() {
            Field::Missing => Answer::Yes,
            encryption => encryption.is(|encryption| encryption == "DISABLED"),
        };
        let is_free = self.demands_on_encryption().is_empty();
        let may_be_demanded = self.iam().is_unknown();
        is_off.and(if is_free && may_be_demanded { Answer::Unknown } else { Answer::from(is_free) })
    }

    /// Whether a text may be an EFS id with this prefix. Stand-ins from examples may be one.
    pub(crate) fn may_be_id(text: &str, prefix: &str) -> bool {
        let Some(number) = text.strip_prefix(prefix) else { return false };
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (matches!(number.len(), 8 | 17) && number.bytes().all(is_hex)) || is_stand_in(number)
    }

    /// `transitEncryptionPort`
    pub(crate) fn transit_encryption_port(&self) -> Field<'d, i64> {
        field::integer(self.0, "transitEncryptionPort")
    }

    /// `authorizationConfig.accessPointId`
    pub(crate) fn access_point_id(&self) -> Field<'d, &'d str> {
        self.authorization().and_then(|authorization| field::identifier(authorization, "accessPointId"))
    }

    /// `authorizationConfig.iam`: `ENABLED` or `DISABLED`.
    pub(crate) fn iam(&self) -> Field<'d, &'d str> {
        self.authorization().and_then(|authorization| field::identifier(authorization, "iam"))
    }

    fn authorization(&self) -> Field<'d, Node<'d>> {
        field::object(self.0, "authorizationConfig")
    }
}

/// Whether a number only counts up from 1, or repeats one digit.
fn is_stand_in(number: &str) -> bool {
    let mut bytes = number.bytes();
    let first = bytes.next();
    number.len() > 1 && ("1234567890abcdef".starts_with(number) || bytes.all(|byte| Some(byte) == first))
}

view! {
    /// `s3filesVolumeConfiguration`
    S3FilesVolume
}

impl<'d> S3FilesVolume<'d> {
    /// `fileSystemArn`
    pub(crate) fn file_system_arn(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "fileSystemArn")
    }

    /// `accessPointArn`
    pub(crate) fn access_point_arn(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "accessPointArn")
    }

    /// `rootDirectory`
    pub(crate) fn root_directory(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "rootDirectory")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_efs_have_eight_or_seventeen_digits() {
        for id in ["fs-0a1b2c3d", "fs-0123456789abcdef0", "fs-12345", "fs-111111111111"] {
            assert!(EfsVolume::may_be_id(id, "fs-"), "{id}");
        }
        for id in ["fs-data", "fs-0A1B2C3D", "fs-0123456789", "fsap-0123456789abcdef0", "fs-", "data"] {
            assert!(!EfsVolume::may_be_id(id, "fs-"), "{id}");
        }
    }

    #[test]
    fn names_of_volumes_are_plain() {
        assert!(Volume::is_name("my_data-1"));
        for name in ["", "my data", "data.d", "dätä", &"a".repeat(256)] {
            assert!(!Volume::is_name(name), "{name}");
        }
    }
}
