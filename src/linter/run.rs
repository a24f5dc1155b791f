//! A run over inputs: each is read, then all are joined.

use std::collections::HashSet;
use std::sync::Arc;

use super::assuming::subject;
use super::joining::Joined;
use super::listing::Listing;
use super::outcome::DocumentLink;
use super::parts::Parts;
use super::reading::{Reading, What};
use super::threads::Threads;
use super::{Linter, Outcome};
use crate::containment::contained;
use crate::document::{Document, DocumentKind};
use crate::input::{self, Other};
use crate::inputs::{Input, Inputs, Reach, Remark, Role};
use crate::model::{Service, TaskDefinition, View};
use crate::settings::{Comment, Verdict};
use crate::source::{Encoding, Place, Source, SourceId};

/// The report for a text of which not all was read.
const TOO_MUCH: &str = "more values than ecs-lint reads (a million, or 4,096 in one object of HCL), so it was not linted: no ECS document has that many";

impl Linter {
    /// Lints all inputs. The outcome does not depend on the number of threads.
    pub fn lint(&self, inputs: &dyn Inputs) -> Outcome {
        self.run(inputs, Threads::AsNeeded)
    }

    /// Lints all inputs with a certain number of threads.
    pub fn lint_with_threads(&self, inputs: &dyn Inputs, threads: usize) -> Outcome {
        self.run(inputs, Threads::Exactly(threads))
    }

    fn run(&self, inputs: &dyn Inputs, threads: Threads) -> Outcome {
        let asked = inputs.list();
        let read = |input: &Input| {
            contained(|| Ok(self.read(source(inputs, input)?, input))).and_then(|reading| reading)
        };
        let mut readings = threads.map(asked.len(), |at| read(&asked[at]));
        let mut all: Vec<&Input> = asked.iter().collect();
        if let Some(reach) = reach(&readings) {
            let mut around = inputs.around(reach);
            let mut read = self.read_around(inputs, &around.inputs, reach, threads);
            if reach == Reach::Folder && looks_further(&readings, &read) {
                around = inputs.around(Reach::Project);
                read = self.read_around(inputs, &around.inputs, Reach::Project, threads);
            }
            readings.extend(read);
            readings.extend(around.unseen.iter().map(|_| Ok(Reading::unseen())));
            all.extend(around.inputs.iter().chain(&around.unseen));
        }
        self.read_modules(&all, &mut readings, threads, &|input| source(inputs, input));
        self.read_rendered(inputs, &all, &mut readings, threads);
        let apart: Vec<(usize, Input)> = (0..all.len())
            .filter(|at| readings[*at].as_ref().is_ok_and(|reading| reading.is_apart))
            .map(|at| (at, apart(all[at])))
            .collect();
        for (at, own) in &apart {
            all[*at] = own;
        }
        let parts = Parts::of(&all, &readings);
        let all = Listing::new(all);
        let joined = contained(|| self.join(&all, &readings, threads));
        let mut outcome = Outcome::default();
        let mut assumed = Vec::new();
        for reading in readings.iter_mut().flatten().filter(|reading| !reading.assumed.is_empty()) {
            let sources = reading.source.iter().chain(&reading.other_sources);
            outcome.sources.extend(sources.map(|source| (source.id, Arc::clone(source))));
            assumed.append(&mut reading.assumed);
        }
        let comments = readings.iter_mut().flatten().flat_map(|reading| std::mem::take(&mut reading.ignores));
        let comments: Vec<Comment> = comments.collect();
        outcome.sources.extend(comments.iter().map(|one| (one.source.id, Arc::clone(&one.source))));
        outcome.sources.extend(sources_of_modules(&all, &readings, joined.as_ref().ok()));
        for (input, reading) in asked.iter().zip(readings) {
            if input.role.is_asked() {
                outcome.add_reading(input, reading);
            } else {
                outcome.summary.excluded += 1;
            }
        }
        match joined {
            Ok(joined) => outcome.add_joined(joined),
            Err(bug) => outcome.failures.push(Remark::new("what the files say about each other", bug)),
        }
        // What holds anyway rests on no assumption.
        if !assumed.is_empty() {
            let known: HashSet<_> = outcome.findings.iter().map(subject).collect();
            outcome.findings.extend(assumed.into_iter().filter(|finding| !known.contains(&subject(finding))));
        }
        let mut findings = std::mem::take(&mut outcome.findings);
        parts.lower(&mut findings, &self.registry);
        let mut verdict =
            self.settings.verdict(findings, &comments, asked, |id| all.input(id), &self.registry);
        outcome.findings = std::mem::take(&mut verdict.shown);
        outcome.sort(&all);
        outcome.add_verdict(verdict);
        outcome.only_show_what_cannot_be_written();
        outcome
    }

