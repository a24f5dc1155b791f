//! Task definitions that are a part of what is sent: a tool, or a flag of the AWS CLI, supplies the rest.
//!
//! What such a document lacks may be in the other part, so that nothing is certain about it.

use std::collections::HashMap;

use super::reading::Reading;
use crate::document::{Document, DocumentKind};
use crate::finding::{Finding, Severity};
use crate::inputs::Input;
use crate::rules::Registry;
use crate::source::{Place, SourceId, Span};
use crate::tree::{Door, Kind};

/// The parts among the documents of a run.
#[derive(Debug, Default)]
pub(super) struct Parts {
    by_source: HashMap<SourceId, Vec<Part>>,
}

/// A task definition that may be completed.
#[derive(Debug)]
struct Part {
    extent: Span,
    /// Its own keys, if a tool may read others there.
    keys: Vec<Span>,
    /// Why it may be completed: the rest of a sentence.
    reason: String,
}

impl Parts {
    /// Finds the parts. The readings are in the order of the inputs.
    pub(super) fn of(inputs: &[&Input], readings: &[Result<Reading, String>]) -> Parts {
        let read = || {
            let both = inputs.iter().zip(readings);
            both.filter_map(|(input, reading)| Some((*input, reading.as_ref().ok()?)))
        };
        let is_list = |document: &Document| document.kind == DocumentKind::ContainerDefinitions;
        let holds_list = |(_, reading): &(&Input, &Reading)| reading.documents.iter().any(is_list);
        // What a tool fills in may be such a list.
        let may_hold_list =
            |(_, reading): &(&Input, &Reading)| reading.may_hold_more && reading.documents.is_empty();
        let mut lists: HashMap<&str, &str> = read().filter(may_hold_list).map(in_folder).collect();
        lists.extend(read().filter(holds_list).map(in_folder));
        let mut parts = Parts::default();
        for (input, reading) in read() {
            for document in &reading.documents {
                let list = lists.get(input.folder.as_str()).copied();
                if let Some(part) = Part::of(document, list) {
                    parts.by_source.entry(document.tree().source.id).or_default().push(part);
                }
            }
        }
        parts
    }

    /// Makes a warning of each error about what a part lacks, or about a key of it that may be for a tool.
    pub(super) fn lower(&self, findings: &mut [Finding], registry: &Registry) {
        if self.by_source.is_empty() {
            return;
        }
        for finding in findings.iter_mut().filter(|finding| finding.severity == Severity::Error) {
            let id = registry.get(finding.rule).id;
            let at = finding.problem.at.at;
            let places = || std::iter::once(at).chain(finding.problem.also.iter().map(|label| label.at));
            let part = if id.starts_with("missing-") {
                self.at(at)
            } else if id.starts_with("dangling-") {
                places().find_map(|place| self.at(place))
            } else if id == "unknown-field" {
                self.at(at).filter(|part| part.keys.contains(&at.span))
            } else {
                None
            };
            if let Some(part) = part {
                part.lower(finding);
            }
        }
    }

    /// The part that a place is in.
    fn at(&self, Place { source, span }: Place) -> Option<&Part> {
        self.by_source.get(&source)?.iter().find(|part| part.extent.holds(span))
    }
}

/// The folder and the name of a file.
fn in_folder<'i>((input, _): (&'i Input, &Reading)) -> (&'i str, &'i str) {
    (&input.folder, &input.name)
}

impl Part {
    /// A document as a part, if it is one. `list` is the name of a file in its folder with a list of containers.
    fn of(document: &Document, list: Option<&str>) -> Option<Part> {
        let root = document.root();
        let is_task = matches!(document.kind, DocumentKind::TaskDefinition(_)) && root.kind() == Kind::Object;
        if !is_task || document.door() != Door::Api {
            return None;
        }
        let lacks =
            |key: &str| root.get(key).is_none_or(|value| value.is_absent() || value.as_text() == Some(""));
        let extent = document.extent();
        if lacks("family") {
            let keys = root.members().map(|(key, _)| key.place().span).collect();
            let reason = "a tool may complete this task definition, which has no `family`".to_owned();
            return Some(Part { extent, keys, reason });
        }
        let list = list.filter(|_| lacks("containerDefinitions") && !root.is_incomplete())?;
        let file = list.rsplit('/').next().unwrap_or(list);
        let reason = format!("a tool may take the containers from `{file}` in this folder");
        Some(Part { extent, keys: Vec::new(), reason })
    }

    fn lower(&self, finding: &mut Finding) {
        finding.severity = Severity::Warning;
        finding.aws_says = None;
        finding.problem.make_conditional();
        finding.problem.add_reason(&self.reason);
    }
}
