//! The second half of a run: what documents say about each other, checked when all have been read.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::listing::Listing;
use super::reading::Reading;
use super::reporter::{BySource, Reporter};
use super::threads::Threads;
use super::{DocumentLink, LinkEnd, Linter};
use crate::containment::contained;
use crate::document::{Document, DocumentKind, ServiceForm};
use crate::finding::{Finding, Label, Severity};
use crate::inputs::{Input, Remark};
use crate::model::{
    Action, Certainty, Container, Folder, Holder, Linked, Links, RenderStep, ScalableTarget, Scaling,
    ScalingPolicy, ScheduledAction, Service, Step, TaskDefinition,
};
use crate::project::{Index, Member, Project, TaskEntry, WorkflowEntry};
use crate::source::{Cut, Source, SourceId};

/// The combined result of several readings.
#[derive(Debug, Default)]
pub(super) struct Joined {
    /// The findings.
    pub findings: Vec<Finding>,
    /// The sources that the findings point into.
    pub sources: BTreeMap<SourceId, Arc<Source>>,
    /// Which documents were checked together.
    pub links: Vec<DocumentLink>,
    /// What could not be checked because of a bug, by the name of an input.
    pub failures: Vec<Remark>,
}

impl Joined {
    fn merge(&mut self, other: Joined) {
        self.findings.extend(other.findings);
        self.sources.extend(other.sources);
        self.links.extend(other.links);
        self.failures.extend(other.failures);
    }
}

/// What is checked together with its links.
enum Job<'p> {
    /// A service, or what scales one.
    Member(&'p Member, &'p Links),
    /// A task definition, with the services that run it.
    Task(&'p TaskEntry, &'p Links),
    /// The services and the scaling documents of a folder.
    Folder(Vec<&'p Member>),
    /// A workflow, with its steps and the task definitions that they begin with.
    Workflow(&'p WorkflowEntry, Vec<LinkedStep<'p>>),
}

/// A step of a workflow, the task definition that it begins with, and whether that is certain.
type LinkedStep<'p> = (&'p Step<'p>, &'p TaskEntry, bool);

impl Job<'_> {
    /// An input that it is about.
    fn input(&self) -> Option<usize> {
        match self {
            Job::Member(member, _) => Some(member.input),
            Job::Task(task, _) => Some(task.input),
            Job::Folder(members) => members.first().map(|member| member.input),
            Job::Workflow(workflow, _) => Some(workflow.input),
        }
    }
}

impl Linter {
    /// Checks what documents say about each other. Inputs that were asked for are reported on; the others are
    /// what these may refer to. A failed reading may have contained anything. The readings are in the order
    /// of the inputs.
    pub(super) fn join(
        &self,
        inputs: &Listing,
        readings: &[Result<Reading, String>],
        threads: Threads,
    ) -> Joined {
        self.join_about(inputs, readings, threads, |_| true)
    }

    /// The same, as far as it is about some documents.
    pub(super) fn join_about(
        &self,
        inputs: &Listing,
        readings: &[Result<Reading, String>],
        threads: Threads,
        is_meant: fn(&Document) -> bool,
    ) -> Joined {
        let project = gather(inputs.all(), readings);
        let mut joined = Joined::default();
        if project.is_empty() {
            return joined;
        }
        let index = Index::new(&project, inputs.all());
        let members = project.members();
        let find_links = |at: usize| contained(|| index.links(at)).map_err(|bug| (at, bug));
        let links = threads.map(members.len(), find_links).into_iter().map(|links| {
            links.unwrap_or_else(|(at, bug)| {
                joined.failures.push(Remark::new(&inputs.all()[members[at].input].name, bug));
                Links::NONE
            })
        });
        let links: Vec<Links> = links.collect();
        let is_asked_for = |task: &&TaskEntry| {
            inputs.all()[task.input].role.is_asked() && self.checks.look_at_tasks_in_project()
        };
        let of_tasks = index.links_of_tasks(&links, project.tasks().iter().filter(is_asked_for));
        let mut jobs: Vec<Job> =
            members.iter().zip(&links).map(|(one, links)| Job::Member(one, links)).collect();
        jobs.extend(of_tasks.iter().map(|(task, links)| Job::Task(task, links)));
        jobs.extend(index.folders().into_iter().map(Job::Folder));
        let workflows = project.workflows().iter().enumerate();
        jobs.extend(workflows.map(|(at, one)| Job::Workflow(one, index.steps_of_workflow(at).collect())));
        let joining = Joining { linter: self, inputs, is_meant };
        for result in
            threads.map(jobs.len(), |at| contained(|| joining.judge(&jobs[at])).map_err(|bug| (at, bug)))
        {
            match result {
                Ok(found) => joined.merge(found),
                Err((at, bug)) => {
                    let name = jobs[at].input().map_or("", |input| &inputs.all()[input].name);
                    joined.failures.push(Remark::new(name, bug));
                }
            }
        }
        joined
    }
}

