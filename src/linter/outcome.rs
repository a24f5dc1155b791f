//! What a run found.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::Document;
use crate::finding::Finding;
use crate::inputs::Remark;
use crate::source::{Source, SourceId};

/// What a run found.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The findings, by input, place and rule; those about the settings follow.
    pub findings: Vec<Finding>,
    /// Whether one of them fails the run.
    pub has_failing: bool,
    /// The findings that the settings ignore.
    pub ignored: Vec<Finding>,
    /// The sources that findings point into.
    pub sources: BTreeMap<SourceId, Arc<Source>>,
    /// Which documents were checked together with others, by input.
    pub links: Vec<DocumentLink>,
    /// What was looked at.
    pub summary: Summary,
    /// The names of the inputs that hold a document, or were meant to, in the order of the report.
    pub linted: Vec<String>,
    /// Inputs that the user named and that hold nothing to lint, with what they are.
    pub passed_over: Vec<Remark>,
    /// Why inputs could not be read, or not be linted because of a bug.
    pub failures: Vec<Remark>,
    /// What was left out, so that nobody takes it for looked at. Who reads the inputs knows it.
    pub notices: Vec<Remark>,
}

/// A document that was checked together with one that it refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLink {
    /// The document that refers.
    pub from: LinkEnd,
    /// The one that it refers to.
    pub to: LinkEnd,
    /// Whether it is named, rather than taken for the one meant.
    pub is_named: bool,
}

/// A document at one end of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkEnd {
    /// The input that holds it.
    pub source: SourceId,
    /// The name of that input.
    pub file: String,
    /// What the document calls itself.
    pub document: String,
}

impl LinkEnd {
    /// The end that a document is.
    pub(super) fn of(document: &Document) -> LinkEnd {
        let source = &document.tree().source;
        LinkEnd { source: source.id, file: source.name.clone(), document: document.to_string() }
    }
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
    /// Inputs that the settings exclude.
    pub excluded: usize,
}
