//! What the documents of a run say about each other: which task definition a service runs, what
//! scales it, what a scaling policy belongs to.
//!
//! Of task definitions, which are many, the index keeps families and where they stand; services
//! and what scales them are kept whole. Documents are linked within their folder first, then
//! within their project; where several could be meant, none is.

mod group;
mod index;
mod scaling;
mod services;
mod tasks;
mod variant;

pub use index::Index;
pub use variant::differ;

use crate::document::{Document, DocumentKind};
use crate::input::EcspressoConfiguration;
use crate::model::{Field, TaskDefinition, View};

/// A task definition of the run: it is read again when a service runs it.
#[derive(Clone, Debug)]
pub struct TaskEntry {
    /// The input that holds it, by position.
    pub input: usize,
    /// Its position among the documents of the input.
    pub document: usize,
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
    /// A placeholder stands in it.
    Unknown,
}

/// A document that is kept: it refers to others, or others refer to it and are checked with it.
#[derive(Clone, Debug)]
pub struct Member {
    /// The input that holds it, by position.
    pub input: usize,
    /// The document.
    pub document: Document,
}

/// The documents of a run, as they come in.
#[derive(Debug, Default)]
pub struct Project {
    tasks: Vec<TaskEntry>,
    members: Vec<Member>,
    configurations: Vec<(usize, EcspressoConfiguration)>,
    /// The inputs where something stands that may be a document of any kind.
    holes: Vec<usize>,
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
                    Field::Unknown(_) => Family::Unknown,
                };
                let revision =
                    root.get("revision").and_then(|revision| revision.as_integer()?.try_into().ok());
                self.tasks.push(TaskEntry { input, document: position, family, revision });
            }
            DocumentKind::ContainerDefinitions => {}
            _ => self.members.push(Member { input, document: document.clone() }),
        }
    }

    /// Adds that something stands in an input that may be a document of any kind.
    pub fn add_hole(&mut self, input: usize) {
        self.holes.push(input);
    }

    /// Adds a configuration of ecspresso that stands in an input.
    pub fn add_configuration(&mut self, input: usize, configuration: EcspressoConfiguration) {
        self.configurations.push((input, configuration));
    }

    /// Adds what another thread has gathered.
    pub fn merge(&mut self, other: Project) {
        self.tasks.extend(other.tasks);
        self.members.extend(other.members);
        self.configurations.extend(other.configurations);
        self.holes.extend(other.holes);
    }

    /// Puts the entries in the order of the inputs, whatever order they came in.
    pub fn sort(&mut self) {
        self.tasks.sort_by_key(|task| (task.input, task.document));
        self.members.sort_by_key(|member| (member.input, member.document.root().index()));
        self.configurations.sort_by_key(|(input, _)| *input);
        self.holes.sort_unstable();
    }

    /// The documents that are kept, in the order of the text.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The inputs where something stands that may be a document of any kind.
    pub fn holes(&self) -> &[usize] {
        &self.holes
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.tasks.is_empty() && self.members.is_empty()
    }
}