/// The documents that are relevant to others, in the order of the paths of their files: which of several is the first
/// does not depend on the order of the arguments.
fn gather(inputs: &[&Input], readings: &[Result<Reading, String>]) -> Project {
    let mut project = Project::default();
    let mut order: Vec<usize> = (0..readings.len()).collect();
    let path = |at: usize| stem_and_endings(&inputs[at].location);
    order.sort_by(|one, other| path(*one).cmp(&path(*other)));
    for position in order {
        let Ok(reading) = &readings[position] else {
            project.add_hole(position);
            continue;
        };
        reading.speaking().for_each(|document| project.add(position, document));
        if let Some(configuration) = &reading.configuration {
            project.add_configuration(position, configuration.clone());
        }
        if reading.may_hold_more {
            project.add_hole(position);
        }
    }
    project
}

/// The path of a file before the endings of its name, and those: `web.json` comes before `web-large.json`, and
/// `web.tf.json` before `web-large.tf.json`.
fn stem_and_endings(path: &str) -> (&str, &str) {
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    let end = path.cut(name..).find('.').map_or(path.len(), |dot| name + dot);
    (path.cut(..end), path.cut(end..))
}

/// The basis for the second half of a run.
struct Joining<'r> {
    linter: &'r Linter,
    /// What was asked for, and the files around it.
    inputs: &'r Listing<'r>,
    /// Whether a document is one of those that are to be checked.
    is_meant: fn(&Document) -> bool,
}

