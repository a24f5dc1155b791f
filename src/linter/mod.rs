//! Sources in, findings out: parse, recognise, judge the shape, judge the sense.
//!
//! The documents that stand for themselves are judged as they are read; those that refer to
//! others wait until all have been seen: see `linked.rs`.

mod checks;
mod linked;
mod outcome;
mod reporter;
mod threads;
mod told;

pub use outcome::{DocumentLink, Outcome, Summary};

use std::sync::Arc;

use crate::config::Config;
use crate::containment::contained;
use crate::document::{Document, DocumentKind};
use crate::finding::Finding;
use crate::input::{self, EcspressoConfiguration, Other};
use crate::model::{Container, Holder, TaskDefinition, View, bare_containers, skeleton_marks};
use crate::parse::{self, Parsed};
use crate::project::Project;
use crate::rule::{Check, Report};
use crate::rules::Registry;
use crate::schema::{Schemas, ShapeFault};
use crate::source::{Input, Inputs, Source};
use checks::Checks;
use linked::{Said, read_source};
use reporter::{Reporter, describe};
use threads::{Gather, Threads};

/// Lints. Holds what can be shared between runs.
pub struct Linter {
    registry: Registry,
    enabled: Vec<bool>,
    checks: Checks,
    schemas: Schemas,
}

/// A document and what its schema says about it.
type Judged = (Document, Vec<ShapeFault>);

/// What stands in a text.
struct Read {
    parsed: Parsed,
    documents: Vec<Judged>,
    other: Option<Other>,
    configuration: Option<EcspressoConfiguration>,
    may_hold_more: bool,
}

/// What one input gave.
#[derive(Default)]
struct Linted {
    findings: Vec<Finding>,
    source: Option<Arc<Source>>,
    documents: Vec<Document>,
    other: Option<Other>,
    configuration: Option<EcspressoConfiguration>,
    is_ours: bool,
    may_hold_more: bool,
    /// Part of the text may have been read otherwise than it is meant.
    is_doubtful: bool,
    failure: Option<String>,
}

impl Linted {
    /// What it says to other inputs.
    fn said(&mut self) -> Said<'_> {
        Said {
            documents: if self.is_doubtful { &[] } else { &self.documents },
            configuration: self.configuration.take(),
            has_hole: self.may_hold_more || self.is_doubtful,
        }
    }
}

/// What the first half of a run gathers.
#[derive(Default)]
struct Gathered {
    outcome: Outcome,
    project: Project,
}

impl Gather for Gathered {
    fn merge(&mut self, other: Gathered) {
        self.outcome.merge(other.outcome);
        self.project.merge(other.project);
    }
}

impl Gather for Outcome {
    fn merge(&mut self, other: Outcome) {
        Outcome::merge(self, other);
    }
}

impl Linter {
    /// A linter with the rules that a configuration enables.
    pub fn new(registry: Registry, config: &Config) -> Linter {
        let enabled: Vec<bool> = registry.rules().map(|(_, rule)| config.enables(rule)).collect();
        let mut checks = Checks::default();
        for (id, rule) in registry.rules().filter(|(id, _)| enabled[usize::from(id.0)]) {
            checks.add(id, rule);
        }
        Linter { registry, enabled, checks, schemas: Schemas::default() }
    }

    /// The rules.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Lints all inputs. The outcome does not depend on the number of threads.
    pub fn lint(&self, inputs: &impl Inputs) -> Outcome {
        self.lint_in(inputs, Threads::AsNeeded)
    }

    /// Lints all inputs with a certain number of threads.
    pub fn lint_with_threads(&self, inputs: &impl Inputs, threads: usize) -> Outcome {
        self.lint_in(inputs, Threads::Exactly(threads))
    }

    fn lint_in(&self, inputs: &impl Inputs, threads: Threads) -> Outcome {
        let list = inputs.list();
        let work = |position: usize, gathered: &mut Gathered| {
            let input = &list[position];
            if let Err(bug) = contained(|| self.lint_input(inputs, position, input, gathered)) {
                gathered.project.add_hole(position);
                gathered.outcome.fail(&input.name, bug);
            }
        };
        let Gathered { mut outcome, project } = threads.share(list.len(), work);
        match contained(|| self.lint_linked(inputs, project, threads)) {
            Ok(linked) => outcome.merge(linked),
            Err(bug) => outcome.fail("what the files say about each other", bug),
        }
        outcome.drop_what_services_tell(list);
        outcome.sort();
        outcome
    }

    /// Judges what stands in one input for itself, and notes what it says to others.
    fn lint_input(&self, inputs: &impl Inputs, position: usize, input: &Input, gathered: &mut Gathered) {
        let mut linted = match inputs.read(position) {
            Ok(bytes) => self.lint_source(read_source(position, &input.name, bytes), input.named),
            Err(failure) => Linted { failure: Some(failure), ..Linted::default() },
        };
        linted.said().to(&mut gathered.project, position);
        gathered.outcome.add(&input.name, input.named, linted);
    }

