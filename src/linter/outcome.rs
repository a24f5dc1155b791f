//! What a run found.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::Document;
use crate::finding::Finding;
use crate::inputs::Remark;
use crate::source::{Place, Source, SourceId};

/// The result of a run.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The findings, by input, place and rule; those about the settings follow.
    pub findings: Vec<Finding>,
    /// Whether one of them fails the run.
    pub has_failing: bool,
    /// The findings that the settings ignore.
    pub ignored: Vec<Finding>,
    /// How many findings the baselines contain.
    pub baselined: usize,
    /// The credentials in the documents, whatever rules are on: no report shows them.
    pub concealed: Vec<Place>,
    /// The sources that findings point into.
    pub sources: BTreeMap<SourceId, Arc<Source>>,
    /// Which documents were checked together with others, by input.
    pub links: Vec<DocumentLink>,
    /// Statistics about the inputs.
    pub summary: Summary,
    /// The names of the inputs that contain a document, or were meant to, in the order of the report.
    pub linted: Vec<String>,
    /// Inputs that the user named but that contain nothing to lint, with what they are.
    pub passed_over: Vec<Remark>,
    /// Why inputs could not be read, or could not be linted because of a bug.
    pub failures: Vec<Remark>,
    /// What was left out and must not be mistaken for checked. The reader of the inputs fills it in.
    pub notices: Vec<Remark>,
}

/// A document that was checked together with one that it refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLink {
    /// The document that refers.
    pub from: LinkEnd,
    /// The one that it refers to.
    pub to: LinkEnd,
    /// Whether the reference names it, rather than it being taken for the one meant.
    pub is_named: bool,
}

/// A document at one end of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkEnd {
    /// The input that contains it.
    pub source: SourceId,
    /// The name of that input.
    pub file: String,
    /// What the document calls itself.
    pub document: String,
}

impl LinkEnd {
    /// The document as one end of a link.
    pub(super) fn of(document: &Document) -> LinkEnd {
        let source = &document.tree().source;
        LinkEnd { source: source.id, file: source.name.clone(), document: document.to_string() }
    }
}

/// Statistics of a run.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Inputs that contain a document, or were meant to.
    pub files: usize,
    /// Documents, by the everyday name of their kind.
    pub documents: BTreeMap<&'static str, usize>,
    /// Skipped inputs that are known to be something else.
    pub others: BTreeMap<&'static str, usize>,
    /// Skipped inputs without an ECS document.
    pub unrelated: usize,
    /// Inputs that the settings exclude.
    pub excluded: usize,
}
