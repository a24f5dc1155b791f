//! The documents of a run, grouped by folder and by project, so that links can be found.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use super::address::Addresses;
use super::group::{Group, Scales, ScalingEntry, ServiceEntry};
use super::workflows::{Deployments, PlacedStep, deployments, steps_of};
use super::{Member, Project, TaskEntry};
use crate::document::{Document, DocumentKind, ServiceForm};
use crate::input::{Configuration, Deployer};
use crate::inputs::Input;
use crate::model::{Answer, Field, Linked, Links, Movers, Service, differ};
use crate::spelling::Shape;

/// What a name may refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// This member.
    One(usize),
    /// One of several, or one that is not certain.
    Several,
}

/// The documents of a run, by folder and by project.
pub(crate) struct Index<'p> {
    pub(super) project: &'p Project,
    pub(super) inputs: &'p [&'p Input],
    folders: HashMap<&'p str, Group<'p>>,
    roots: HashMap<&'p str, Group<'p>>,
    services: HashMap<usize, ServiceEntry<'p>>,
    scaling: HashMap<usize, ScalingEntry<'p>>,
    pub(super) addresses: Addresses<'p>,
    configured: HashMap<String, Vec<&'p (usize, Configuration)>>,
    /// The locations of the task definitions that configurations name.
    configured_tasks: HashSet<String>,
    /// The projects that have a configuration whose task definition may be any.
    any_configured: HashSet<Option<&'p str>>,
    /// The projects that have a configuration of ecspresso whose service may be any.
    any_of_ecspresso: HashSet<Option<&'p str>>,
    /// The folders with an application of PipeCD whose service may be any.
    any_of_pipecd: HashSet<&'p str>,
    tasks_by_location: OnceLock<HashMap<&'p str, Vec<&'p TaskEntry>>>,
    /// The steps of each workflow that render task definitions or deploy them.
    pub(super) steps: Vec<Vec<PlacedStep<'p>>>,
    /// What they deploy to services.
    pub(super) deployments: Deployments,
    /// What moves each scalable target, by its position among the members; computed on demand.
    pub(super) movers: HashMap<usize, OnceLock<Arc<Movers>>>,
    /// What each document of Application Auto Scaling scales, likewise.
    pub(super) scaled_services: HashMap<usize, OnceLock<Linked>>,
}

