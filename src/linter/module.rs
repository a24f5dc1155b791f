//! Terraform modules: the files of one folder are read together, because the local values of one may be in another.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Linter;
use super::reading::{Reading, What};
use super::threads::Threads;
use crate::adapt::{self, Locals};
use crate::containment::contained;
use crate::input::{self, Other};
use crate::inputs::Input;
use crate::parse;
use crate::source::Source;

impl Linter {
    /// Reads a file of a module, as far as that is possible without the others.
    pub(super) fn read_module_file(source: Arc<Source>) -> Reading {
        let other = |other: Other| Reading { what: What::Other(other), ..Reading::default() };
        let holds_resources = input::holds_terraform_resources(&source.text);
        if !holds_resources && !source.text.contains("locals") {
            return other(input::TERRAFORM);
        }
        let mut parsed = parse::parse(source);
        if !parsed.faults.is_empty() {
            return if holds_resources {
                Reading { may_hold_more: true, ..other(input::BROKEN_TERRAFORM) }
            } else {
                other(input::TERRAFORM)
            };
        }
        if input::is_terraform_json(&parsed.tree.source.name) {
            parsed.tree = adapt::module_file_of_json(&parsed.tree);
            parsed.duplicates.clear();
        }
        Reading { module_file: Some(Box::new(parsed)), ..other(input::TERRAFORM) }
    }

    /// Reads the documents of all modules.
    pub(super) fn read_modules(
        &self,
        inputs: &[&Input],
        readings: &mut [Result<Reading, String>],
        threads: Threads,
    ) {
        let mut modules: BTreeMap<&str, Locals> = BTreeMap::new();
        for (input, reading) in inputs.iter().zip(readings.iter()) {
            if let Ok(Reading { module_file: Some(parsed), .. }) = reading {
                modules.entry(&input.folder).or_default().add(&parsed.tree);
            }
        }
        if modules.is_empty() {
            return;
        }
        let read = |at: usize| -> Option<Result<Reading, String>> {
            let Ok(Reading { module_file: Some(parsed), .. }) = &readings[at] else { return None };
            let input = inputs[at];
            Some(contained(|| self.read_resources(parsed, &modules[input.folder.as_str()], input)))
        };
        let read = threads.map(readings.len(), read);
        for (reading, of_module) in readings.iter_mut().zip(read) {
            if let Some(of_module) = of_module {
                *reading = of_module;
            }
        }
    }

    /// Reads the resources of one file of a module.
    fn read_resources(&self, parsed: &parse::Parsed, locals: &Locals, input: &Input) -> Reading {
        let adapted = adapt::module_file(&parsed.tree, locals, &self.schemas);
        let judged = self.judge_shapes(adapted, self.settings.placeholders(input));
        if judged.is_empty() {
            return Reading { what: What::Other(input::TERRAFORM), ..Reading::default() };
        }
        let mut ignores = Vec::new();
        let findings =
            if input.role.is_asked() { self.judge(parsed, &judged, input, &mut ignores) } else { Vec::new() };
        Reading {
            what: What::Ours,
            findings,
            ignores,
            source: Some(Arc::clone(&parsed.tree.source)),
            documents: judged.into_iter().map(|(document, _)| document).collect(),
            ..Reading::default()
        }
    }
}
