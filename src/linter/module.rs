//! Terraform modules: the files of one folder are read together, because the local values of one may be in another.

mod named;
mod scope;
mod settings;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::Linter;
use super::reading::{Judged, Judgement, Reading, What};
use super::threads::Threads;
use crate::adapt::{self, Assumptions, Decided};
use crate::containment::contained;
use crate::document::{ContainersElsewhere, Document, DocumentKind};
use crate::finding::{Finding, Severity};
use crate::input;
use crate::inputs::Input;
use crate::parse;
use crate::project;
use crate::rule::Check;
use crate::schema::FieldAround;
use crate::source::{Cut, Source, SourceId};
pub(super) use named::NamedFiles;
use scope::Module;

/// What is found in one file of a module.
struct OfFile {
    /// Its resources with the faults of their shapes.
    judged: Vec<Judged>,
    /// What inputs of the user decide about them.
    decided: Decided,
    /// Whether a resource may be one of ours, too.
    may_hold_more: bool,
}

impl Linter {
    /// Reads a file of a module, as far as that is possible without the others.
    pub(super) fn read_module_file(source: Arc<Source>) -> Reading {
        let named_files = NamedFiles::of(&source.text);
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
        if parsed.is_cut_short {
            return Reading { what: What::TooMuch, ..Reading::unseen() };
        }
        if let Some(fault) = parsed.faults.first() {
            return if holds_resources {
                let line = parsed.tree.source.position(fault.span.start).line;
                let reading = Reading::other(input::BROKEN_TERRAFORM);
                Reading { may_hold_more: true, broken_at: Some(line), ..reading }
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
        pass_over_replaced(inputs, readings);
        self.read_named(inputs, readings, text_of);
        let mut modules = Module::all(inputs, readings, threads);
        if modules.is_empty() {
            return;
        }
        let judge = |at: usize| -> Option<Result<OfFile, String>> {
            let parsed = readings[at].as_ref().ok()?.module_file.as_ref()?;
            let module = &modules[inputs[at].folder.as_str()];
            Some(contained(|| self.judge_file(module, parsed, inputs[at], &Assumptions::default())))
        };
        let mut judged = Vec::with_capacity(readings.len());
        let mut may_hold_more = Vec::with_capacity(readings.len());
        for (input, of_file) in inputs.iter().zip(threads.map(readings.len(), judge)) {
            may_hold_more.push(matches!(&of_file, Some(Ok(of_file)) if of_file.may_hold_more));
            judged.push(of_file.map(|of_file| {
                let of_file = of_file?;
                if let Some(module) = modules.get_mut(input.folder.as_str()) {
                    module.decided.merge(of_file.decided);
                }
                Ok(of_file.judged)
            }));
        }
        settings::note_settings(&mut modules, inputs, readings);
        note_namespaces(&mut judged, inputs, readings);
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
        for ((reading, of_module), may_hold_more) in readings.iter_mut().zip(read).zip(may_hold_more) {
            if let Some(of_module) = of_module {
                *reading = of_module.map(|of_module| Reading { may_hold_more, ..of_module });
            }
        }
        hand_over(inputs, readings);
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
        self.read_matching(judged, inputs, readings, text_of);
        for (file, tasks) in users_of_files(judged, inputs) {
            let known = match &readings[file] {
                Ok(reading) if reading.is_of_module() => continue,
                Ok(reading) => reading.source.clone(),
                Err(_) => continue,
            };
            let set_around = set_in_all(&tasks, judged);
            let read = || {
                let text = known.map_or_else(|| text_of(inputs[file]), Ok)?;
                Ok(self.read_containers(text, inputs[file], &set_around))
            };
            readings[file] = contained(read).and_then(|reading| reading);
            let Ok(reading) = &mut readings[file] else { continue };
            let is_list = |document: &&Document| document.kind == DocumentKind::ContainerDefinitions;
            let Some(document) = reading.speaking().filter(is_list).last().cloned() else { continue };
            let are_shared = tasks.len() > 1;
            // What was found in containers by themselves is found again in those of their task.
            if !are_shared {
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

    /// Reads the lists of containers whose paths `container_definitions` names in part, as Terraform does. Which of them
    /// belongs to which task definition is not known.
    fn read_matching(
        &self,
        judged: &[Option<Result<Vec<Judged>, String>>],
        inputs: &[&Input],
        readings: &mut [Result<Reading, String>],
        text_of: &dyn Fn(&Input) -> Result<Arc<Source>, String>,
    ) {
        let mut tasks_of: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for (at, resources) in judged.iter().enumerate() {
            for (position, (document, _)) in resources.iter().flatten().flatten().enumerate() {
                let Some(path) = document.containers_file.as_ref().filter(|path| path.contains("${")) else {
                    continue;
                };
                let pattern = project::join(project::folder_of(inputs[at]), path);
                let end = pattern.rsplit('}').next().unwrap_or_default();
                for (file, (input, reading)) in inputs.iter().zip(&*readings).enumerate() {
                    let is_it = input.location.ends_with(end)
                        && input.project == inputs[at].project
                        && matches(&input.location, &pattern);
                    if is_it && reading.as_ref().is_ok_and(Reading::is_list_of_containers) {
                        tasks_of.entry(file).or_default().push((at, position));
                    }
                }
            }
        }
        for (file, tasks) in tasks_of {
            let known = readings[file].as_ref().ok().and_then(|reading| reading.source.clone());
            let set_around = set_in_all(&tasks, judged);
            let read = || {
                let text = known.map_or_else(|| text_of(inputs[file]), Ok)?;
                Ok(self.read_containers(text, inputs[file], &set_around))
            };
            readings[file] = contained(read).and_then(|reading| reading);
            // There may be no such service any more.
            for finding in readings[file].iter_mut().flat_map(|reading| &mut reading.findings) {
                if finding.severity == Severity::Error && !self.is_published(finding) {
                    finding.severity = Severity::Warning;
                    finding.aws_says = None;
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
    ) -> OfFile {
        let mut adapted = adapt::module_file(&parsed.tree, &module.locals, &self.schemas, assumptions);
        let decided = std::mem::take(&mut adapted.decided);
        let may_hold_more = adapted.may_hold_more;
        let judged = self.judge_shapes(adapted, self.settings.placeholders(input));
        OfFile { judged, decided, may_hold_more }
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
                let of_file = self.judge_file(module, parsed, inputs[*at], assumptions);
                decided.merge(of_file.decided);
                judged.push((inputs[*at], of_file.judged));
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
            let source = Some(Arc::clone(&parsed.tree.source));
            return Reading { what: What::Other(input::TERRAFORM), source, ..Reading::default() };
        }
        let own = input.role.is_asked().then_some(input.id);
        let is_asked = |id: SourceId| {
            own == Some(id) || inputs.iter().any(|input| input.id == id && input.role.is_asked())
        };
        let documents = || judged.iter().map(|(document, _)| document);
        let elsewhere = documents().filter_map(|document| document.containers.as_ref());
        let mut containers = elsewhere.clone().map(|one| one.document.tree().source.id);
        // What is asked for may be only the file with the containers.
        let found = match own {
            None if containers.any(&is_asked) => {
                Judgement { ignores: Vec::new(), ..self.judge(parsed, judged, input, is_asked) }
            }
            None => Judgement::default(),
            Some(_) => self.judge(parsed, judged, input, is_asked),
        };
        Reading {
            what: What::Ours,
            findings: found.findings,
            ignores: found.ignores,
            concealed: found.concealed,
            source: Some(Arc::clone(&parsed.tree.source)),
            other_sources: elsewhere.map(|one| Arc::clone(&one.document.tree().source)).collect(),
            documents: documents().cloned().collect(),
            ..Reading::default()
        }
    }
}

/// A finding, and the text of the module that it is about.
type FromModule = (Finding, Option<Arc<Source>>);

/// Gives what was found in modules that nobody asked for to the files with their containers.
fn hand_over(inputs: &[&Input], readings: &mut [Result<Reading, String>]) {
    let mut found: HashMap<SourceId, Vec<FromModule>> = HashMap::new();
    for (input, reading) in inputs.iter().zip(readings.iter_mut()) {
        let Ok(reading) = reading else { continue };
        if input.role.is_asked() || reading.findings.is_empty() {
            continue;
        }
        for finding in std::mem::take(&mut reading.findings) {
            found.entry(finding.problem.at.at.source).or_default().push((finding, reading.source.clone()));
        }
    }
    if found.is_empty() {
        return;
    }
    for (input, reading) in inputs.iter().zip(readings) {
        if let (Some(findings), Ok(reading)) = (found.remove(&input.id), reading) {
            for (finding, source) in findings {
                reading.findings.push(finding);
                reading.other_sources.extend(source);
            }
        }
    }
}

/// Passes over files of Terraform that OpenTofu does not read because it has one of its own: of `main.tf` and
/// `main.tofu`, it reads the second.
fn pass_over_replaced(inputs: &[&Input], readings: &mut [Result<Reading, String>]) {
    let own = |input: &Input| {
        let (base, end) = input.name.split_once(".tofu").filter(|(_, end)| matches!(*end, "" | ".json"))?;
        Some(format!("{base}.tf{end}"))
    };
    let replaced: HashSet<String> = inputs.iter().filter_map(|input| own(input)).collect();
    if replaced.is_empty() {
        return;
    }
    for (input, reading) in inputs.iter().zip(readings) {
        if replaced.contains(&input.name) && reading.as_ref().is_ok_and(Reading::is_of_module) {
            *reading = Ok(Reading::other(input::TERRAFORM));
        }
    }
}

/// Notes the services of which the cluster may have a default namespace for Service Connect: it is not declared beside
/// them, but one that has such a namespace is in their project.
fn note_namespaces(
    judged: &mut [Option<Result<Vec<Judged>, String>>],
    inputs: &[&Input],
    readings: &[Result<Reading, String>],
) {
    let has_namespaces = |reading: &Reading| {
        let of_resources = reading.module_file.as_ref().map(|parsed| &parsed.tree.source);
        let mut sources = of_resources.into_iter().chain(&reading.module_values);
        sources.any(|source| source.text.contains("service_connect_defaults"))
    };
    let is_open = |document: &Document| {
        document.has_default_namespace.is_none()
            && document.root().get("serviceConnectConfiguration").is_some()
    };
    let mut projects: Option<HashSet<&Option<String>>> = None;
    for (input, of_file) in inputs.iter().zip(judged) {
        for (document, _) in of_file.iter_mut().flatten().flatten().filter(|(document, _)| is_open(document))
        {
            let projects = projects.get_or_insert_with(|| {
                let with = inputs
                    .iter()
                    .zip(readings)
                    .filter(|(_, reading)| reading.as_ref().is_ok_and(has_namespaces));
                with.map(|(input, _)| &input.project).collect()
            });
            document.has_default_namespace = projects.contains(&input.project).then_some(true);
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
                let path = project::join(project::folder_of(inputs[at]), file);
                named.entry(path).or_default().push((at, position));
            }
        }
    }
    if named.is_empty() {
        return BTreeMap::new();
    }
    let positions = inputs.iter().enumerate();
    positions.filter_map(|(at, input)| Some((at, named.remove(&input.location)?))).collect()
}

/// Whether a path is one that is known in part: each hole is a part of the name of a file or a folder.
fn matches(path: &str, pattern: &str) -> bool {
    let Some((before, rest)) = pattern.split_once("${") else { return path == pattern };
    let Some(path) = path.strip_prefix(before) else { return false };
    let Some((_, behind)) = rest.split_once('}') else { return false };
    let ends = path.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let mut ends = ends.take_while(|end| !path.cut(..*end).ends_with('/'));
    ends.any(|end| matches(path.cut(end..), behind))
}

/// The fields that all of some task definitions set, by the positions of their files, and theirs in these.
fn set_in_all(tasks: &[(usize, usize)], judged: &[Option<Result<Vec<Judged>, String>>]) -> Vec<FieldAround> {
    let task = |(at, position): &(usize, usize)| match &judged[*at] {
        Some(Ok(resources)) => resources.get(*position).map(|(document, _)| document.root()),
        _ => None,
    };
    let mut all = tasks.iter().map(|place| task(place).map_or_else(Vec::new, FieldAround::all));
    let first = all.next().unwrap_or_default();
    all.fold(first, |mut set, other| {
        set.retain(|field| other.contains(field));
        set
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hole_is_a_part_of_one_step() {
        for (path, pattern) in [
            ("a/web.json", "a/${each.key}.json"),
            ("a/web_x.json.tpl", "a/${each.key}_x.json.tpl"),
            ("a/web/b.json", "a/${each.key}/${var.name}.json"),
            ("a/b.json", "a/b.json"),
        ] {
            assert!(matches(path, pattern), "{path} {pattern}");
        }
        for (path, pattern) in [
            ("a/b/web.json", "a/${each.key}.json"),
            ("a/.json", "a/${each.key}.json"),
            ("b/web.json", "a/${each.key}.json"),
            ("a/web.json.tpl", "a/${each.key}.json"),
            ("a/web.json", "a/${each.key"),
        ] {
            assert!(!matches(path, pattern), "{path} {pattern}");
        }
    }
}