impl<'p> Index<'p> {
    /// Sorts the documents of a run into groups.
    pub(crate) fn new(project: &'p Project, inputs: &'p [&'p Input]) -> Index<'p> {
        let steps = steps_of(project, inputs);
        let mut index = Index {
            project,
            inputs,
            folders: HashMap::new(),
            roots: HashMap::new(),
            services: HashMap::new(),
            scaling: HashMap::new(),
            addresses: Addresses::of(project, inputs),
            configured: HashMap::new(),
            configured_tasks: HashSet::new(),
            any_configured: HashSet::new(),
            any_of_ecspresso: HashSet::new(),
            any_of_pipecd: HashSet::new(),
            tasks_by_location: OnceLock::new(),
            deployments: deployments(&steps),
            steps,
            movers: HashMap::new(),
            scaled_services: HashMap::new(),
        };
        for entry in &project.configurations {
            match &entry.1.service_definition {
                Some(path) => {
                    let path = join(folder_of(inputs[entry.0]), path);
                    index.configured.entry(path).or_default().push(entry);
                }
                None if entry.1.deployer == Deployer::PipeCd => {
                    index.any_of_pipecd.insert(folder_of(inputs[entry.0]));
                }
                None => {
                    index.any_of_ecspresso.insert(inputs[entry.0].project.as_deref());
                }
            }
            let input = inputs[entry.0];
            match entry.1.task_definition.as_deref().filter(|path| !path.contains("${")) {
                Some(path) => drop(index.configured_tasks.insert(join(folder_of(input), path))),
                None => drop(index.any_configured.insert(input.project.as_deref())),
            }
        }
        for task in &project.tasks {
            index.add(task.input, |group| group.add_task(task));
        }
        for (at, member) in project.members.iter().enumerate() {
            index.add_member(at, member);
        }
        for &input in &project.holes {
            index.add(input, |group| group.has_holes = true);
        }
        index
    }

    /// Adds a document to the groups that its input belongs to.
    fn add(&mut self, input: usize, add: impl Fn(&mut Group<'p>)) {
        let input = self.inputs[input];
        add(self.folders.entry(&input.folder).or_default());
        if let Some(root) = &input.project {
            add(self.roots.entry(root).or_default());
        }
    }

    fn add_member(&mut self, at: usize, member: &'p Member) {
        let (input, document) = (member.input, &member.document);
        match document.kind {
            DocumentKind::Service(_) => {
                let service = self.service_entry(at, member);
                self.services.insert(at, service);
                let is_service = document.kind != DocumentKind::Service(ServiceForm::TaskSet);
                self.add(input, |group| {
                    if is_service {
                        group.add_service(service);
                    }
                });
            }
            DocumentKind::AppSpec => self.add(input, |group| group.app_specs.push(at)),
            kind => {
                let scales = match kind {
                    DocumentKind::ScalableTarget(_)
                    | DocumentKind::ScalingPolicy(_)
                    | DocumentKind::ScheduledAction(_) => {
                        match self.addresses.scales(&self.project.members, at) {
                            Scales::Referred(service) => {
                                let service = self.service_entry(service, &self.project.members[service]);
                                self.addresses.scales_referred(document, &service)
                            }
                            named => named,
                        }
                    }
                    _ => Scales::WhatLiesBeside,
                };
                let shape = match scales {
                    Scales::Service(resource) => Shape::of(resource.service),
                    _ => Shape::default(),
                };
                let scaling = ScalingEntry { member: at, input, kind, scales, shape };
                self.scaling.insert(at, scaling);
                self.addresses.add_scaling(scaling, document.is_conditional);
                self.scaled_services.insert(at, OnceLock::new());
                if scaling.is_target() {
                    self.movers.insert(at, OnceLock::new());
                }
                // What may not exist may be anything for the others.
                let seen = if document.is_conditional { scaling.in_doubt() } else { scaling };
                self.add(input, |group| group.add_scaling(seen));
            }
        }
    }

    fn service_entry(&self, at: usize, member: &'p Member) -> ServiceEntry<'p> {
        let view = Service::alone(&member.document).expect("the kind of the document says so");
        let configuration = self.configuration_of(member.input);
        let name = view.name().known().map(|name| name.value());
        let name = name.or_else(|| configuration?.1.service.as_deref());
        let cluster = match view.cluster() {
            Field::Known(cluster) => Some(cluster.value()),
            Field::Missing => Some("default"),
            Field::Unknown(_) => None,
        };
        ServiceEntry {
            member: at,
            input: member.input,
            name,
            shape: name.map(Shape::of).unwrap_or_default(),
            cluster: cluster.or_else(|| configuration?.1.cluster.as_deref()),
            is_update: member.document.kind == DocumentKind::Service(ServiceForm::Update),
        }
    }

    /// The configuration that names the service definition of an input, if no other one does or may do so.
    pub(super) fn configuration_of(&self, input: usize) -> Option<&'p (usize, Configuration)> {
        match self.configured.get(&self.inputs[input].location)?.as_slice() {
            [one] if !self.may_be_configured(input) => Some(one),
            _ => None,
        }
    }

    /// Whether a configuration of ecspresso may name the service definition of an input: which one it names is not known.
    pub(super) fn may_be_configured(&self, input: usize) -> bool {
        self.any_of_ecspresso.contains(&self.inputs[input].project.as_deref())
    }

    /// Whether PipeCD deploys the service of an input.
    pub(super) fn is_of_pipecd(&self, input: usize) -> bool {
        let all = self.configured.get(&self.inputs[input].location);
        let is_named = all.is_some_and(|all| all.iter().any(|one| one.1.deployer == Deployer::PipeCd));
        is_named || self.any_of_pipecd.contains(folder_of(self.inputs[input]))
    }

    /// Whether a configuration names the task definition of an input, or may do so.
    pub(super) fn is_configured_task(&self, input: usize) -> bool {
        let input = self.inputs[input];
        self.configured_tasks.contains(&input.location)
            || self.any_configured.contains(&input.project.as_deref())
    }

    /// Whether a configuration of ecspresso names the service definition of an input.
    pub(super) fn is_configured(&self, input: usize) -> bool {
        self.configured.contains_key(&self.inputs[input].location)
    }

    /// The task definitions, by the locations of their inputs.
    pub(super) fn tasks_by_location(&self) -> &HashMap<&'p str, Vec<&'p TaskEntry>> {
        self.tasks_by_location.get_or_init(|| {
            let mut by_location: HashMap<&str, Vec<&TaskEntry>> = HashMap::new();
            for task in &self.project.tasks {
                by_location.entry(&self.inputs[task.input].location).or_default().push(task);
            }
            by_location
        })
    }

    /// The group of the folder of an input.
    pub(super) fn here(&self, input: usize) -> &Group<'p> {
        &self.folders[self.inputs[input].folder.as_str()]
    }

    /// The group of the folder of an input, then that of its project.
    pub(super) fn groups(&self, input: usize) -> impl Iterator<Item = &Group<'p>> {
        std::iter::once(self.here(input)).chain(self.root(input))
    }

    /// The group of the project of an input.
    pub(super) fn root(&self, input: usize) -> Option<&Group<'p>> {
        self.roots.get(self.inputs[input].project.as_deref()?)
    }