impl Joining<'_> {
    fn judge(&self, job: &Job) -> Joined {
        let mut joined = Joined::default();
        match job {
            Job::Member(member, links) => self.judge_member(member, links, &mut joined),
            Job::Task(task, links) => self.judge_task(task, links, &mut joined),
            Job::Folder(members) => self.judge_folder(members, &mut joined),
            Job::Workflow(workflow, steps) => self.judge_workflow(workflow, steps, &mut joined),
        }
        joined
    }

    fn is_asked_for(&self, document: &Document) -> bool {
        self.inputs.is_asked(document.tree().source.id)
    }

    fn judge_member(&self, member: &Member, links: &Links, joined: &mut Joined) {
        let documents = || std::iter::once(&member.document).chain(links.documents());
        if !documents().any(|document| self.is_asked_for(document)) || !documents().any(self.is_meant) {
            return;
        }
        joined
            .links
            .extend(links_of(&member.document, links).filter(|_| self.is_asked_for(&member.document)));
        let mut reporter = Reporter::new(self.linter, self.inputs.all()[member.input]);
        self.linter.check_linked(&member.document, links, &mut reporter);
        let mut findings = reporter.findings;
        if let Some(task) = links.task_definition.found().filter(|_| links.certainty != Certainty::Named) {
            let containers = task.containers.as_ref().map(|elsewhere| elsewhere.document.tree().source.id);
            let own = member.document.tree().source.id;
            // Whether a label is about the task definition, which may be in the same file.
            let is_of_task = |label: &Label| match label.at.source {
                id if id == own => task.tree().source.id == own && task.extent().holds(label.at.span),
                id => id == task.tree().source.id || Some(id) == containers,
            };
            for finding in findings.iter_mut().filter(|one| one.problem.also.iter().any(is_of_task)) {
                let was_certain = finding.severity == Severity::Error;
                lower(finding);
                match links.certainty {
                    Certainty::OnlyOne if !finding.problem.says_why => say_which(finding, task, own),
                    Certainty::OtherModule if was_certain => say_that_it_may_be_another(finding, task),
                    Certainty::OtherRevision if was_certain => say_that_it_may_differ(finding, task),
                    _ => {}
                }
            }
        }
        self.add(findings, documents(), joined);
    }

    fn judge_task(&self, entry: &TaskEntry, links: &Links, joined: &mut Joined) {
        let documents = || std::iter::once(&entry.document).chain(links.documents());
        if !documents().any(self.is_meant) {
            return;
        }
        let mut reporter = Reporter::new(self.linter, self.inputs.all()[entry.input]);
        let task = TaskDefinition::to_judge(&entry.document, links);
        reporter.each(&self.linter.checks.task_in_project, |check, report| check(&task, report));
        let containers: Vec<Container> = task.containers().collect();
        self.linter.check_containers_in_project(&containers, &mut reporter);
        self.add(reporter.findings, documents(), joined);
    }

    fn judge_folder(&self, members: &[&Member], joined: &mut Joined) {
        let Some(asked) = members.iter().find(|member| self.is_asked_for(&member.document)) else { return };
        // Resources that depend on a condition may exclude each other.
        let documents =
            || members.iter().map(|member| &member.document).filter(|document| !document.is_conditional);
        if !documents().any(self.is_meant) {
            return;
        }
        let folder = Folder::of(documents());
        let mut reporter = Reporter::new(self.linter, self.inputs.all()[asked.input]);
        reporter.each(&self.linter.checks.folder, |check, report| check(&folder, report));
        self.add(reporter.findings, documents(), joined);
    }

    fn judge_workflow(&self, workflow: &WorkflowEntry, steps: &[LinkedStep], joined: &mut Joined) {
        let is_asked_for = self.is_asked_for(&workflow.document);
        let mut reporter = Reporter::new(self.linter, self.inputs.all()[workflow.input]);
        let mut linked = HashSet::new();
        for (step, task, is_certain) in steps {
            if !is_asked_for && !self.is_asked_for(&task.document) {
                continue;
            }
            if is_asked_for && linked.insert(task.document.tree().source.id) {
                let (from, to) = (LinkEnd::of(&workflow.document), LinkEnd::of(&task.document));
                joined.links.push(DocumentLink { from, to, is_named: true });
            }
            if step.action == Action::Render {
                let step = RenderStep::new(step, &task.document, *is_certain);
                reporter.each(&self.linter.checks.render_step, |check, report| check(&step, report));
            }
        }
        // Several steps may use the same variable.
        let mut findings = reporter.findings;
        let mut seen = HashSet::new();
        findings.retain(|finding| seen.insert((finding.rule, finding.problem.at.at)));
        let tasks = steps.iter().map(|(_, task, _)| &task.document);
        self.add(findings, std::iter::once(&workflow.document).chain(tasks), joined);
    }

    /// Adds findings about some documents, if they can be shown in what was asked for.
    fn add<'d>(
        &self,
        findings: Vec<Finding>,
        documents: impl Iterator<Item = &'d Document>,
        joined: &mut Joined,
    ) {
        if findings.is_empty() {
            return;
        }
        let by_source = BySource::new(documents);
        for mut finding in findings {
            if !finding.show_where(|id| self.inputs.is_asked(id)) {
                continue;
            }
            by_source.describe(&mut finding, self.linter);
            let places = std::iter::once(&finding.problem.at).chain(&finding.problem.also);
            for id in places.map(|label| label.at.source) {
                let source = by_source.source(id).expect("rules point into the documents that they see");
                joined.sources.entry(id).or_insert_with(|| Arc::clone(source));
            }
            joined.findings.push(finding);
        }
    }
}

