//! The modules of a run: which files there are in each, and the values that all of them may use.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::adapt::{self, Decided, Locals};
use crate::containment::contained;
use crate::input;
use crate::inputs::Input;
use crate::linter::reading::Reading;
use crate::linter::threads::Threads;
use crate::parse;
use crate::project;
use crate::source::Source;
use crate::tree::{Node, Tree};

/// The files of one folder.
#[derive(Default)]
pub(super) struct Module {
    /// The values that have names.
    pub locals: Locals,
    /// The positions of the inputs that may contain resources.
    pub files: Vec<usize>,
    /// What variables decide about the resources.
    pub decided: Decided,
    /// The texts of the module.
    pub sources: Vec<Arc<Source>>,
}

impl Module {
    /// The modules of a run, by folder.
    pub(super) fn all<'i>(
        inputs: &[&'i Input],
        readings: &[Result<Reading, String>],
        threads: Threads,
    ) -> BTreeMap<&'i str, Module> {
        let mut modules: BTreeMap<&str, Module> = BTreeMap::new();
        let mut with_resources: HashSet<&str> = HashSet::new();
        let mut calls = Vec::new();
        for (at, (input, reading)) in inputs.iter().zip(readings).enumerate() {
            if let Ok(Reading { module_file: Some(parsed), .. }) = reading {
                calls.extend(calls_of(&parsed.tree, &input.folder));
                let module = modules.entry(&input.folder).or_default();
                module.add(&parsed.tree, true);
                module.files.push(at);
                let source = &parsed.tree.source;
                if input::holds_terraform_resources(&source.text) {
                    with_resources.insert(&input.folder);
                }
            }
        }
        if with_resources.is_empty() {
            return modules;
        }
        let parse = |at: usize| {
            let source = readings[at].as_ref().ok()?.module_values.as_ref();
            let is_of_module = with_resources.contains(inputs[at].folder.as_str());
            let source = source.filter(|source| is_of_module || input::calls_local_module(&source.text))?;
            let parsed = contained(|| parse::parse(Arc::clone(source))).ok()?;
            let is_json = input::is_terraform_json(&source.name);
            let is_whole = parsed.faults.is_empty() && !parsed.is_cut_short;
            let tree = if is_json { adapt::module_file_of_json(&parsed.tree) } else { parsed.tree };
            Some((tree, is_whole))
        };
        let mut settings = Vec::new();
        for (input, tree) in inputs.iter().zip(threads.map(readings.len(), parse)) {
            let Some((tree, is_whole)) = tree else { continue };
            calls.extend(calls_of(&tree, &input.folder));
            let Some(module) = modules.get_mut(input.folder.as_str()) else { continue };
            if input::is_terraform_values(&input.name) {
                settings.push((input, tree));
            } else {
                module.add(&tree, is_whole);
            }
        }
        for (input, tree) in settings {
            if let Some(module) = modules.get_mut(input.folder.as_str()) {
                module.locals.add_settings(&tree);
            }
        }
        for (folder, set) in calls {
            if let Some(module) = modules.get_mut(folder.as_str()) {
                module.decided.callers.push(set);
            }
        }
        modules
    }

    /// Adds a file. `is_whole` tells whether it has no syntax errors.
    fn add(&mut self, tree: &Arc<Tree>, is_whole: bool) {
        self.locals.add(tree);
        if is_whole {
            self.locals.add_target_groups(tree);
        }
        self.sources.push(Arc::clone(&tree.source));
    }
}

/// The modules of the project that a file calls: their folders, and which variables it sets.
fn calls_of(tree: &Tree, folder: &str) -> Vec<(String, HashSet<String>)> {
    let blocks = tree.roots().flat_map(Node::members).filter(|(key, _)| key.text() == "module");
    let calls = blocks.flat_map(|(_, named)| named.members()).filter_map(|(_, body)| {
        let source = body.get("source")?.as_text()?;
        let is_local = source.starts_with("./") || source.starts_with("../");
        let set = body.members().map(|(key, _)| key.text().to_owned()).collect();
        is_local.then(|| (project::join(folder, source), set))
    });
    calls.collect()
}
