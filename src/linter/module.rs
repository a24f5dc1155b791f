//! Terraform modules: the files of one folder are read together, because the local values of one may be in another.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::Linter;
use super::assuming::Seen;
use super::reading::{Judged, Reading, What};
use super::threads::Threads;
use crate::adapt::{self, Adapted, Assumptions, Decided, Locals};
use crate::containment::contained;
use crate::document::{ContainersElsewhere, Document, DocumentKind};
use crate::finding::Finding;
use crate::input;
use crate::inputs::Input;
use crate::parse;
use crate::project;
use crate::rule::Check;
use crate::source::{Source, SourceId};
use crate::tree::Tree;

impl Linter {
    /// Reads a file of a module, as far as that is possible without the others.
    pub(super) fn read_module_file(source: Arc<Source>) -> Reading {
        let holds_resources = input::holds_terraform_resources(&source.text);
        let holds_values = ["locals", "template_file"].iter().any(|word| source.text.contains(word));
        if !holds_resources && !holds_values {
            let module_values = Some(source).filter(|source| source.text.contains("variable"));
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

    /// Reads the documents of all modules.
    pub(super) fn read_modules(
        &self,
        inputs: &[&Input],
        readings: &mut [Result<Reading, String>],
        threads: Threads,
    ) {
        let modules = modules(inputs, readings, threads);
        if modules.is_empty() {
            return;
        }
        let judge = |at: usize| -> Option<Result<(Vec<Judged>, Decided), String>> {
            let parsed = readings[at].as_ref().ok()?.module_file.as_ref()?;
            let locals = &modules[inputs[at].folder.as_str()].locals;
            Some(contained(|| {
                let adapted =
                    adapt::module_file(&parsed.tree, locals, &self.schemas, &Assumptions::default());
                self.judge_rebuilt(adapted, inputs[at])
            }))
        };
        let mut decided: BTreeMap<&str, Decided> = BTreeMap::new();
        let mut judged = Vec::with_capacity(readings.len());
        for (input, of_file) in inputs.iter().zip(threads.map(readings.len(), judge)) {
            judged.push(of_file.map(|of_file| {
                of_file.map(|(judged, of_file)| {
                    decided.entry(&input.folder).or_default().merge(of_file);
                    judged
                })
            }));
        }
        let assumed = self.assume_of_modules(&modules, &decided, inputs, readings, threads);
        let linked = link_containers(&mut judged, inputs, readings);
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
        for (at, findings, sources) in assumed {
            match (&mut readings[at], findings) {
                (Ok(reading), Ok(findings)) => {
                    reading.assumed = findings;
                    reading.other_sources.extend(sources);
                }
                (reading, Err(bug)) => *reading = Err(bug),
                (Err(_), Ok(_)) => {}
            }
        }
        // What was found in containers by themselves is found again in those of their task.
        for at in linked {
            if let Ok(reading) = &mut readings[at] {
                reading.findings.retain(|finding| !is_of_containers(self.registry.get(finding.rule).check));
            }
        }
    }

    /// Rebuilt documents with the faults of their shapes, and what inputs decide about them.
    fn judge_rebuilt(&self, mut adapted: Adapted, input: &Input) -> (Vec<Judged>, Decided) {
        let decided = std::mem::take(&mut adapted.decided);
        (self.judge_shapes(adapted, self.settings.placeholders(input)), decided)
    }

    /// What is found in modules only if variables have their defaults: by the position of an input, with the sources
    /// that it points into.
    fn assume_of_modules(
        &self,
        modules: &BTreeMap<&str, Module>,
        decided: &BTreeMap<&str, Decided>,
        inputs: &[&Input],
        readings: &[Result<Reading, String>],
        threads: Threads,
    ) -> Vec<(usize, Result<Vec<Finding>, String>, Vec<Arc<Source>>)> {
        let parsed = |at: &usize| readings[*at].as_ref().ok()?.module_file.as_ref();
        let mut files: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for at in (0..inputs.len()).filter(|at| parsed(at).is_some()) {
            files.entry(&inputs[at].folder).or_default().push(at);
        }
        files.retain(|folder, files| {
            let is_decided = decided.get(folder).is_some_and(|decided| !decided.is_empty());
            is_decided && files.iter().any(|at| inputs[*at].role.is_asked())
        });
        let files: Vec<(&str, Vec<usize>)> = files.into_iter().collect();
        let assume = |module: usize| {
            let (folder, files) = &files[module];
            let look = |assumptions: &Assumptions| {
                let mut seen = Seen::default();
                let mut judged = Vec::new();
                for at in files {
                    let Some(parsed) = parsed(at) else { continue };
                    let adapted =
                        adapt::module_file(&parsed.tree, &modules[folder].locals, &self.schemas, assumptions);
                    seen.values += adapted.tree.nodes.len();
                    let (of_file, decided) = self.judge_rebuilt(adapted, inputs[*at]);
                    seen.decided.merge(decided);
                    judged.push((inputs[*at], of_file));
                }
                seen.findings = self.look(&judged);
                seen
            };
            let asked = |id: SourceId| inputs.iter().any(|input| input.id == id && input.role.is_asked());
            let found = contained(|| {
                let mut found = self.assume(&decided[folder], &look);
                found.retain_mut(|finding| finding.show_where(asked));
                found
            });
            let first = files.iter().copied().find(|at| inputs[*at].role.is_asked());
            (first.unwrap_or_default(), found, modules[folder].sources.clone())
        };
        let found = threads.map(files.len(), assume);
        found
            .into_iter()
            .filter(|(_, found, _)| found.as_ref().map_or(true, |found| !found.is_empty()))
            .collect()
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

/// The files of one folder.
#[derive(Default)]
struct Module {
    locals: Locals,
    /// The texts that locals and variables are from.
    sources: Vec<Arc<Source>>,
}

/// The modules of a run, by folder.
fn modules<'i>(
    inputs: &[&'i Input],
    readings: &[Result<Reading, String>],
    threads: Threads,
) -> BTreeMap<&'i str, Module> {
    let mut modules: BTreeMap<&str, Module> = BTreeMap::new();
    let mut with_resources: HashSet<&str> = HashSet::new();
    for (input, reading) in inputs.iter().zip(readings) {
        if let Ok(Reading { module_file: Some(parsed), .. }) = reading {
            modules.entry(&input.folder).or_default().add(&parsed.tree);
            if input::holds_terraform_resources(&parsed.tree.source.text) {
                with_resources.insert(&input.folder);
            }
        }
    }
    if with_resources.is_empty() {
        return modules;
    }
    let parse = |at: usize| {
        let source = readings[at].as_ref().ok()?.module_values.as_ref();
        let source = source.filter(|_| with_resources.contains(inputs[at].folder.as_str()))?;
        let parsed = contained(|| parse::parse(Arc::clone(source))).ok()?;
        let is_json = input::is_terraform_json(&source.name);
        Some(if is_json { adapt::module_file_of_json(&parsed.tree) } else { parsed.tree })
    };
    let mut settings = Vec::new();
    for (input, tree) in inputs.iter().zip(threads.map(readings.len(), parse)) {
        let (Some(tree), Some(module)) = (tree, modules.get_mut(input.folder.as_str())) else { continue };
        if input::is_terraform_values(&input.name) {
            settings.push((input, tree));
        } else {
            module.add(&tree);
        }
    }
    for (input, tree) in settings {
        if let Some(module) = modules.get_mut(input.folder.as_str()) {
            module.locals.add_settings(&tree);
        }
    }
    modules
}

impl Module {
    fn add(&mut self, tree: &Arc<Tree>) {
        self.locals.add(tree);
        self.sources.push(Arc::clone(&tree.source));
    }
}

/// Gives task definitions their containers that are in other files. Returns the positions of the files whose
/// containers are judged with their task.
fn link_containers(
    judged: &mut [Option<Result<Vec<Judged>, String>>],
    inputs: &[&Input],
    readings: &[Result<Reading, String>],
) -> Vec<usize> {
    let mut files: HashMap<&str, (usize, &Document)> = HashMap::new();
    for (at, reading) in readings.iter().enumerate() {
        if let Some([only]) =
            reading.as_ref().ok().map(|reading| reading.speaking().collect::<Vec<_>>()).as_deref()
            && only.kind == DocumentKind::ContainerDefinitions
        {
            files.insert(&inputs[at].name, (at, only));
        }
    }
    let mut users: HashMap<usize, Vec<(usize, usize)>> = HashMap::new();
    for (at, resources) in judged.iter().enumerate() {
        for (position, (document, _)) in resources.iter().flatten().flatten().enumerate() {
            let path = document.containers_file.as_ref().map(|file| project::join(&inputs[at].folder, file));
            if let Some((file, _)) = path.and_then(|path| files.get(path.as_str())) {
                users.entry(*file).or_default().push((at, position));
            }
        }
    }
    let mut linked = Vec::new();
    for (file, document) in files.into_values() {
        let Some(tasks) = users.get(&file) else { continue };
        let are_shared = tasks.len() > 1;
        let elsewhere = Arc::new(ContainersElsewhere { document: document.clone(), are_shared });
        for (at, position) in tasks {
            if let Some(Ok(resources)) = &mut judged[*at] {
                resources[*position].0.containers = Some(Arc::clone(&elsewhere));
            }
            if !are_shared && inputs[*at].role.is_asked() {
                linked.push(file);
            }
        }
    }
    linked
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
