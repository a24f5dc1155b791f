//! What the linted files say about each other: which task definition a service runs, and
//! whether anything scales it.
//!
//! The index keeps little: families and where they stand, and the few services and scaling
//! documents. Documents are linked within their folder first, then within their project;
//! where several could be meant, none is.

use crate::document::{Document, DocumentKind, ServiceForm};
use crate::model::{Answer, Field, Links, ScalableResource, Service, TaskDefinition, View, scaled_resource};
use crate::source::Input;

/// A task definition of the project: it is read again when a service runs it.
#[derive(Clone, Debug)]
pub struct TaskEntry {
    /// The input that holds it, by position.
    pub input: usize,
    /// Its position among the documents of the input; none where a placeholder stands for what
    /// may be one.
    pub document: Option<usize>,
    family: Family,
    /// The revision, which only output of the API holds.
    revision: Option<u64>,
}

/// What is known of the family of a task definition.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Family {
    Known(String),
    /// The command line, or a tool, names it.
    Missing,
    /// A placeholder stands in it, or in the place of the whole document.
    Unknown,
}

/// What scales something.
#[derive(Clone, Debug)]
struct ScalingEntry {
    input: usize,
    scales: Scales,
}

#[derive(Clone, Debug)]
enum Scales {
    /// `service/<cluster>/<service>`
    Service { cluster: String, service: String },
    /// A configuration block, which names nothing.
    WhatLiesBeside,
    /// A placeholder stands in the name, or in the place of a whole document.
    Unknown,
}

/// The index of the documents of a run.
#[derive(Debug, Default)]
pub struct Project {
    tasks: Vec<TaskEntry>,
    scaling: Vec<ScalingEntry>,
    services: Vec<(usize, Document)>,
}

impl Project {
    /// Adds a document that stands in an input, at a position among the documents there.
    pub fn add(&mut self, input: usize, position: usize, document: &Document) {
        let root = document.root();
        match document.kind {
            DocumentKind::TaskDefinition(_) => {
                let family = match TaskDefinition::of(root).family() {
                    Field::Known(family) => Family::Known(family.to_string()),
                    Field::Missing => Family::Missing,
                    Field::Unknown => Family::Unknown,
                };
                let revision =
                    root.get("revision").and_then(|revision| revision.as_integer()?.try_into().ok());
                self.tasks.push(TaskEntry { input, document: Some(position), family, revision });
            }
            DocumentKind::Service(_) => self.services.push((input, document.clone())),
            DocumentKind::ScalableTarget(_)
            | DocumentKind::ScalingPolicy(_)
            | DocumentKind::ScheduledAction(_) => {
                let scales = match scaled_resource(root) {
                    Field::Known(ref known) => {
                        let ScalableResource { cluster, service } = **known;
                        Scales::Service { cluster: cluster.to_owned(), service: service.to_owned() }
                    }
                    _ => Scales::Unknown,
                };
                self.scaling.push(ScalingEntry { input, scales });
            }
            DocumentKind::TargetTracking | DocumentKind::StepScaling | DocumentKind::PredictiveScaling => {
                self.scaling.push(ScalingEntry { input, scales: Scales::WhatLiesBeside });
            }
            DocumentKind::ContainerDefinitions => {}
        }
    }

    /// Adds that something stands in an input that may be a document of any kind.
    pub fn add_unknown(&mut self, input: usize) {
        self.scaling.push(ScalingEntry { input, scales: Scales::Unknown });
        self.tasks.push(TaskEntry { input, document: None, family: Family::Unknown, revision: None });
    }

    /// Adds what another thread has gathered.
    pub fn merge(&mut self, other: Project) {
        self.tasks.extend(other.tasks);
        self.scaling.extend(other.scaling);
        self.services.extend(other.services);
    }

    /// Puts the entries in the order of the inputs, whatever order they came in.
    pub fn sort(&mut self) {
        self.tasks.sort_by_key(|task| (task.input, task.document));
        self.services.sort_by_key(|(input, service)| (*input, service.root().index()));
        self.scaling.sort_by_key(|scaling| scaling.input);
    }