    /// Reads what lies around the inputs. If these are task definitions, the others beside them matter only if
    /// there are services too: they are put off until that is known. Nothing is kept so long, because to read a
    /// file again takes less time than to find memory for all.
    fn read_around(
        &self,
        inputs: &dyn Inputs,
        around: &[Input],
        reach: Reach,
        threads: Threads,
    ) -> Vec<Result<Reading, String>> {
        let runs_nothing = |at: usize| {
            reach == Reach::Folder
                && inputs.read(around[at].id).is_ok_and(|bytes| input::runs_nothing(&bytes))
        };
        let put_off = threads.map_quick(around.len(), runs_nothing);
        let (late, first): (Vec<usize>, Vec<usize>) = (0..around.len()).partition(|at| put_off[*at]);
        let read = |input: &Input| {
            contained(|| Ok(self.read(source(inputs, input)?, input))).and_then(|reading| reading)
        };
        let mut readings: Vec<_> = around.iter().map(|_| Ok(Reading::default())).collect();
        let read_all = |wanted: &[usize], readings: &mut Vec<Result<Reading, String>>| {
            let read = threads.map(wanted.len(), |at| read(&around[wanted[at]]));
            for (at, reading) in wanted.iter().zip(read) {
                readings[*at] = reading;
            }
        };
        read_all(&first, &mut readings);
        if readings.iter().any(|reading| reading.as_ref().map_or(true, Reading::may_refer)) {
            read_all(&late, &mut readings);
        }
        readings
    }
}

/// Reads the text of an input.
///
/// # Errors
///
/// Why it cannot be read.
pub(super) fn source(inputs: &dyn Inputs, input: &Input) -> Result<Arc<Source>, String> {
    let bytes = inputs.read(input.id)?;
    Ok(Arc::new(Source::from_bytes(input.id, input.name.as_str(), bytes)))
}

/// An input as if it were alone in a folder and a project of its own.
fn apart(input: &Input) -> Input {
    let folder = format!("{}/", input.name);
    Input { folder: folder.clone(), project: Some(folder), ..input.clone() }
}

/// How far around the inputs there may be something that their documents refer to, or that refers to them.
/// `None` if they contain no document that is linked to others.
fn reach(readings: &[Result<Reading, String>]) -> Option<Reach> {
    let together = || readings.iter().flatten().filter(|reading| !reading.is_apart);
    let documents = || together().flat_map(Reading::speaking);
    // A module beside containers may read these.
    let is_beside = |kind: DocumentKind| {
        matches!(kind, DocumentKind::TaskDefinition(_) | DocumentKind::ContainerDefinitions)
    };
    let mut linked = documents().peekable();
    // What the resources of a module refer to is seen only with its other files.
    let mut readings = readings.iter().flatten();
    if readings.any(Reading::is_of_module) {
        return Some(Reach::Project);
    }
    linked.peek()?;
    Some(if linked.all(|document| is_beside(document.kind)) { Reach::Folder } else { Reach::Project })
}

/// Whether a service beside task definitions runs one that is in none of their folders: it is in another folder of the
/// project, or nowhere.
fn looks_further(asked: &[Result<Reading, String>], around: &[Result<Reading, String>]) -> bool {
    let documents = || asked.iter().chain(around).flatten().flat_map(Reading::speaking);
    let services: Vec<Service> = documents().filter_map(Service::alone).collect();
    let mut named =
        services.iter().filter_map(|service| service.task_definition_reference().known()).peekable();
    if named.peek().is_none() {
        return false;
    }
    let is_task = |document: &&Document| matches!(document.kind, DocumentKind::TaskDefinition(_));
    let tasks = documents().filter(is_task);
    let families: HashSet<&str> =
        tasks.filter_map(|task| Some(TaskDefinition::of(task.root()).family().known()?.value())).collect();
    named.any(|reference| !families.contains(reference.family))
}

/// Why an input that the user named was not linted.
fn not_linted(other: Option<Other>, broken_at: Option<usize>) -> String {
    match (other, broken_at) {
        (None, None) => "not linted, it holds no ECS document".to_owned(),
        (None, Some(line)) => {
            format!("not linted, it is not valid JSON (line {line}), and nothing in it suggests ECS")
        }
        (Some(Other { name, advice, .. }), line) => {
            let advice = advice.map_or(String::new(), |advice| format!(", {advice}"));
            let line = line.map_or(String::new(), |line| format!(" (line {line})"));
            format!("not linted, it is {name}{advice}{line}")
        }
    }
}

