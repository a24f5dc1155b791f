//! The second half of a run: documents that refer to others are judged when all have been seen.

use std::sync::Arc;

use super::reporter::{Reporter, describe};
use super::threads::{Gather, Threads};
use super::told::ToldByServices;
use super::{DocumentLink, Linter, Outcome};
use crate::containment::contained;
use crate::document::{Document, DocumentKind, ServiceForm};
use crate::finding::{Finding, Label, Severity};
use crate::input::{self, EcspressoConfiguration};
use crate::model::{
    Certainty, Folder, Holder, Linked, Links, ScalableTarget, Scaling, ScalingPolicy, ScheduledAction,
    Service, skeleton_marks,
};
use crate::project::{self, Index, Member, Project, TaskEntry};
use crate::source::{Input, Inputs, Reach, Source, SourceId};

/// What an input says to the others.
#[derive(Default)]
pub(super) struct Said<'r> {
    pub documents: &'r [Document],
    pub configuration: Option<EcspressoConfiguration>,
    /// Something stands there that may be a document of any kind.
    pub has_hole: bool,
}

impl Said<'_> {
    /// Adds it to what is known of the run.
    pub fn to(self, project: &mut Project, position: usize) {
        for (at, document) in self.documents.iter().enumerate() {
            // What stands in a skeleton says nothing about what is meant.
            if skeleton_marks(document.root()).is_empty() {
                project.add(position, at, document);
            }
        }
        if let Some(configuration) = self.configuration {
            project.add_configuration(position, configuration);
        }
        if self.has_hole {
            project.add_hole(position);
        }
    }
}

impl Gather for Project {
    fn merge(&mut self, other: Project) {
        Project::merge(self, other);
    }
}

impl Linter {
    /// Judges the documents that refer to others. What they refer to and was not asked for is
    /// read for it.
    pub(super) fn lint_linked(
        &self,
        inputs: &impl Inputs,
        mut project: Project,
        threads: Threads,
    ) -> Outcome {
        if project.is_empty() {
            return Outcome::default();
        }
        let reach = if project.members().is_empty() { Reach::Folder } else { Reach::Project };
        let around = inputs.around(reach);
        let listed = inputs.list().len();
        project.merge(threads.share(around.inputs.len(), |at, seen: &mut Project| {
            let position = listed + at;
            if contained(|| self.look_at(inputs, position, &around.inputs[at], seen)).is_err() {
                seen.add_hole(position);
            }
        }));
        let seen = listed + around.inputs.len();
        (seen..seen + around.unseen.len()).for_each(|position| project.add_hole(position));
        project.sort();
        let all: Vec<&Input> = inputs.list().iter().chain(&around.inputs).chain(&around.unseen).collect();
        let index = Index::new(&project, &all);
        let mut told = ToldByServices::default();
        project.holes().iter().for_each(|hole| told.add_open_folder(&all[*hole].folder));
        let folders = index.folders();
        let members = project.members();
        let linked = LinkedRun { linter: self, inputs, all: &all, listed };
        let work = |job: usize| {
            let mut outcome = Outcome::default();
            match members.get(job) {
                Some(member) => {
                    // A pair of which neither was asked for is not looked at.
                    let is_asked_for = |task: &TaskEntry| task.input.min(member.input) < listed;
                    let load = |task: &TaskEntry| if is_asked_for(task) { linked.load(task) } else { None };
                    linked.lint_member(member, &index.links(job, load), &mut outcome);
                }
                None => linked.lint_folder(&folders[job - members.len()], &mut outcome),
            }
            outcome
        };
        let first = |job: usize| members.get(job).or_else(|| folders[job - members.len()].first().copied());
        let judge = |job: usize, outcome: &mut Outcome| match contained(|| work(job)) {
            Ok(found) => outcome.merge(found),
            Err(bug) => outcome.fail(first(job).map_or("", |member| &all[member.input].name), bug),
        };
        let mut outcome = threads.share(members.len() + folders.len(), judge);
        outcome.told.merge(told);
        outcome
    }

