//! The documents of one folder or one project.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::TaskEntry;
use super::families::Families;
use super::rivals::Rivals;
use crate::document::DocumentKind;
use crate::model::{Answer, ScalableResource};
use crate::spelling::Shape;

/// A service and its names.
#[derive(Clone, Copy, Debug)]
pub(super) struct ServiceEntry<'p> {
    /// Its position among the members.
    pub member: usize,
    /// The input that contains it.
    pub input: usize,
    /// Its name; `None` if not known.
    pub name: Option<&'p str>,
    /// The shape of its name.
    pub shape: Shape,
    /// The name of its cluster; `None` if not known.
    pub cluster: Option<&'p str>,
    /// Whether it is the input of an update, which repeats an existing service.
    pub is_update: bool,
}

/// What a document of Application Auto Scaling scales.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scales<'p> {
    /// A service, by name.
    Service(ScalableResource<'p>),
    /// A configuration block, which names nothing and scales the service in its folder.
    WhatLiesBeside,
    /// A service of the same template, by its position among the members.
    Referred(usize),
    /// What a scalable target of the same template scales, which is not known; by its position among the
    /// members.
    WithTarget(usize),
    /// The name contains a placeholder.
    Unknown,
}

/// A document of Application Auto Scaling.
#[derive(Clone, Copy, Debug)]
pub(super) struct ScalingEntry<'p> {
    /// Its position among the members.
    pub member: usize,
    /// The input that contains it.
    pub input: usize,
    /// What it is.
    pub kind: DocumentKind,
    /// What it scales.
    pub scales: Scales<'p>,
    /// The shape of the name of the service that it scales.
    pub shape: Shape,
}

impl<'p> ScalingEntry<'p> {
    /// The `ResourceId`, if known.
    pub(super) fn resource(&self) -> Option<ScalableResource<'p>> {
        if let Scales::Service(resource) = self.scales { Some(resource) } else { None }
    }

    /// The same, as others see it if it may not exist.
    pub(super) fn in_doubt(self) -> ScalingEntry<'p> {
        ScalingEntry { scales: Scales::Unknown, ..self }
    }

    /// What identifies what it scales, if that is found by address.
    pub(super) fn address(&self) -> Option<usize> {
        if let Scales::Referred(member) | Scales::WithTarget(member) = self.scales {
            Some(member)
        } else {
            None
        }
    }

    /// Whether it is a scalable target, to which policies and actions belong.
    pub(super) fn is_target(&self) -> bool {
        matches!(self.kind, DocumentKind::ScalableTarget(_))
    }
}

/// What scales one service: its scalable targets, and the policies and actions that name it.
#[derive(Debug, Default)]
pub(super) struct Scaled<'p> {
    /// The scalable targets.
    pub targets: Vec<ScalingEntry<'p>>,
    /// The policies and the actions.
    pub movers: Vec<ScalingEntry<'p>>,
    /// Which movers belong to which target, by their positions among the members.
    pub assigned: OnceLock<HashMap<usize, Vec<usize>>>,
    /// What the targets disagree about.
    pub rivals: OnceLock<Rivals>,
    /// Whether a condition decides if some of them exist.
    pub has_conditional: bool,
}

impl<'p> Scaled<'p> {
    /// The scalable target, if there is exactly one; by its position among the members.
    pub(super) fn only_target(&self) -> Option<usize> {
        if let [only] = self.targets.as_slice() { Some(only.member) } else { None }
    }

    /// The positions of all of them among the members, in order.
    pub(super) fn members(&self) -> Vec<usize> {
        let mut members: Vec<usize> = self.targets.iter().chain(&self.movers).map(|one| one.member).collect();
        members.sort_unstable();
        members
    }
}

/// If there are more pairs of names than this, they are not compared.
const MOST_PAIRS: usize = 1_000_000;

/// Services by their clusters.
#[derive(Debug, Default)]
struct ByCluster<'p> {
    known: HashMap<&'p str, Vec<ServiceEntry<'p>>>,
    unknown: Vec<ServiceEntry<'p>>,
}

impl<'p> ByCluster<'p> {
    fn add(&mut self, service: ServiceEntry<'p>) {
        match service.cluster {
            Some(cluster) => self.known.entry(cluster).or_default().push(service),
            None => self.unknown.push(service),
        }
    }

