//! The documents of one folder, or of one project.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{Family, TaskEntry};
use crate::document::DocumentKind;
use crate::model::ScalableResource;

/// A service, with what it is called.
#[derive(Clone, Copy, Debug)]
pub struct ServiceEntry<'p> {
    /// Its position among the members.
    pub member: usize,
    /// The input that holds it.
    pub input: usize,
    /// Its name; none where that is not known.
    pub name: Option<&'p str>,
    /// The name of its cluster; none where that is not known.
    pub cluster: Option<&'p str>,
    /// Whether it is the input of an update, which says the same service once more.
    pub is_update: bool,
}

/// What a document of Application Auto Scaling scales.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scales<'p> {
    /// A service, by name.
    Service(ScalableResource<'p>),
    /// A configuration block, which names nothing.
    WhatLiesBeside,
    /// A placeholder stands in the name.
    Unknown,
}

/// A document of Application Auto Scaling.
#[derive(Clone, Copy, Debug)]
pub struct ScalingEntry<'p> {
    /// Its position among the members.
    pub member: usize,
    /// The input that holds it.
    pub input: usize,
    /// What it is.
    pub kind: DocumentKind,
    /// What it scales.
    pub scales: Scales<'p>,
}

impl<'p> ScalingEntry<'p> {
    /// The `ResourceId`, where it is known.
    pub fn resource(&self) -> Option<ScalableResource<'p>> {
        if let Scales::Service(resource) = self.scales { Some(resource) } else { None }
    }

    /// Whether it is a scalable target, which policies and actions belong to.
    pub fn is_target(&self) -> bool {
        matches!(self.kind, DocumentKind::ScalableTarget(_))
    }
}

/// The documents of one folder, or of one project.
#[derive(Debug, Default)]
pub struct Group<'p> {
    /// Task definitions.
    pub tasks: Vec<&'p TaskEntry>,
    /// Services.
    pub services: Vec<ServiceEntry<'p>>,
    /// Documents that scale something.
    pub scaling: Vec<ScalingEntry<'p>>,
    /// AppSpec files, by their positions among the members.
    pub app_specs: Vec<usize>,
    /// Whether something is there that may be a document of any kind.
    pub has_holes: bool,
    families: HashMap<&'p str, Vec<&'p TaskEntry>>,
    nameless_tasks: Vec<&'p TaskEntry>,
    services_by_name: HashMap<&'p str, Vec<ServiceEntry<'p>>>,
    services_unknown: Vec<ServiceEntry<'p>>,
    scaling_by_service: HashMap<&'p str, Vec<ScalingEntry<'p>>>,
    scaling_unknown: Vec<ScalingEntry<'p>>,
    without_target: OnceLock<Vec<ScalingEntry<'p>>>,
}

impl<'p> Group<'p> {
    /// Adds a task definition.
    pub fn add_task(&mut self, task: &'p TaskEntry) {
        self.tasks.push(task);
        match &task.family {
            Family::Known(family) => self.families.entry(family).or_default().push(task),
            Family::Unknown => self.nameless_tasks.push(task),
            Family::Missing => {}
        }
    }

    /// Adds a service.
    pub fn add_service(&mut self, service: ServiceEntry<'p>) {
        self.services.push(service);
        match service.name {
            Some(name) => self.services_by_name.entry(name).or_default().push(service),
            None => self.services_unknown.push(service),
        }
    }

    /// Adds a document that scales something.
    pub fn add_scaling(&mut self, scaling: ScalingEntry<'p>) {
        self.scaling.push(scaling);
        match scaling.scales {
            Scales::Service(resource) => {
                self.scaling_by_service.entry(resource.service).or_default().push(scaling);
            }
            Scales::Unknown => self.scaling_unknown.push(scaling),
            Scales::WhatLiesBeside => {}
        }
    }

    /// The task definitions of a family, and those that may be of it.
    pub fn tasks_of(&self, family: &str) -> impl Iterator<Item = &'p TaskEntry> {
        let named = self.families.get(family).into_iter().flatten();
        named.chain(&self.nameless_tasks).copied()
    }

    /// The families of the task definitions.
    pub fn families(&self) -> impl Iterator<Item = &'p str> {
        self.families.keys().copied()
    }

    /// Whether the families of all task definitions are known.
    pub fn knows_all_families(&self) -> bool {
        !self.has_holes && self.tasks.iter().all(|task| matches!(task.family, Family::Known(_)))
    }

    /// Whether the names and the clusters of all services are known.
    pub fn knows_all_services(&self) -> bool {
        !self.has_holes && self.services.iter().all(|one| one.name.is_some() && one.cluster.is_some())
    }

    /// The services of a name; an update of one that is there is none of its own.
    pub fn services_named(&self, name: &str) -> impl Iterator<Item = &ServiceEntry<'p>> {
        let named = self.services_by_name.get(name).map_or(&[][..], Vec::as_slice);
        let has_whole = named.iter().any(|service| !service.is_update);
        named.iter().filter(move |service| !(has_whole && service.is_update))
    }

    /// The only service, if there is one; its updates are none of their own.
    pub fn only_service(&self) -> Option<ServiceEntry<'p>> {
        let first = self.services.iter().find(|service| !service.is_update).or(self.services.first())?;
        let is_update_of_it =
            |other: &ServiceEntry| other.is_update && other.name.is_some() && other.name == first.name;
        let mut others = self.services.iter().filter(|other| other.member != first.member);
        (!self.has_holes && others.all(is_update_of_it)).then_some(*first)
    }

    /// The services whose names are not known.
    pub fn services_unknown(&self) -> &[ServiceEntry<'p>] {
        &self.services_unknown
    }

    /// Whether there may be a service whose name is not known.
    pub fn may_hold_another_service(&self) -> bool {
        self.has_holes || self.services_unknown.iter().any(|service| !service.is_update)
    }

    /// Whether there is a service that is not only updated.
    pub fn creates_any_service(&self) -> bool {
        self.services.iter().any(|service| !service.is_update)
    }

    /// The documents of which it is not known what they scale.
    pub fn scaling_unknown(&self) -> &[ScalingEntry<'p>] {
        &self.scaling_unknown
    }

    /// The documents that scale services of a name.
    pub fn scaling_of(&self, service: &str) -> &[ScalingEntry<'p>] {
        self.scaling_by_service.get(service).map_or(&[], Vec::as_slice)
    }

    /// The policies and the actions that belong to no scalable target. There are few, and many
    /// targets ask for them.
    pub fn without_target(&self) -> &[ScalingEntry<'p>] {
        self.without_target.get_or_init(|| {
            let has_target = |resource: ScalableResource| {
                let named = self.scaling_of(resource.service).iter();
                named.filter(|other| other.is_target()).any(|other| other.resource() == Some(resource))
            };
            let is_alone = |one: &&ScalingEntry| {
                !one.is_target() && one.resource().is_some_and(|resource| !has_target(resource))
            };
            self.scaling.iter().filter(is_alone).copied().collect()
        })
    }

    /// Whether something may scale any service.
    pub fn may_scale_any(&self) -> bool {
        self.has_holes || !self.scaling_unknown.is_empty()
    }
}
