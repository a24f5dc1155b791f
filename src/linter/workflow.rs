//! Reading workflows, and reading the task definitions again that their steps change.

use std::collections::HashSet;
use std::sync::Arc;

use super::Linter;
use super::reading::{Reading, What};
use super::reporter::Reporter;
use super::run::source;
use super::scripts::Scripts;
use super::threads::Threads;
use crate::containment::contained;
use crate::document::{Document, DocumentKind};
use crate::input;
use crate::inputs::{Input, Inputs};
use crate::model::{View, Workflow, mark_placeholders};
use crate::parse;
use crate::project::Effects;
use crate::source::Source;

impl Linter {
    /// Reads a workflow that renders task definitions or deploys them. `None` if a text is not one. What else a
    /// workflow contains is left to GitHub.
    pub(super) fn read_workflow(&self, source: &Arc<Source>, input: &Input) -> Option<Reading> {
        let mut parsed = parse::parse(Arc::clone(source));
        let root = input::workflow(&parsed.tree).filter(|_| parsed.faults.is_empty())?;
        if Workflow::of(root).steps().is_empty() {
            return None;
        }
        let root = root.index();
        let tree = Arc::get_mut(&mut parsed.tree).expect("nobody has seen the tree yet");
        mark_placeholders(tree, root, self.settings.placeholders(input));
        let mut ignores = Vec::new();
        let mut findings = Vec::new();
        if input.role.is_asked() {
            let mut reporter = Reporter::new(self, input);
            self.read_comments(&parsed, &mut reporter, &mut ignores);
            findings = reporter.findings;
        }
        Some(Reading {
            what: What::Ours,
            findings,
            ignores,
            source: Some(Arc::clone(source)),
            documents: vec![Document::new(DocumentKind::Workflow, parsed.tree, root)],
            ..Reading::default()
        })
    }

    /// Reads the task definitions again that steps of workflows change before they are registered: what these write
    /// is not missing, and what they leave out does not count.
    pub(super) fn read_rendered(
        &self,
        inputs: &dyn Inputs,
        all: &[&Input],
        readings: &mut [Result<Reading, String>],
        threads: Threads,
    ) {
        let documents = all.iter().zip(&*readings).filter_map(|(input, reading)| {
            let documents = &reading.as_ref().ok()?.documents;
            Some((*input, documents.iter().find(|document| document.kind == DocumentKind::Workflow)?))
        });
        let files: HashSet<&str> = all.iter().map(|input| input.location.as_str()).collect();
        let is_there = |location: &str| files.contains(location) || inputs.lies_at(location);
        let mut effects = Effects::of(documents, is_there);
        let configurations = all
            .iter()
            .zip(&*readings)
            .filter_map(|(input, reading)| Some((*input, reading.as_ref().ok()?.configuration.as_ref()?)));
        effects.add_deployers(configurations);
        let scripts = Scripts::of(inputs, all, readings);
        effects.add_passed(scripts.passed(|passed| files.iter().any(|location| passed.is_for(location))));
        for (input, reading) in all.iter().zip(readings.iter_mut()) {
            if reading.as_ref().is_ok_and(Reading::is_lone_fragment) && scripts.name(input) {
                *reading = Ok(Reading::default());
            }
        }
        if effects.is_empty() {
            return;
        }
        // They read a text that is a document as a whole.
        let is_read = |document: &Document| {
            let is_whole = document.address.is_none() && document.root().parent().is_none();
            is_whole && matches!(document.kind, DocumentKind::TaskDefinition(_) | DocumentKind::Service(_))
        };
        let changed: Vec<usize> = (0..all.len())
            .filter(|at| {
                let holds_task = |reading: &Reading| reading.documents.iter().any(is_read);
                readings[*at].as_ref().is_ok_and(holds_task)
                    && effects.of_file(&all[*at].location).next().is_some()
            })
            .collect();
        let again = threads.map(changed.len(), |position| {
            let input = all[changed[position]];
            let effects: Vec<_> = effects.of_file(&input.location).collect();
            contained(|| Ok(self.read_with(source(inputs, input)?, input, &effects)))
                .and_then(|reading| reading)
        });
        for (at, reading) in changed.into_iter().zip(again) {
            readings[at] = reading;
        }
    }
}