    fn is_empty(&self) -> bool {
        self.known.is_empty() && self.unknown.is_empty()
    }

    /// Those that are, or may be, in a cluster; all of them if the cluster is not known.
    fn within(&self, cluster: Option<&str>) -> impl Iterator<Item = &ServiceEntry<'p>> {
        let one = cluster.and_then(|cluster| self.known.get(cluster));
        let all = cluster.is_none().then(|| self.known.values());
        one.into_iter().chain(all.into_iter().flatten()).flatten().chain(&self.unknown)
    }
}

/// The services with the same name.
#[derive(Debug, Default)]
struct Namesakes<'p> {
    /// Those that a document creates or describes.
    whole: ByCluster<'p>,
    updates: ByCluster<'p>,
}

/// The documents of one folder or one project. There may be thousands of them, each asking about the others:
/// common lookups use an index.
#[derive(Debug, Default)]
pub(super) struct Group<'p> {
    /// Task definitions.
    pub tasks: Vec<&'p TaskEntry>,
    /// The same, by family.
    pub families: Families<'p>,
    /// Services.
    pub services: Vec<ServiceEntry<'p>>,
    /// Documents that scale something.
    pub scaling: Vec<ScalingEntry<'p>>,
    /// Those of them that are scalable targets.
    pub targets: Vec<ScalingEntry<'p>>,
    /// AppSpec files, by their positions among the members.
    pub app_specs: Vec<usize>,
    /// Whether there is something that may be a document of any kind.
    pub has_holes: bool,
    /// Whether there is a configuration block, which scales the service in its folder.
    pub has_block: bool,
    named: HashMap<&'p str, Namesakes<'p>>,
    nameless: ByCluster<'p>,
    has_whole: bool,
    has_nameless_whole: bool,
    /// Whether the name or the cluster of any service is not known.
    has_unknown_service: bool,
    only_service: OnceLock<Option<ServiceEntry<'p>>>,
    /// What scales each service, by its name and its cluster.
    scaled: HashMap<&'p str, HashMap<&'p str, Scaled<'p>>>,
    /// Scalable targets whose scaled resource is not known.
    targets_unknown: Vec<ScalingEntry<'p>>,
    scales_unknown: bool,
    without_target: OnceLock<Vec<ScalingEntry<'p>>>,
}

impl<'p> Group<'p> {
    /// Adds a task definition.
    pub(super) fn add_task(&mut self, task: &'p TaskEntry) {
        self.tasks.push(task);
        self.families.add(task);
    }

    /// Adds a service.
    pub(super) fn add_service(&mut self, service: ServiceEntry<'p>) {
        self.services.push(service);
        self.has_unknown_service |= service.name.is_none() || service.cluster.is_none();
        self.has_whole |= !service.is_update;
        self.has_nameless_whole |= service.name.is_none() && !service.is_update;
        let by_cluster = match service.name {
            None => &mut self.nameless,
            Some(name) if service.is_update => &mut self.named.entry(name).or_default().updates,
            Some(name) => &mut self.named.entry(name).or_default().whole,
        };
        by_cluster.add(service);
    }

    /// Adds a document that scales something.
    pub(super) fn add_scaling(&mut self, scaling: ScalingEntry<'p>) {
        self.scaling.push(scaling);
        if scaling.is_target() {
            self.targets.push(scaling);
        }
        match scaling.scales {
            Scales::Service(resource) => {
                let scaled =
                    self.scaled.entry(resource.service).or_default().entry(resource.cluster).or_default();
                if scaling.is_target() { scaled.targets.push(scaling) } else { scaled.movers.push(scaling) }
            }
            Scales::Referred(_) => {}
            Scales::Unknown | Scales::WithTarget(_) => {
                self.scales_unknown = true;
                self.targets_unknown.extend(scaling.is_target().then_some(scaling));
            }
            Scales::WhatLiesBeside => self.has_block = true,
        }
    }

    /// Whether no task definition can have this family.
    pub(super) fn lacks_family(&self, family: &str) -> bool {
        !self.has_holes && self.families.lack(family)
    }

    /// Whether the names and the clusters of all services are known.
    pub(super) fn knows_all_services(&self) -> bool {
        !self.has_holes && !self.has_unknown_service
    }