    /// The single candidate that matches: in the folder of an input, otherwise in its project. `None` if
    /// several may match, or if one only may.
    pub(super) fn the_one<'i, C: Iterator<Item = (Answer, usize)>>(
        &'i self,
        input: usize,
        candidates: impl Fn(&'i Group<'p>) -> C,
    ) -> Option<Meant> {
        let mut groups = self.groups(input).map(|group| {
            // Two are as good as many.
            candidates(group).filter(|(answer, _)| !answer.is_no()).take(2).collect::<Vec<_>>()
        });
        let meant = groups.find(|candidates| !candidates.is_empty())?;
        Some(match meant.as_slice() {
            [(Answer::Yes, member)] => Meant::One(*member),
            _ => Meant::Several,
        })
    }

    /// A member, as the target of a link.
    pub(super) fn linked(&self, member: usize) -> Linked {
        Linked::Found(self.document(member))
    }

    /// A document that scales something, by its position among the members.
    pub(super) fn scaling_entry(&self, member: usize) -> &ScalingEntry<'p> {
        &self.scaling[&member]
    }

    pub(super) fn document(&self, member: usize) -> Document {
        self.project.members[member].document.clone()
    }

    /// Whether two inputs do not belong to different environments.
    pub(super) fn is_same_variant(&self, one: usize, other: usize) -> bool {
        !differ(&self.inputs[one].name, &self.inputs[other].name)
    }

    /// The members of each folder.
    pub(crate) fn folders(&self) -> Vec<Vec<&'p Member>> {
        let mut by_folder: HashMap<&str, Vec<&Member>> = HashMap::new();
        for member in &self.project.members {
            by_folder.entry(&self.inputs[member.input].folder).or_default().push(member);
        }
        by_folder.into_values().collect()
    }

    /// What the other documents say about a member.
    pub(crate) fn links(&self, member: usize) -> Links {
        match self.project.members[member].document.kind {
            DocumentKind::Service(ServiceForm::TaskSet) => self.links_of_task_set(&self.services[&member]),
            DocumentKind::Service(form) => self.links_of_service(&self.services[&member], form),
            DocumentKind::AppSpec => Links::NONE,
            _ => self.links_of_scaling(&self.scaling[&member]),
        }
    }
}

/// The folder that paths in an input start at.
pub(crate) fn folder_of(input: &Input) -> &str {
    input.location.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path relative to a folder, without `.` and `..`.
pub(crate) fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = if path.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| !last.is_empty() && *last != "..") => drop(parts.pop()),
            other => parts.push(other),
        }
    }
    parts.retain(|part| !part.is_empty());
    let joined = parts.join("/");
    if folder.starts_with('/') || path.starts_with('/') { format!("/{joined}") } else { joined }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined() {
        assert_eq!(join("deploy/web", "ecs-task-def.json"), "deploy/web/ecs-task-def.json");
        assert_eq!(join("deploy/web", "../shared/./task.json"), "deploy/shared/task.json");
        assert_eq!(join("", "task.json"), "task.json");
        assert_eq!(join("..", "../task.json"), "../../task.json");
        assert_eq!(join("/srv", "task.json"), "/srv/task.json");
    }
}