    /// Reads an input that was not asked for.
    fn look_at(&self, inputs: &impl Inputs, position: usize, input: &Input, project: &mut Project) {
        let Ok(bytes) = inputs.read(position) else { return project.add_hole(position) };
        let source = read_source(position, &input.name, bytes);
        if input::is_ecspresso_yaml(&source.name) {
            let configuration = Some(EcspressoConfiguration::read_yaml(&source.text));
            return Said { configuration, ..Said::default() }.to(project, position);
        }
        let read = self.read(source);
        let is_doubtful = read.parsed.doubtful_from().is_some();
        let documents: Vec<Document> = read.documents.into_iter().map(|(document, _)| document).collect();
        let said = Said {
            documents: if is_doubtful { &[] } else { &documents },
            configuration: read.configuration,
            has_hole: read.may_hold_more || (is_doubtful && !documents.is_empty()),
        };
        said.to(project, position);
    }
}

/// What the second half of a run goes by.
struct LinkedRun<'r, I> {
    linter: &'r Linter,
    inputs: &'r I,
    /// What was asked for, and what lies around it.
    all: &'r [&'r Input],
    /// How many inputs were asked for.
    listed: usize,
}

impl<I: Inputs> LinkedRun<'_, I> {
    /// Reads a task definition once more, for a service that runs it.
    fn load(&self, task: &TaskEntry) -> Option<Document> {
        let bytes = self.inputs.read(task.input).ok()?;
        let source = read_source(task.input, &self.all[task.input].name, bytes);
        self.linter.read(source).documents.into_iter().nth(task.document).map(|(document, _)| document)
    }

    fn is_listed(&self, source: SourceId) -> bool {
        (source.0 as usize) < self.listed
    }

    fn lint_member(&self, member: &Member, links: &Links, outcome: &mut Outcome) {
        if let DocumentKind::Service(form) = member.document.kind {
            let service = Service::new(member.document.root(), form, links);
            outcome.told.add(&service, &self.all[member.input].folder);
        }
        let documents = || std::iter::once(&member.document).chain(links.documents());
        if !documents().any(|document| self.is_listed(document.tree().source.id)) {
            return;
        }
        outcome.links.extend(links_of(member, links).filter(|_| member.input < self.listed));
        let mut reporter = Reporter::new(self.linter);
        self.linter.check_linked(&member.document, links, &mut reporter);
        let mut findings = reporter.findings;
        let own = member.document.tree().source.id;
        let task = links.task_definition.found().map(|task| &task.tree().source);
        for finding in &mut findings {
            let mut sources = finding.problem.also.iter().map(|label| label.at.source);
            match (links.certainty, task.filter(|task| sources.any(|id| id == task.id && id != own))) {
                (Certainty::Named, _) | (_, None) => {}
                (Certainty::OtherRevision, Some(_)) => lower(finding),
                (Certainty::OnlyOne, Some(task)) => {
                    lower(finding);
                    if !finding.problem.says_why {
                        say_which(finding, task);
                    }
                }
            }
        }
        self.add(findings, documents, outcome);
    }

    fn lint_folder(&self, members: &[&Member], outcome: &mut Outcome) {
        if !members.iter().any(|member| member.input < self.listed) {
            return;
        }
        let documents = || members.iter().map(|member| &member.document);
        let folder = Folder::of(documents());
        let mut reporter = Reporter::new(self.linter);
        for (id, check) in &self.linter.checks.folder {
            reporter.run(*id, |report| check(&folder, report));
        }
        // Files of different environments do not meet.
        let mut findings = reporter.findings;
        findings.retain(|finding| {
            let name = |label: &Label| self.all[label.at.source.0 as usize].name.as_str();
            let problem = &finding.problem;
            !problem.also.iter().any(|label| project::differ(name(&problem.at), name(label)))
        });
        self.add(findings, documents, outcome);
    }

    /// Adds findings about some documents, if they can be shown in what was asked for.
    fn add<'d, D: Iterator<Item = &'d Document>>(
        &self,
        findings: Vec<Finding>,
        documents: impl Fn() -> D,
        outcome: &mut Outcome,
    ) {
        for mut finding in findings {
            if !self.show_where_asked(&mut finding) {
                continue;
            }
            describe(&mut finding, documents());
            let places = std::iter::once(&finding.problem.at).chain(&finding.problem.also);
            for id in places.map(|label| label.at.source) {
                let sources = || documents().map(|document| &document.tree().source);
                let source = sources().find(|source| source.id == id);
                let source = source.expect("rules point into the documents that they see");
                outcome.sources.entry(id).or_insert_with(|| Arc::clone(source));
            }
            outcome.findings.push(finding);
        }
    }

    /// Turns a finding between two files so that it is shown in the one that was asked for. False
    /// if neither was.
    fn show_where_asked(&self, finding: &mut Finding) -> bool {
        let problem = &mut finding.problem;
        if self.is_listed(problem.at.at.source) {
            return true;
        }
        let Some(label) = problem.also.iter_mut().find(|label| self.is_listed(label.at.source)) else {
            return false;
        };
        std::mem::swap(&mut problem.at, label);
        // It would change the other file.
        problem.fix = None;
        true
    }
}

