//! Sources in, findings out: parse, recognise, judge the shape, judge the sense.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::config::Config;
use crate::document::{Document, DocumentKind};
use crate::finding::{Finding, Problem, RuleId, Severity};
use crate::input::{self, Other};
use crate::model::{
    Container, Holder, Links, ScalableTarget, ScalingPolicy, ScheduledAction, Service, TaskDefinition, View,
    bare_containers, skeleton_marks,
};
use crate::parse::{self, Parsed};
use crate::project::{Project, TaskEntry};
use crate::rule::{
    Check, CheckContainer, CheckDocument, CheckFetchedValue, CheckLogs, CheckScalableTarget,
    CheckScalingPolicy, CheckScheduledAction, CheckService, CheckTaskDefinition, CheckText, CheckVolume,
    Report,
};
use crate::rules::Registry;
use crate::schema::{Schemas, ShapeFault};
use crate::source::{Inputs, Source, SourceId, Span};
use crate::tree::{Node, Tree};

/// Fewer inputs than this are linted by one thread: starting others would cost more.
const INPUTS_FOR_THREADS: usize = 32;

/// Lints. Holds what can be shared between runs.
pub struct Linter {
    registry: Registry,
    enabled: Vec<bool>,
    checks: Checks,
    schemas: Schemas,
}

/// The functions of the rules that are enabled, by the height at which they listen.
#[derive(Default)]
struct Checks {
    text: Vec<(RuleId, CheckText)>,
    document: Vec<(RuleId, CheckDocument)>,
    task_definition: Vec<(RuleId, CheckTaskDefinition)>,
    container: Vec<(RuleId, CheckContainer)>,
    logs: Vec<(RuleId, CheckLogs)>,
    fetched_value: Vec<(RuleId, CheckFetchedValue)>,
    volume: Vec<(RuleId, CheckVolume)>,
    service: Vec<(RuleId, CheckService)>,
    scalable_target: Vec<(RuleId, CheckScalableTarget)>,
    scaling_policy: Vec<(RuleId, CheckScalingPolicy)>,
    scheduled_action: Vec<(RuleId, CheckScheduledAction)>,
}

/// What a run found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The findings, by input, place and rule.
    pub findings: Vec<Finding>,
    /// The sources that findings point into.
    pub sources: BTreeMap<SourceId, Arc<Source>>,
    /// What was looked at.
    pub summary: Summary,
    /// Inputs that the user named and that hold nothing to lint: name, and what they are.
    pub passed_over: Vec<(String, Option<Other>)>,
    /// Inputs that could not be read: name, and why.
    pub failures: Vec<(String, String)>,
}

/// What a run looked at.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Inputs that hold a document, or were meant to.
    pub files: usize,
    /// Documents, by what people call their kind.
    pub documents: BTreeMap<&'static str, usize>,
    /// Inputs passed over that are known to be something else.
    pub others: BTreeMap<&'static str, usize>,
    /// Inputs passed over that hold no ECS document.
    pub unrelated: usize,
}

/// A document and what its schema says about it.
type Judged = (Document, Vec<ShapeFault>);

/// What stands in a text.
struct Read {
    parsed: Parsed,
    documents: Vec<Judged>,
    other: Option<Other>,
    may_hold_more: bool,
}

/// What one input gave.
#[derive(Default)]
struct Linted {
    findings: Vec<Finding>,
    source: Option<Arc<Source>>,
    documents: Vec<Document>,
    kinds: Vec<DocumentKind>,
    other: Option<Other>,
    is_ours: bool,
    may_hold_more: bool,
    /// Part of the text may have been read otherwise than it is meant.
    is_doubtful: bool,
    failure: Option<String>,
}

impl Linter {
    /// A linter with the rules that a configuration enables.
    pub fn new(registry: Registry, config: &Config) -> Linter {
        let enabled: Vec<bool> = registry.rules().map(|(_, rule)| config.enables(rule)).collect();
        let mut checks = Checks::default();
        for (id, rule) in registry.rules().filter(|(id, _)| enabled[usize::from(id.0)]) {
            match rule.check {
                Check::Shape => {}
                Check::Text(check) => checks.text.push((id, check)),
                Check::Document(check) => checks.document.push((id, check)),
                Check::TaskDefinition(check) => checks.task_definition.push((id, check)),
                Check::Container(check) => checks.container.push((id, check)),
                Check::Logs(check) => checks.logs.push((id, check)),
                Check::FetchedValue(check) => checks.fetched_value.push((id, check)),
                Check::Volume(check) => checks.volume.push((id, check)),
                Check::Service(check) => checks.service.push((id, check)),
                Check::ScalableTarget(check) => checks.scalable_target.push((id, check)),
                Check::ScalingPolicy(check) => checks.scaling_policy.push((id, check)),
                Check::ScheduledAction(check) => checks.scheduled_action.push((id, check)),
            }
        }
        Linter { registry, enabled, checks, schemas: Schemas::default() }
    }

