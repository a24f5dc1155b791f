//! Volumes that a service configures for its tasks.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use crate::facts::table;
use crate::model::field::{self, Field, Known, List, view};
use crate::model::{Answer, Present, Service, TaskDefinition, View};

impl<'d> Service<'d> {
    /// `volumeConfigurations`
    pub(crate) fn volume_configurations(&self) -> List<'d, VolumeConfiguration<'d>> {
        field::list(self.node(), "volumeConfigurations")
    }

    /// The EBS volumes of the service.
    pub(crate) fn ebs_volumes(&self) -> impl Iterator<Item = EbsVolume<'d>> + use<'d> {
        let volumes = self.volume_configurations().items();
        volumes.filter_map(|volume| Some(volume.managed_ebs().known()?.value()))
    }

    /// Whether the tasks of the service run on Windows. On Fargate they do so only if the task definition
    /// states it.
    pub(crate) fn runs_windows(&self, task: &TaskDefinition) -> Answer {
        match task.is_windows() {
            Answer::Unknown if self.is_fargate().is_yes() => task.says_windows(),
            answer => answer,
        }
    }
}

view! {
    /// An entry of `volumeConfigurations`.
    VolumeConfiguration
}

impl<'d> VolumeConfiguration<'d> {
    /// `name`: the name of a volume of the task definition.
    pub(crate) fn name(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "name")
    }

    /// `managedEBSVolume`
    pub(crate) fn managed_ebs(&self) -> Field<'d, EbsVolume<'d>> {
        field::object(self.node(), "managedEBSVolume")
    }
}

view! {
    /// `managedEBSVolume`
    EbsVolume
}

/// What is wrong with an EBS volume, independent of the task definition.
#[derive(Clone, Debug)]
pub(crate) enum EbsFault<'d> {
    /// Neither a size nor a snapshot that determines it.
    NoSize,
    /// A type that requires `iops`.
    NoIops(Known<'d, &'d str>),
    /// Settings that a type does not support.
    Settings(Known<'d, &'d str>, Vec<Present<'d>>),
    /// A value outside the range that a type allows.
    Bounds(Option<Known<'d, &'d str>>, Known<'d, i64>, RangeInclusive<i64>),
    /// A volume initialization rate, but no snapshot.
    NoSnapshot(Present<'d>),
}

impl<'d> EbsFault<'d> {
    /// The volume type, if the fault depends on it.
    pub(crate) fn kind(&self) -> Option<Known<'d, &'d str>> {
        match self {
            EbsFault::NoIops(kind) | EbsFault::Settings(kind, _) => Some(*kind),
            EbsFault::Bounds(kind, ..) => *kind,
            EbsFault::NoSize | EbsFault::NoSnapshot(_) => None,
        }
    }
}

const SIZE: &str = "sizeInGiB";
const IOPS: &str = "iops";
const THROUGHPUT: &str = "throughput";
const INITIALIZATION_RATE: &str = "volumeInitializationRate";

impl<'d> EbsVolume<'d> {
    /// `volumeType`
    pub(crate) fn volume_type(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "volumeType")
    }

    /// `encrypted`
    pub(crate) fn encrypted(&self) -> Field<'d, bool> {
        field::boolean(self.node(), "encrypted")
    }

    /// `kmsKeyId`
    pub(crate) fn kms_key(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "kmsKeyId")
    }

    /// `filesystemType`
    pub(crate) fn file_system(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "filesystemType")
    }

    fn snapshot(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "snapshotId")
    }

    fn setting(&self, name: &str) -> Field<'d, i64> {
        field::integer(self.node(), name)
    }

    /// All faults of the volume, independent of the task definition. A volume without a type is checked only
    /// for what applies to every type: what AWS accepts then is not known.
    pub(crate) fn faults(&self) -> Vec<EbsFault<'d>> {
        let mut faults = Vec::new();
        if self.setting(SIZE).is_missing() && self.snapshot().is_missing() {
            faults.push(EbsFault::NoSize);
        }
        if let Some(kind) = self.volume_type().known() {
            faults.extend(self.faults_of(kind));
        }
        if let Some(rate) =
            self.setting(INITIALIZATION_RATE).present().filter(|_| self.snapshot().is_missing())
        {
            faults.push(EbsFault::NoSnapshot(rate));
        } else if let Some(rate) = self.setting(INITIALIZATION_RATE).known() {
            let bounds = capacity("any", INITIALIZATION_RATE).map(|capacity| capacity.bounds());
            let bounds = bounds.filter(|bounds| !bounds.contains(&rate));
            faults.extend(bounds.map(|bounds| EbsFault::Bounds(None, rate, bounds)));
        }
        faults
    }

    fn faults_of(&self, kind: Known<'d, &'d str>) -> Vec<EbsFault<'d>> {
        let mut faults = Vec::new();
        let mut refused = Vec::new();
        if !capacities().iter().any(|one| one.kind == kind.value()) {
            return faults;
        }
        for name in [SIZE, IOPS, THROUGHPUT] {
            match (capacity(kind.value(), name), self.setting(name)) {
                (None, setting) => refused.extend(setting.present()),
                (Some(one), Field::Missing) if one.is_required => faults.push(EbsFault::NoIops(kind)),
                (Some(one), Field::Known(value)) if !one.bounds().contains(&value) => {
                    faults.push(EbsFault::Bounds(Some(kind), value, one.bounds()));
                }
                _ => {}
            }
        }
        if !refused.is_empty() {
            faults.push(EbsFault::Settings(kind, refused));
        }
        faults
    }
}

/// The range of a setting that a type of volume allows.
struct Capacity {
    kind: &'static str,
    setting: &'static str,
    from: i64,
    to: i64,
    is_required: bool,
}

impl Capacity {
    fn read([kind, setting, from, to, need]: [&'static str; 5]) -> Option<Capacity> {
        let (from, to) = (from.parse().ok()?, to.parse().ok()?);
        Some(Capacity { kind, setting, from, to, is_required: need == "required" })
    }

    fn bounds(&self) -> RangeInclusive<i64> {
        self.from..=self.to
    }
}

/// From `rules/data/ebs-volumes.tsv`.
fn capacities() -> &'static [Capacity] {
    static CAPACITIES: LazyLock<Vec<Capacity>> =
        LazyLock::new(|| table!("ebs-volumes.tsv").rows().filter_map(Capacity::read).collect());
    &CAPACITIES
}

fn capacity(kind: &str, setting: &str) -> Option<&'static Capacity> {
    capacities().iter().find(|one| one.kind == kind && one.setting == setting)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_of_the_table_is_read() {
        let rows = table!("ebs-volumes.tsv").lines().count();
        assert_eq!(capacities().len(), rows);
        assert_eq!(capacity("gp3", IOPS).map(Capacity::bounds), Some(3000..=80_000));
        assert!(capacity("io1", IOPS).is_some_and(|iops| iops.is_required));
        assert!(capacity("st1", IOPS).is_none());
    }
}
