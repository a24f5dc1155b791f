//! Terraform modules: the files of one folder are read together, because the local values of one may be in another.

mod named;
mod scope;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Linter;
use super::reading::{Judged, Reading, What};
use super::threads::Threads;
use crate::adapt::{self, Assumptions, Decided};
use crate::containment::contained;
use crate::document::{ContainersElsewhere, Document, DocumentKind};
use crate::finding::Finding;
use crate::input;
use crate::inputs::Input;
use crate::parse;
use crate::project;
use crate::rule::Check;
use crate::source::{Source, SourceId};
pub(super) use named::NamedFile;
use scope::Module;

impl Linter {
    /// Reads a file of a module, as far as that is possible without the others.
    pub(super) fn read_module_file(source: Arc<Source>) -> Reading {
        let named_files = NamedFile::all(&source.text);
        Reading { named_files, ..Linter::read_alone(source) }
    }

    fn read_alone(source: Arc<Source>) -> Reading {
        let holds_resources = input::holds_terraform_resources(&source.text);
        let holds_values = ["locals", "template_file"].iter().any(|word| source.text.contains(word));
        if !holds_resources && !holds_values {
            let is_of_values = |source: &Arc<Source>| {
                ["variable", "lb_target_group"].iter().any(|word| source.text.contains(word))
                    || input::calls_local_module(&source.text)
            };
            let module_values = Some(source).filter(is_of_values);
            return Reading { module_values, ..Reading::other(input::TERRAFORM) };
        }
        let mut parsed = parse::parse(source);
        if !parsed.faults.is_empty() {
            return if holds_resources {
                Reading { may_hold_more: true, ..Reading::other(input::BROKEN_TERRAFORM) }
            } else {
                Reading::other(input::TERRAFORM)
            };
        }
        if input::is_terraform_json(&parsed.tree.source.name) {
            parsed.tree = adapt::module_file_of_json(&parsed.tree);
            parsed.duplicates.clear();
        }
        Reading { module_file: Some(Box::new(parsed)), ..Reading::other(input::TERRAFORM) }
    }

    /// Reads the documents of all modules. `text_of` gives the text of an input.
    pub(super) fn read_modules(
        &self,
        inputs: &[&Input],
        readings: &mut [Result<Reading, String>],
        threads: Threads,
        text_of: &dyn Fn(&Input) -> Result<Arc<Source>, String>,
    ) {
        self.read_named(inputs, readings, text_of);
        let mut modules = Module::all(inputs, readings, threads);
        if modules.is_empty() {
            return;
        }
        let judge = |at: usize| -> Option<Result<(Vec<Judged>, Decided), String>> {
            let parsed = readings[at].as_ref().ok()?.module_file.as_ref()?;
            let module = &modules[inputs[at].folder.as_str()];
            Some(contained(|| self.judge_file(module, parsed, inputs[at], &Assumptions::default())))
        };
        let mut judged = Vec::with_capacity(readings.len());
        for (input, of_file) in inputs.iter().zip(threads.map(readings.len(), judge)) {
            judged.push(of_file.map(|of_file| {
                let (of_file, decided) = of_file?;
                if let Some(module) = modules.get_mut(input.folder.as_str()) {
                    module.decided.merge(decided);
                }
                Ok(of_file)
            }));
        }
        let modules: Vec<&Module> = modules.values().filter(|module| !module.decided.is_empty()).collect();
        let assume = |at: usize| contained(|| self.assume_of_module(modules[at], inputs, readings));
        let assumed = threads.map(modules.len(), assume);
        self.read_linked(&mut judged, inputs, readings, text_of);
        let read = |at: usize| -> Option<Result<Reading, String>> {
            let Ok(Reading { module_file: Some(parsed), .. }) = &readings[at] else { return None };
            Some(match judged[at].as_ref()? {
                Ok(judged) => contained(|| self.read_resources(parsed, judged, inputs[at], inputs)),
                Err(bug) => Err(bug.clone()),
            })
        };
        let read = threads.map(readings.len(), read);
        for (reading, of_module) in readings.iter_mut().zip(read) {
            if let Some(of_module) = of_module {
                *reading = of_module;
            }
        }
        for (module, findings) in modules.into_iter().zip(assumed) {
            let first = module.files.iter().find(|at| inputs[**at].role.is_asked());
            let Some(reading) = first.and_then(|at| readings.get_mut(*at)) else { continue };
            match (reading, findings) {
                (Ok(reading), Ok(findings)) if !findings.is_empty() => {
                    reading.assumed = findings;
                    reading.other_sources.extend(module.sources.iter().cloned());
                }
                (Ok(_), Ok(_)) | (Err(_), _) => {}
                (reading, Err(bug)) => *reading = Err(bug),
            }
        }
    }