    /// The rules.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Lints all inputs. The outcome does not depend on the number of threads.
    pub fn lint(&self, inputs: &impl Inputs) -> Outcome {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        self.lint_with_threads(inputs, if inputs.list().len() < INPUTS_FOR_THREADS { 1 } else { cores })
    }

    /// Lints all inputs with a certain number of threads.
    pub fn lint_with_threads(&self, inputs: &impl Inputs, threads: usize) -> Outcome {
        let list = inputs.list();
        let next = AtomicUsize::new(0);
        let work = || {
            let mut outcome = Outcome::default();
            let mut project = Project::default();
            loop {
                let position = next.fetch_add(1, Ordering::Relaxed);
                let Some(input) = list.get(position) else { return (outcome, project) };
                let linted = match inputs.read(position) {
                    Ok(bytes) => self.lint_source(read_source(position, &input.name, bytes), input.named),
                    Err(failure) => Linted { failure: Some(failure), ..Linted::default() },
                };
                let is_doubtful = linted.is_doubtful;
                for (at, document) in linted.documents.iter().enumerate().filter(|_| !is_doubtful) {
                    if skeleton_marks(document.root()).is_empty() {
                        project.add(position, at, document);
                    }
                }
                if linted.may_hold_more || linted.is_doubtful {
                    project.add_unknown(position);
                }
                outcome.add(&input.name, input.named, linted);
            }
        };
        let (mut outcome, mut project) = if threads <= 1 {
            work()
        } else {
            std::thread::scope(|scope| {
                let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
                let mut all = (Outcome::default(), Project::default());
                for worker in workers {
                    let (outcome, project) =
                        worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                    all.0.merge(outcome);
                    all.1.merge(project);
                }
                all
            })
        };
        project.sort();
        for service in project.services() {
            let links = project.links(list, service, |task| self.load(inputs, task));
            let mut reporter = Reporter::new(self);
            self.check_service(&service.1, &links, &mut reporter);
            let own = Arc::clone(&service.1.tree().source);
            let mut findings = reporter.findings;
            for finding in &mut findings {
                describe(finding, std::slice::from_ref(&service.1));
                // A revision that the service names need not be what the file holds today.
                let is_of_two = finding.problem.also.iter().any(|label| label.at.source != own.id);
                if is_of_two && !links.is_certain {
                    finding.severity = finding.severity.min(Severity::Warning);
                }
            }
            if !findings.is_empty() {
                outcome.sources.insert(own.id, own);
                if let Some(task) = &links.task_definition {
                    let source = Arc::clone(&task.tree().source);
                    outcome.sources.insert(source.id, source);
                }
            }
            outcome.findings.append(&mut findings);
        }
        outcome.sort();
        outcome
    }

    /// Reads a task definition once more, for a service that runs it.
    fn load(&self, inputs: &impl Inputs, task: &TaskEntry) -> Option<Document> {
        let bytes = inputs.read(task.input).ok()?;
        let source = read_source(task.input, &inputs.list()[task.input].name, bytes);
        self.read(source).documents.into_iter().nth(task.document?).map(|(document, _)| document)
    }

