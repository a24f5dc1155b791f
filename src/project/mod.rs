//! What the documents of a run say about each other: which task definition a service runs, what scales it,
//! what a scaling policy belongs to.
//!
//! Documents are linked within their folder first, then within their project; if several could match, none is
//! linked.

mod address;
mod calls;
mod families;
mod group;
mod index;
mod rivals;
mod runners;
mod scaling;
mod services;
mod tasks;
mod workflows;

pub(crate) use calls::{Passed, may_call};
pub(crate) use index::{Index, folder_of, join};
pub(crate) use workflows::{Effects, WorkflowEntry};

use crate::document::{Document, DocumentKind};
use crate::input::Configuration;
use crate::model::{Field, TaskDefinition, View};

/// A task definition of the run.
#[derive(Clone, Debug)]
pub(crate) struct TaskEntry {
    /// The input that contains it, by position.
    pub input: usize,
    /// The document.
    pub document: Document,
    family: Family,
    revision: Revision,
}

/// The revision of a task definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Revision {
    /// The one that registering the file makes: only API output has a number.
    Next,
    Known(u64),
    /// The number is not known.
    Unknown,
}

/// What is known about the family of a task definition.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Family {
    Known(String),
    /// The family is not in the document: the command line or a tool sets it.
    Missing,
    /// The family contains a placeholder.
    Unknown,
}

/// A document that is kept: it refers to others, or others refer to it and are checked with it.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// The input that contains it, by position.
    pub input: usize,
    /// The document.
    pub document: Document,
}

/// The documents of a run, as they come in.
#[derive(Debug, Default)]
pub(crate) struct Project {
    tasks: Vec<TaskEntry>,
    members: Vec<Member>,
    configurations: Vec<(usize, Configuration)>,
    workflows: Vec<WorkflowEntry>,
    /// The inputs that contain something that may be a document of any kind.
    holes: Vec<usize>,
}

impl Project {
    /// Adds a document of an input.
    pub(crate) fn add(&mut self, input: usize, document: &Document) {
        let root = document.root();
        match document.kind {
            DocumentKind::TaskDefinition(_) => {
                let family = match TaskDefinition::of(root).family() {
                    Field::Known(family) => Family::Known(family.to_string()),
                    Field::Missing => Family::Missing,
                    Field::Unknown(_) => Family::Unknown,
                };
                let revision = root.get("revision").map_or(Revision::Next, |revision| {
                    let number = revision.as_integer().and_then(|number| number.try_into().ok());
                    number.map_or(Revision::Unknown, Revision::Known)
                });
                self.tasks.push(TaskEntry { input, document: document.clone(), family, revision });
            }
            DocumentKind::ContainerDefinitions => {}
            DocumentKind::Workflow => {
                self.workflows.push(WorkflowEntry { input, document: document.clone() });
            }
            _ => self.members.push(Member { input, document: document.clone() }),
        }
    }

    /// Records that an input contains something that may be a document of any kind.
    pub(crate) fn add_hole(&mut self, input: usize) {
        self.holes.push(input);
    }

    /// Adds the configuration of a deployer from an input.
    pub(crate) fn add_configuration(&mut self, input: usize, configuration: Configuration) {
        self.configurations.push((input, configuration));
    }

    /// The documents that are kept, in document order.
    pub(crate) fn members(&self) -> &[Member] {
        &self.members
    }

    /// The task definitions, in document order.
    pub(crate) fn tasks(&self) -> &[TaskEntry] {
        &self.tasks
    }

    /// The workflows, in document order.
    pub(crate) fn workflows(&self) -> &[WorkflowEntry] {
        &self.workflows
    }

    /// Whether nothing was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.tasks.is_empty() && self.members.is_empty()
    }
}