    fn lint_source(&self, source: Arc<Source>, named: bool) -> Linted {
        if input::is_ecspresso_yaml(&source.name) {
            let configuration = Some(EcspressoConfiguration::read_yaml(&source.text));
            return Linted { other: Some(input::ECSPRESSO), configuration, ..Linted::default() };
        }
        let other_format = input::other_format(&source.name);
        if other_format.is_some() {
            return Linted { other: other_format, ..Linted::default() };
        }
        let Read { parsed, documents, other, configuration, may_hold_more } = self.read(Arc::clone(&source));
        // A text that is no JSON is a finding where it was meant to be a document of ours.
        let is_fault = !parsed.faults.is_empty() && documents.is_empty() && other.is_none();
        let is_ours = !documents.is_empty() || (is_fault && (named || input::shows_ecs_words(&source.text)));
        if !is_ours {
            return Linted { other, configuration, may_hold_more, ..Linted::default() };
        }
        let mut reporter = Reporter::new(self);
        for (id, check) in &self.checks.text {
            reporter.run(*id, |report| check(&parsed, report));
        }
        let mut kept = Vec::new();
        for (document, faults) in documents {
            for (id, check) in &self.checks.document {
                reporter.run(*id, |report| check(&document, report));
            }
            // What stands in a skeleton says nothing about what is meant.
            if skeleton_marks(document.root()).is_empty() {
                for fault in faults {
                    reporter.add_shape(fault.rule.id(), fault.problem);
                }
                self.check_document(&document, &mut reporter);
            }
            kept.push(document);
        }
        let mut findings = reporter.findings;
        let doubtful_from = parsed.doubtful_from();
        if let Some(from) = doubtful_from {
            let is_of_text =
                |finding: &Finding| matches!(self.registry.get(finding.rule).check, Check::Text(_));
            findings.retain(|finding| finding.span().start < from || is_of_text(finding));
        }
        for finding in &mut findings {
            describe(finding, &kept);
        }
        Linted {
            source: (!findings.is_empty()).then_some(source),
            findings,
            documents: kept,
            other,
            configuration,
            is_ours,
            may_hold_more,
            is_doubtful: doubtful_from.is_some(),
            failure: None,
        }
    }

    /// Parses a text, recognises its documents and judges their shape.
    fn read(&self, source: Arc<Source>) -> Read {
        let mut parsed = parse::parse(source);
        let recognised = input::recognise(&parsed.tree);
        let tree = Arc::get_mut(&mut parsed.tree).expect("nobody has seen the tree yet");
        let judge = |(kind, root)| (kind, root, self.schemas.check(kind, tree, root));
        let judged: Vec<_> = recognised.documents.into_iter().map(judge).collect();
        let document = |(kind, root, faults)| (Document::new(kind, Arc::clone(&parsed.tree), root), faults);
        let documents = judged.into_iter().map(document).collect();
        let other = recognised.others.first().copied();
        let is_configuration = other == Some(input::ECSPRESSO);
        let configuration =
            is_configuration.then(|| EcspressoConfiguration::read_json(&parsed.tree)).flatten();
        Read { parsed, documents, other, configuration, may_hold_more: recognised.may_hold_more }
    }

    fn check_document(&self, document: &Document, reporter: &mut Reporter) {
        let root = document.root();
        match document.kind {
            DocumentKind::TaskDefinition(_) => self.check_task(&TaskDefinition::of(root), reporter),
            DocumentKind::ContainerDefinitions => {
                self.check_containers(&bare_containers(root).collect::<Vec<_>>(), reporter);
            }
            // The others wait until every document of their project has been seen.
            _ => {}
        }
    }

    fn check_task(&self, task: &TaskDefinition, reporter: &mut Reporter) {
        for (id, check) in &self.checks.task_definition {
            reporter.run(*id, |report| check(task, report));
        }
        self.check_containers(&task.containers().collect::<Vec<_>>(), reporter);
        for volume in task.volumes().items().map(|volume| volume.within(task)) {
            for (id, check) in &self.checks.volume {
                reporter.run(*id, |report| check(&volume, report));
            }
        }
    }

    fn check_containers(&self, containers: &[Container], reporter: &mut Reporter) {
        for (id, check) in &self.checks.containers {
            reporter.run(*id, |report| check(containers, report));
        }
        containers.iter().for_each(|container| self.check_container(container, reporter));
    }

    fn check_container(&self, container: &Container, reporter: &mut Reporter) {
        for (id, check) in &self.checks.container {
            reporter.run(*id, |report| check(container, report));
        }
        self.check_holder(&Holder::Container(*container), reporter);
    }

    /// What a container and the proxy of Service Connect have in common.
    fn check_holder(&self, holder: &Holder, reporter: &mut Reporter) {
        let judge = |report: &mut Report| {
            for problem in report.take() {
                report.add(holder.judged(problem));
            }
        };
        if let Some(source) = holder.log_source() {
            for (id, check) in &self.checks.logs {
                reporter.run(*id, |report| {
                    check(&source, report);
                    judge(report);
                });
            }
        }
        for value in holder.fetched_values() {
            for (id, check) in &self.checks.fetched_value {
                reporter.run(*id, |report| {
                    check(&value, report);
                    judge(report);
                });
            }
        }
    }
}