    fn lint_source(&self, source: Arc<Source>, named: bool) -> Linted {
        let other_format = input::other_format(&source.name);
        if other_format.is_some() {
            return Linted { other: other_format, ..Linted::default() };
        }
        let Read { parsed, documents, other, may_hold_more } = self.read(Arc::clone(&source));
        // A text that is no JSON is a finding where it was meant to be a document of ours.
        let is_fault = !parsed.faults.is_empty() && documents.is_empty() && other.is_none();
        let is_ours = !documents.is_empty() || (is_fault && (named || input::shows_ecs_words(&source.text)));
        if !is_ours {
            return Linted { other, may_hold_more, ..Linted::default() };
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
            kinds: kept.iter().map(|document| document.kind).collect(),
            documents: kept,
            other,
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
        Read { parsed, documents, other, may_hold_more: recognised.may_hold_more }
    }

    fn check_document(&self, document: &Document, reporter: &mut Reporter) {
        let root = document.root();
        match document.kind {
            DocumentKind::TaskDefinition(_) => self.check_task(&TaskDefinition::of(root), reporter),
            DocumentKind::ContainerDefinitions => {
                bare_containers(root).for_each(|container| self.check_container(&container, reporter));
            }
            DocumentKind::ScalableTarget(form) => {
                let target = ScalableTarget::new(root, form);
                for (id, check) in &self.checks.scalable_target {
                    reporter.run(*id, |report| check(&target, report));
                }
            }
            DocumentKind::ScheduledAction(form) => {
                let action = ScheduledAction::new(root, form);
                for (id, check) in &self.checks.scheduled_action {
                    reporter.run(*id, |report| check(&action, report));
                }
            }
            DocumentKind::ScalingPolicy(_)
            | DocumentKind::TargetTracking
            | DocumentKind::StepScaling
            | DocumentKind::PredictiveScaling => {
                let policy = ScalingPolicy::new(root, document.kind);
                for (id, check) in &self.checks.scaling_policy {
                    reporter.run(*id, |report| check(&policy, report));
                }
            }
            // Services wait until every document of their project has been seen.
            DocumentKind::Service(_) => {}
        }
    }

    fn check_task(&self, task: &TaskDefinition, reporter: &mut Reporter) {
        for (id, check) in &self.checks.task_definition {
            reporter.run(*id, |report| check(task, report));
        }
        task.containers().for_each(|container| self.check_container(&container, reporter));
        for volume in task.volumes().items() {
            for (id, check) in &self.checks.volume {
                reporter.run(*id, |report| check(&volume, report));
            }
        }
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

    fn check_service(&self, document: &Document, links: &Links, reporter: &mut Reporter) {
        let DocumentKind::Service(form) = document.kind else { return };
        let service = Service::new(document.root(), form, links);
        for (id, check) in &self.checks.service {
            reporter.run(*id, |report| check(&service, report));
        }
        if let Some(proxy) = Holder::proxy(&service) {
            self.check_holder(&proxy, reporter);
        }
    }
}

fn read_source(position: usize, name: &str, bytes: Vec<u8>) -> Arc<Source> {
    Arc::new(Source::from_bytes(SourceId(position as u32), name, bytes))
}

/// Makes findings of problems.
struct Reporter<'l> {
    linter: &'l Linter,
    report: Report,
    findings: Vec<Finding>,
}

impl<'l> Reporter<'l> {
    fn new(linter: &'l Linter) -> Reporter<'l> {
        Reporter { linter, report: Report::default(), findings: Vec::new() }
    }

    fn run(&mut self, rule: RuleId, check: impl FnOnce(&mut Report)) {
        check(&mut self.report);
        for problem in self.report.take() {
            self.add(rule, problem);
        }
    }

    fn add_shape(&mut self, id: &str, problem: Problem) {
        let rule = self.linter.registry.find(id).expect("each shape rule has a file");
        if self.linter.enabled[usize::from(rule.0)] {
            self.add(rule, problem);
        }
    }

    fn add(&mut self, rule: RuleId, mut problem: Problem) {
        let own = self.linter.registry.get(rule);
        let severity = problem.at_most.map_or(own.severity, |most| own.severity.min(most));
        if problem.aws_says.is_none() && !problem.aws_is_silent {
            let says = own.aws_says.first().filter(|says| own.aws_says.len() == 1 && !says.contains('{'));
            problem.aws_says = says.map(|says| (*says).to_owned());
        }
        self.findings.push(Finding { rule, severity, problem, pointer: String::new(), document: None });
    }
}

/// Says where in its document a finding stands.
fn describe(finding: &mut Finding, documents: &[Document]) {
    let span = finding.span();
    let document = documents.iter().rfind(|document| holds(document.root(), span));
    finding.document = document.or(documents.first()).map(Document::to_string);
    if let Some(document) = documents.first() {
        finding.pointer = innermost(document.tree(), span).map(Node::pointer).unwrap_or_default();
    }
}

fn holds(node: Node, span: Span) -> bool {
    node.span().start <= span.start && span.end <= node.span().end
}

/// The innermost node that holds a span.
fn innermost(tree: &Tree, span: Span) -> Option<Node<'_>> {
    let after = tree.nodes.partition_point(|node| node.span.start <= span.start);
    (0..after as u32).rev().map(|index| tree.node(index)).find(|node| holds(*node, span))
}

impl Outcome {
    fn add(&mut self, name: &str, named: bool, linted: Linted) {
        if let Some(failure) = linted.failure {
            return self.failures.push((name.to_owned(), failure));
        }
        if linted.is_ours {
            self.summary.files += 1;
        } else {
            match linted.other {
                Some(other) => *self.summary.others.entry(other.name).or_default() += 1,
                None => self.summary.unrelated += 1,
            }
            if named {
                self.passed_over.push((name.to_owned(), linted.other));
            }
        }
        for kind in linted.kinds {
            *self.summary.documents.entry(kind.name()).or_default() += 1;
        }
        self.sources.extend(linted.source.map(|source| (source.id, source)));
        self.findings.extend(linted.findings);
    }

    fn merge(&mut self, other: Outcome) {
        self.findings.extend(other.findings);
        self.sources.extend(other.sources);
        self.passed_over.extend(other.passed_over);
        self.failures.extend(other.failures);
        self.summary.files += other.summary.files;
        self.summary.unrelated += other.summary.unrelated;
        for (name, count) in other.summary.documents {
            *self.summary.documents.entry(name).or_default() += count;
        }
        for (name, count) in other.summary.others {
            *self.summary.others.entry(name).or_default() += count;
        }
    }

    fn sort(&mut self) {
        self.findings.sort_by_key(|finding| (finding.problem.at.at, finding.rule));
        self.passed_over.sort();
        self.failures.sort();
    }
}