    /// Reads the files that `container_definitions` names as Terraform does, and gives the task definitions their
    /// containers.
    fn read_linked(
        &self,
        judged: &mut [Option<Result<Vec<Judged>, String>>],
        inputs: &[&Input],
        readings: &mut [Result<Reading, String>],
        text_of: &dyn Fn(&Input) -> Result<Arc<Source>, String>,
    ) {
        for (file, tasks) in users_of_files(judged, inputs) {
            let known = match &readings[file] {
                Ok(reading) if reading.is_of_module() => continue,
                Ok(reading) => reading.source.clone(),
                Err(_) => continue,
            };
            let read = || {
                let text = known.map_or_else(|| text_of(inputs[file]), Ok)?;
                Ok(self.read_containers(text, inputs[file]))
            };
            readings[file] = contained(read).and_then(|reading| reading);
            let Ok(reading) = &mut readings[file] else { continue };
            let is_list = |document: &&Document| document.kind == DocumentKind::ContainerDefinitions;
            let Some(document) = reading.speaking().filter(is_list).last().cloned() else { continue };
            let are_shared = tasks.len() > 1;
            // What was found in containers by themselves is found again in those of their task.
            if !are_shared && tasks.iter().any(|(at, _)| inputs[*at].role.is_asked()) {
                reading.findings.retain(|finding| !is_of_containers(self.registry.get(finding.rule).check));
            }
            let elsewhere = Arc::new(ContainersElsewhere { document, are_shared });
            for (at, position) in tasks {
                if let Some(Ok(resources)) = &mut judged[at] {
                    resources[position].0.containers = Some(Arc::clone(&elsewhere));
                }
            }
        }
    }

    /// The resources of one file with the faults of their shapes, and what inputs decide about them.
    fn judge_file(
        &self,
        module: &Module,
        parsed: &parse::Parsed,
        input: &Input,
        assumptions: &Assumptions,
    ) -> (Vec<Judged>, Decided) {
        let mut adapted = adapt::module_file(&parsed.tree, &module.locals, &self.schemas, assumptions);
        let decided = std::mem::take(&mut adapted.decided);
        (self.judge_shapes(adapted, self.settings.placeholders(input)), decided)
    }

    /// What is found in a module only if variables have their defaults.
    fn assume_of_module(
        &self,
        module: &Module,
        inputs: &[&Input],
        readings: &[Result<Reading, String>],
    ) -> Vec<Finding> {
        let is_asked = |id: SourceId| inputs.iter().any(|input| input.id == id && input.role.is_asked());
        if !module.files.iter().any(|at| inputs[*at].role.is_asked()) {
            return Vec::new();
        }
        let look = |assumptions: &Assumptions| {
            let mut decided = Decided::default();
            let mut judged = Vec::new();
            for at in &module.files {
                let Ok(Reading { module_file: Some(parsed), .. }) = &readings[*at] else { continue };
                let (of_file, of_inputs) = self.judge_file(module, parsed, inputs[*at], assumptions);
                decided.merge(of_inputs);
                judged.push((inputs[*at], of_file));
            }
            self.look(&judged, decided)
        };
        let mut found = self.assume(&module.decided, &look);
        found.retain_mut(|finding| finding.show_where(is_asked));
        found
    }

    /// Reads the resources of one file of a module.
    fn read_resources(
        &self,
        parsed: &parse::Parsed,
        judged: &[Judged],
        input: &Input,
        inputs: &[&Input],
    ) -> Reading {
        if judged.is_empty() {
            return Reading { what: What::Other(input::TERRAFORM), ..Reading::default() };
        }
        let mut ignores = Vec::new();
        let is_asked = |id: SourceId| {
            id == input.id || inputs.iter().any(|input| input.id == id && input.role.is_asked())
        };
        let findings = match input.role.is_asked() {
            true => self.judge(parsed, judged, input, is_asked, &mut ignores),
            false => Vec::new(),
        };
        let documents = || judged.iter().map(|(document, _)| document);
        let elsewhere = documents().filter_map(|document| document.containers.as_ref());
        Reading {
            what: What::Ours,
            findings,
            ignores,
            source: Some(Arc::clone(&parsed.tree.source)),
            other_sources: elsewhere.map(|one| Arc::clone(&one.document.tree().source)).collect(),
            documents: documents().cloned().collect(),
            ..Reading::default()
        }
    }
}

/// The files with the containers of task definitions, by position, and these: the position of their file, and theirs
/// in it.
fn users_of_files(
    judged: &[Option<Result<Vec<Judged>, String>>],
    inputs: &[&Input],
) -> BTreeMap<usize, Vec<(usize, usize)>> {
    let mut named: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
    for (at, resources) in judged.iter().enumerate() {
        for (position, (document, _)) in resources.iter().flatten().flatten().enumerate() {
            if let Some(file) = &document.containers_file {
                let path = project::join(&inputs[at].folder, file);
                named.entry(path).or_default().push((at, position));
            }
        }
    }
    if named.is_empty() {
        return BTreeMap::new();
    }
    let positions = inputs.iter().enumerate();
    positions.filter_map(|(at, input)| Some((at, named.remove(&input.name)?))).collect()
}

/// Whether a rule looks at containers.
fn is_of_containers(check: Check) -> bool {
    matches!(
        check,
        Check::Container(_)
            | Check::Containers(_)
            | Check::ContainerInProject(_)
            | Check::ContainersInProject(_)
            | Check::Logs(_)
            | Check::AllLogs(_)
            | Check::FetchedValue(_)
    )
}