/// What a document refers to.
fn links_of(document: &Document, links: &Links) -> impl Iterator<Item = DocumentLink> {
    let from = LinkEnd::of(document);
    let found = [&links.task_definition, &links.service, &links.scalable_target];
    let is_named = links.certainty != Certainty::OnlyOne;
    found.into_iter().filter_map(Linked::found).map(move |linked| DocumentLink {
        from: from.clone(),
        to: LinkEnd::of(linked),
        is_named: is_named || !matches!(linked.kind, DocumentKind::TaskDefinition(_)),
    })
}

fn lower(finding: &mut Finding) {
    finding.severity = finding.severity.min(Severity::Warning);
}

/// Records which task definition is taken for that of a service, which is in a source of its own or in the same.
fn say_which(finding: &mut Finding, task: &Document, own: SourceId) {
    let source = &task.tree().source;
    let file = source.name.rsplit('/').next().unwrap_or(&source.name);
    let (name, place) = match &task.address {
        Some(address) if source.id == own => (address.title.as_str(), "here"),
        _ => (file, "in this folder"),
    };
    finding
        .problem
        .add_reason(&format!("`{name}` was taken for its task definition: it is the only one {place}"));
}

/// Records that a service may run a task definition of another account or stage.
fn say_that_it_may_be_another(finding: &mut Finding, task: &Document) {
    let file = &task.tree().source.name;
    finding.problem.make_conditional();
    finding
        .problem
        .add_reason(&format!("unless the service runs another task definition than that of `{file}`"));
}

/// Records that a service runs a certain revision of a task definition, which need not be what the file contains.
fn say_that_it_may_differ(finding: &mut Finding, task: &Document) {
    let source = &task.tree().source;
    let file = source.name.rsplit('/').next().unwrap_or(&source.name);
    finding.problem.make_conditional();
    finding.problem.add_reason(&format!("unless the revision that the service names differs from `{file}`"));
}

impl Linter {
    /// Checks a document including what others say about it.
    fn check_linked(&self, document: &Document, links: &Links, reporter: &mut Reporter) {
        let root = document.root();
        if let Some(scaling) = Scaling::new(root, document.kind, links) {
            reporter.each(&self.checks.scaling, |check, report| check(&scaling, report));
        }
        match document.kind {
            DocumentKind::Service(form @ ServiceForm::TaskSet) => {
                let task_set = Service::new(root, form, links);
                reporter.each(&self.checks.task_set, |check, report| check(&task_set, report));
            }
            DocumentKind::Service(form) => {
                let service = Service::new(root, form, links);
                reporter.each(&self.checks.service, |check, report| check(&service, report));
                if let Some(proxy) = Holder::proxy(&service) {
                    self.check_holder(&proxy, reporter);
                    self.check_all_logs(proxy.log_source().as_slice(), reporter);
                }
            }
            DocumentKind::ScalableTarget(form) => {
                let target = ScalableTarget::new(root, form, links);
                reporter.each(&self.checks.scalable_target, |check, report| check(&target, report));
            }
            DocumentKind::ScheduledAction(form) => {
                let action = ScheduledAction::new(root, form, links);
                reporter.each(&self.checks.scheduled_action, |check, report| check(&action, report));
            }
            DocumentKind::ScalingPolicy(_)
            | DocumentKind::TargetTracking
            | DocumentKind::StepScaling
            | DocumentKind::PredictiveScaling => {
                let policy = ScalingPolicy::new(root, document.kind, links);
                reporter.each(&self.checks.scaling_policy, |check, report| check(&policy, report));
            }
            // The service that it belongs to reports it.
            DocumentKind::AppSpec => {}
            DocumentKind::TaskDefinition(_) | DocumentKind::ContainerDefinitions | DocumentKind::Workflow => {
                unreachable!("the members of a project are of other kinds")
            }
        }
    }
}