    /// The services, with the positions of the inputs that hold them.
    pub fn services(&self) -> &[(usize, Document)] {
        &self.services
    }

    /// What the other documents say about a service. `load` reads a task definition again.
    pub fn links(
        &self,
        inputs: &[Input],
        (input, service): &(usize, Document),
        load: impl FnOnce(&TaskEntry) -> Option<Document>,
    ) -> Links {
        let DocumentKind::Service(form) = service.kind else { return Links::default() };
        let unlinked = Links::default();
        let view = Service::new(service.root(), form, &unlinked);
        let task = self.task_of(inputs, *input, &view);
        let named = view.task_definition_reference().known().and_then(|reference| reference.revision);
        let scaling = self.scaling_of(inputs, *input, &view);
        Links {
            is_certain: task.is_some_and(|task| named.is_none() || task.revision == named),
            task_definition: task.and_then(load),
            scaling,
            may_be_scaled: inputs[*input].project.is_some() && !scaling.is_no(),
        }
    }

    fn task_of(&self, inputs: &[Input], input: usize, service: &Service) -> Option<&TaskEntry> {
        let here = |task: &&TaskEntry| inputs[task.input].folder == inputs[input].folder;
        let project = inputs[input].project.as_ref();
        let around = |task: &&TaskEntry| project.is_some() && inputs[task.input].project.as_ref() == project;
        match service.task_definition_reference() {
            Field::Known(reference) => {
                // One that may have the same family makes the answer a guess.
                let may_be_meant = |task: &&TaskEntry| match &task.family {
                    Family::Known(family) => {
                        let differ = |(own, named)| own != named;
                        family == reference.family
                            && !task.revision.zip(reference.revision).is_some_and(differ)
                    }
                    Family::Missing => false,
                    Family::Unknown => true,
                };
                let in_folder: Vec<&TaskEntry> =
                    self.tasks.iter().filter(here).filter(may_be_meant).collect();
                let found = if in_folder.is_empty() {
                    self.tasks.iter().filter(around).filter(may_be_meant).collect()
                } else {
                    in_folder
                };
                let [one] = found.as_slice() else { return None };
                (one.family != Family::Unknown).then_some(one)
            }
            // ecspresso keeps the pair in its configuration: one of each in a folder is a pair.
            Field::Missing if service.form() == ServiceForm::Ecspresso => {
                let beside = |(other, _): &&(usize, Document)| inputs[*other].folder == inputs[input].folder;
                let tasks: Vec<&TaskEntry> = self.tasks.iter().filter(here).collect();
                let [one] = tasks.as_slice() else { return None };
                (self.services.iter().filter(beside).count() == 1).then_some(one)
            }
            _ => None,
        }
    }

    fn scaling_of(&self, inputs: &[Input], input: usize, service: &Service) -> Answer {
        let Some(project) = inputs[input].project.as_ref() else { return Answer::Unknown };
        let mut answer = Answer::No;
        for scaling in &self.scaling {
            let at = &inputs[scaling.input];
            if at.project.as_ref() != Some(project) {
                continue;
            }
            let one = match &scaling.scales {
                Scales::WhatLiesBeside if at.folder == inputs[input].folder => Answer::Yes,
                Scales::WhatLiesBeside => Answer::No,
                Scales::Unknown => Answer::Unknown,
                Scales::Service { cluster, service: name } => scales(service, cluster, name),
            };
            match one {
                Answer::Yes => return Answer::Yes,
                Answer::Unknown => answer = Answer::Unknown,
                Answer::No => {}
            }
        }
        answer
    }
}

/// Whether a resource of a cluster is this service.
fn scales(service: &Service, cluster: &str, name: &str) -> Answer {
    let Some(own) = service.name().known() else { return Answer::Unknown };
    if own.value() != name {
        return Answer::No;
    }
    match service.cluster() {
        Field::Known(own) if own.value() != cluster => Answer::No,
        Field::Missing if cluster != "default" => Answer::No,
        Field::Unknown => Answer::Unknown,
        _ => Answer::Yes,
    }
}
