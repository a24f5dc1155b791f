//! What a run found.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Linted;
use super::told::ToldByServices;
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
    /// What services tell of the task definitions that they run.
    pub(super) told: ToldByServices,
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

impl Outcome {
    pub(super) fn add(&mut self, name: &str, named: bool, linted: Linted) {
        if let Some(failure) = linted.failure {
            return self.fail(name, failure);
        }
        if linted.is_ours {
            self.summary.files += 1;
        } else {
            match linted.other {
                Some(other) => *self.summary.others.entry(other.name).or_default() += 1,
                None => self.summary.unrelated += 1,
            }
            if named {
                self.passed_over.push((name.to_owned(), linted.other));
            }
        }
        for document in linted.documents {
            *self.summary.documents.entry(document.kind.name()).or_default() += 1;
        }
        self.sources.extend(linted.source.map(|source| (source.id, source)));
        self.findings.extend(linted.findings);
    }

    pub(super) fn fail(&mut self, name: &str, reason: String) {
        self.failures.push((name.to_owned(), reason));
    }

    pub(super) fn merge(&mut self, other: Outcome) {
        self.findings.extend(other.findings);
        self.sources.extend(other.sources);
        self.links.extend(other.links);
        self.passed_over.extend(other.passed_over);
        self.failures.extend(other.failures);
        self.told.merge(other.told);
        self.summary.files += other.summary.files;
        self.summary.unrelated += other.summary.unrelated;
        for (name, count) in other.summary.documents {
            *self.summary.documents.entry(name).or_default() += count;
        }
        for (name, count) in other.summary.others {
            *self.summary.others.entry(name).or_default() += count;
        }
    }

    pub(super) fn sort(&mut self) {
        self.findings.sort_by_key(|finding| (finding.problem.at.at, finding.rule));
        self.links.sort();
        self.passed_over.sort();
        self.failures.sort();
        // A file fails once, in however many pairs it is looked at.
        self.failures.dedup();
    }
}
