//! What a run found.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::finding::Finding;
use crate::input::Other;
use crate::source::{Source, SourceId};

/// What a run found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The findings, by input, place and rule.
    pub findings: Vec<Finding>,
    /// The sources that findings point into.
    pub sources: BTreeMap<SourceId, Arc<Source>>,
    /// Which documents were checked together with others, by input.
    pub links: Vec<DocumentLink>,
    /// What was looked at.
    pub summary: Summary,
    /// Inputs that the user named and that hold nothing to lint: name, and what they are.
    pub passed_over: Vec<(String, Option<Other>)>,
    /// Inputs that could not be read, or not be linted because of a bug: name, and why.
    pub failures: Vec<(String, String)>,
    /// What was left out, so that nobody takes it for looked at: name, and why. Who reads the
    /// inputs knows it.
    pub notices: Vec<(String, String)>,
}

/// A document that was checked together with one that it refers to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DocumentLink {
    /// The input that holds the document that refers: its position, and its name.
    pub from: (usize, String),
    /// What the document that refers calls itself.
    pub document: String,
    /// The name of the input that holds the other one.
    pub to: String,
    /// What the other one calls itself.
    pub linked: String,
    /// Whether it is named, rather than taken for the one meant.
    pub is_named: bool,
}

/// What a run looked at.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Inputs that hold a document, or were meant to.
    pub files: usize,
    /// Documents, by what people call their kind.
    pub documents: BTreeMap<&'static str, usize>,
    /// Inputs passed over that are known to be something else.
    pub others: BTreeMap<&'static str, usize>,
    /// Inputs passed over that hold no ECS document.
    pub unrelated: usize,
}