/// The texts of the modules of Terraform in which something was found: what one file says, such as a secret, is in the
/// values of the others.
fn sources_of_modules<'r>(
    all: &Listing,
    readings: &'r [Result<Reading, String>],
    joined: Option<&Joined>,
) -> impl Iterator<Item = (SourceId, Arc<Source>)> + use<'r> {
    let own = readings.iter().flatten().flat_map(|reading| &reading.findings);
    let found = own.chain(joined.into_iter().flat_map(|joined| &joined.findings));
    let files = found.map(|finding| all.input(finding.problem.at.at.source));
    let files = files.filter(|file| input::is_terraform(&file.name));
    let folders: HashSet<&str> = files.map(|file| file.folder.as_str()).collect();
    let is_of_module =
        |file: &Input| folders.contains(file.folder.as_str()) && input::is_terraform(&file.name);
    let texts = all.all().iter().zip(readings).filter(|(file, _)| is_of_module(file));
    let texts = texts.filter_map(|(_, reading)| reading.as_ref().ok()?.text_of_module());
    texts.map(|source| (source.id, source)).collect::<Vec<_>>().into_iter()
}

impl Outcome {
    fn add_reading(&mut self, input: &Input, reading: Result<Reading, String>) {
        let reading = match reading {
            Ok(reading) => reading,
            Err(reason) => return self.failures.push(Remark::new(&input.name, reason)),
        };
        let passed_over = match reading.what {
            What::Ours => {
                self.summary.files += 1;
                self.linted.push(input.name.clone());
                None
            }
            What::TooMuch => {
                return self.failures.push(Remark::new(&input.name, TOO_MUCH));
            }
            What::Other(other) => {
                *self.summary.others.entry(other.name).or_default() += 1;
                Some(Some(other))
            }
            What::Unrelated => {
                self.summary.unrelated += 1;
                Some(None)
            }
        };
        let is_told = input.role == Role::Named || reading.broken_at.is_some();
        if let Some(other) = passed_over.filter(|_| is_told) {
            let remark = Remark::new(&input.name, not_linted(other, reading.broken_at));
            // Whoever names a file expects it to be linted.
            let may_hold_ours = input.role == Role::Named && other.is_some_and(|other| other.may_hold_ours);
            let remarks = if may_hold_ours { &mut self.failures } else { &mut self.passed_over };
            remarks.push(remark);
        }
        for other in &reading.unread {
            *self.summary.others.entry(other.name).or_default() += 1;
        }
        for document in &reading.documents {
            *self.summary.documents.entry(document.kind.name()).or_default() += 1;
        }
        self.concealed.extend(reading.concealed);
        if !reading.findings.is_empty() {
            let sources = reading.source.into_iter().chain(reading.other_sources);
            self.sources.extend(sources.map(|source| (source.id, source)));
            self.findings.extend(reading.findings);
        }
    }

    fn add_joined(&mut self, joined: Joined) {
        self.findings.extend(joined.findings);
        self.sources.extend(joined.sources);
        self.links.extend(joined.links);
        self.failures.extend(joined.failures);
    }

    /// Makes the fixes of a text that is not UTF-8 suggestions: what is written is UTF-8.
    fn only_show_what_cannot_be_written(&mut self) {
        for problem in self.findings.iter_mut().map(|finding| &mut finding.problem) {
            let source = problem.fix.as_ref().and_then(|fix| self.sources.get(&fix.source()?));
            if source.is_some_and(|source| source.encoding != Encoding::Utf8) {
                problem.only_show_fix();
            }
        }
    }

    /// Adds the verdict, except for the findings that are shown in inputs.
    fn add_verdict(&mut self, verdict: Verdict) {
        self.ignored = verdict.ignored;
        self.baselined = verdict.baselined;
        self.notices.extend(verdict.remarks);
        self.has_failing = verdict.has_failing;
        for (finding, source) in verdict.of_settings {
            self.sources.insert(source.id, source);
            self.findings.push(finding);
        }
    }

    fn sort(&mut self, inputs: &Listing) {
        self.findings.sort_by_cached_key(|finding| {
            let Place { source, span } = finding.problem.at.at;
            (inputs.position(source), span, finding.rule)
        });
        self.links.sort_by_cached_key(|DocumentLink { from, to, is_named }| {
            let position = inputs.position(from.source);
            (position, from.document.clone(), to.file.clone(), to.document.clone(), *is_named)
        });
        self.passed_over.sort_unstable();
        self.failures.sort_unstable();
        // A file fails once, however many pairs it is checked in.
        self.failures.dedup();
    }
}