    /// Whether there may be a service whose name is not known.
    pub(super) fn may_hold_another_service(&self) -> bool {
        self.has_holes || self.has_nameless_whole
    }

    /// Whether there is a service that is not only updated.
    pub(super) fn creates_any_service(&self) -> bool {
        self.has_whole
    }

    /// The services that may be the one with this name and cluster; an update of a service that is there does
    /// not count as another one.
    pub(super) fn services_scaled_by(
        &self,
        resource: ScalableResource,
    ) -> impl Iterator<Item = &ServiceEntry<'p>> {
        self.services_of(resource).chain(self.nameless.within(Some(resource.cluster)))
    }

    /// Those with a known name.
    pub(super) fn services_of(&self, resource: ScalableResource) -> impl Iterator<Item = &ServiceEntry<'p>> {
        let named = self.named.get(resource.service);
        let own = named.map(|named| if named.whole.is_empty() { &named.updates } else { &named.whole });
        own.into_iter().flat_map(move |own| own.within(Some(resource.cluster)))
    }

    /// The services that a document creates or describes, and that may be the one with this name and cluster.
    pub(super) fn whole_services(
        &self,
        name: &str,
        cluster: Option<&str>,
    ) -> impl Iterator<Item = &ServiceEntry<'p>> {
        let named = self.named.get(name).into_iter().flat_map(move |named| named.whole.within(cluster));
        named.chain(self.nameless.within(cluster).filter(|other| !other.is_update))
    }

    /// The only service, if there is exactly one; its updates do not count as others.
    pub(super) fn only_service(&self) -> Option<ServiceEntry<'p>> {
        *self.only_service.get_or_init(|| {
            let first = self.services.iter().find(|service| !service.is_update).or(self.services.first())?;
            let is_update_of_it =
                |other: &ServiceEntry| other.is_update && other.name.is_some() && other.name == first.name;
            let mut others = self.services.iter().filter(|other| other.member != first.member);
            (!self.has_holes && others.all(is_update_of_it)).then_some(*first)
        })
    }

    /// What scales the service with this name and cluster.
    pub(super) fn scaled(&self, resource: ScalableResource) -> Option<&Scaled<'p>> {
        self.scaled.get(resource.service)?.get(resource.cluster)
    }

    /// Whether anything names a service as its scaled resource.
    pub(super) fn scales(&self, name: &str, cluster: Option<&str>) -> Answer {
        match (cluster, self.scaled.get(name)) {
            (_, None) => Answer::No,
            (None, Some(_)) => Answer::Unknown,
            (Some(cluster), Some(clusters)) => Answer::from(clusters.contains_key(cluster)),
        }
    }

    /// The scalable targets that may belong to a service.
    pub(super) fn targets_of(
        &self,
        name: &str,
        cluster: Option<&str>,
    ) -> impl Iterator<Item = &ScalingEntry<'p>> {
        let clusters = self.scaled.get(name).into_iter();
        let scaled = clusters.flat_map(move |clusters| {
            let one = cluster.and_then(|cluster| clusters.get(cluster));
            let all = cluster.is_none().then(|| clusters.values());
            one.into_iter().chain(all.into_iter().flatten())
        });
        scaled.flat_map(|scaled| &scaled.targets).chain(&self.targets_unknown)
    }

    /// The policies and the actions that belong to no scalable target. Cached: there are few, and many
    /// targets ask for them.
    pub(super) fn without_target(&self) -> &[ScalingEntry<'p>] {
        self.without_target.get_or_init(|| {
            let scaled = self.scaled.values().flat_map(HashMap::values);
            let mut alone: Vec<ScalingEntry> = scaled
                .filter(|scaled| scaled.targets.is_empty())
                .flat_map(|scaled| &scaled.movers)
                .copied()
                .collect();
            alone.sort_by_cached_key(|one| one.member);
            alone
        })
    }

    /// Whether names that match nothing are compared with all others, to find a similar one.
    pub(super) fn compares_names(&self) -> bool {
        self.scaling.len() * (self.services.len() + self.scaling.len()) <= MOST_PAIRS
    }

    /// Whether something may scale any service.
    pub(super) fn may_scale_any(&self) -> bool {
        self.has_holes || self.scales_unknown
    }
}