/// What a document was found to refer to.
fn links_of(member: &Member, links: &Links) -> impl Iterator<Item = DocumentLink> {
    let from = (member.input, member.document.tree().source.name.clone());
    let document = member.document.to_string();
    let found = [&links.task_definition, &links.service, &links.scalable_target];
    let is_named = links.certainty != Certainty::OnlyOne;
    found.into_iter().filter_map(Linked::found).map(move |linked| DocumentLink {
        from: from.clone(),
        document: document.clone(),
        to: linked.tree().source.name.clone(),
        linked: linked.to_string(),
        is_named: is_named || !matches!(linked.kind, DocumentKind::TaskDefinition(_)),
    })
}

fn lower(finding: &mut Finding) {
    finding.severity = finding.severity.min(Severity::Warning);
}

/// Says which task definition was taken for that of a service.
fn say_which(finding: &mut Finding, task: &Source) {
    let file = task.name.rsplit('/').next().unwrap_or(&task.name);
    let reason = format!("`{file}` was taken for its task definition: it is the only one in this folder");
    let help = finding.problem.help.take();
    finding.problem.help = Some(help.map_or(reason.clone(), |help| format!("{help} ({reason})")));
}

impl Linter {
    /// Judges a document with what others say about it.
    fn check_linked(&self, document: &Document, links: &Links, reporter: &mut Reporter) {
        let root = document.root();
        if let Some(scaling) = Scaling::new(root, document.kind, links) {
            for (id, check) in &self.checks.scaling {
                reporter.run(*id, |report| check(&scaling, report));
            }
        }
        match document.kind {
            DocumentKind::Service(form @ ServiceForm::TaskSet) => {
                let task_set = Service::new(root, form, links);
                for (id, check) in &self.checks.task_set {
                    reporter.run(*id, |report| check(&task_set, report));
                }
            }
            DocumentKind::Service(form) => {
                let service = Service::new(root, form, links);
                for (id, check) in &self.checks.service {
                    reporter.run(*id, |report| check(&service, report));
                }
                if let Some(proxy) = Holder::proxy(&service) {
                    self.check_holder(&proxy, reporter);
                }
            }
            DocumentKind::ScalableTarget(form) => {
                let target = ScalableTarget::new(root, form, links);
                for (id, check) in &self.checks.scalable_target {
                    reporter.run(*id, |report| check(&target, report));
                }
            }
            DocumentKind::ScheduledAction(form) => {
                let action = ScheduledAction::new(root, form, links);
                for (id, check) in &self.checks.scheduled_action {
                    reporter.run(*id, |report| check(&action, report));
                }
            }
            DocumentKind::ScalingPolicy(_)
            | DocumentKind::TargetTracking
            | DocumentKind::StepScaling
            | DocumentKind::PredictiveScaling => {
                let policy = ScalingPolicy::new(root, document.kind, links);
                for (id, check) in &self.checks.scaling_policy {
                    reporter.run(*id, |report| check(&policy, report));
                }
            }
            // The service that it is for speaks of it.
            DocumentKind::AppSpec => {}
            DocumentKind::TaskDefinition(_) | DocumentKind::ContainerDefinitions => {
                unreachable!("the index does not keep them")
            }
        }
    }
}

pub(super) fn read_source(position: usize, name: &str, bytes: Vec<u8>) -> Arc<Source> {
    Arc::new(Source::from_bytes(SourceId(position as u32), name, bytes))
}
