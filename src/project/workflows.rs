//! What the steps of workflows render and deploy.

use std::collections::HashMap;

use super::calls::Passed;
use super::index::{Index, folder_of, join};
use super::{Project, TaskEntry};
use crate::document::Document;
use crate::input::{Configuration, Deployer};
use crate::inputs::Input;
use crate::model::{Action, Certainty, Effect, Reads, Step, TaskFile, View, Workflow};

/// A workflow of the run.
#[derive(Clone, Debug)]
pub(crate) struct WorkflowEntry {
    /// The input that contains it, by position.
    pub input: usize,
    /// The document.
    pub document: Document,
}

/// A step of a workflow, with the file that it begins with.
#[derive(Clone, Debug)]
pub(crate) struct PlacedStep<'p> {
    /// The step.
    pub step: Step<'p>,
    /// Where the file is, if it is one of the repository.
    file: StepFile,
}

/// What steps change in the task definitions of repositories before these are registered.
#[derive(Debug, Default)]
pub(crate) struct Effects {
    /// By the location of the file.
    of_files: HashMap<String, Vec<Effect>>,
    /// What may be changed in any file of a repository, with its root.
    of_any: Vec<(String, Effect)>,
    /// What scripts pass to calls beside a file.
    passed: Vec<(Passed, Effect)>,
}

impl Effects {
    /// What the steps of some workflows change. `is_there` knows the files of the run by their locations.
    pub(crate) fn of<'d>(
        workflows: impl Iterator<Item = (&'d Input, &'d Document)>,
        is_there: impl Fn(&str) -> bool,
    ) -> Effects {
        let mut effects = Effects::default();
        for (input, document) in workflows {
            let Some(root) = repository_of(input) else { continue };
            let workflow = Workflow::of(document.root());
            effects.of_any.extend(workflow.replacements().map(|effect| (root.to_owned(), effect)));
            for step in workflow.steps() {
                let Some(effect) = step.effect else { continue };
                match step.file {
                    TaskFile::At(path, reads) => {
                        let location = join(root, &path);
                        // It is made of another file, or may be.
                        let is_there = is_there(&location);
                        if !is_there || reads == Reads::Perhaps {
                            let of_others = effect.of_copy(!is_there);
                            effects.of_any.extend(of_others.map(|effect| (root.to_owned(), effect)));
                        }
                        effects.of_files.entry(location).or_default().push(effect);
                    }
                    TaskFile::Unknown => effects.of_any.push((root.to_owned(), effect)),
                    TaskFile::Elsewhere => {}
                }
            }
        }
        effects
    }

    /// Adds what the tools read in another way that deploy the task definitions, given their configurations.
    pub(crate) fn add_deployers<'d>(
        &mut self,
        configurations: impl Iterator<Item = (&'d Input, &'d Configuration)>,
    ) {
        for (input, configuration) in configurations.filter(|(_, one)| one.deployer == Deployer::PipeCd) {
            match &configuration.task_definition {
                Some(path) => {
                    let location = join(folder_of(input), path);
                    self.of_files.entry(location).or_default().push(Effect::PipeCd);
                }
                None => self.of_any.push((folder_of(input).to_owned(), Effect::PipeCd)),
            }
        }
    }

    /// Adds what scripts pass to calls.
    pub(crate) fn add_passed(&mut self, passed: Vec<Passed>) {
        let with_effect = |passed: Passed| {
            let Passed { field, is_of_containers, .. } = passed;
            let effect = Effect::Passes { field, is_of_containers, is_certain: passed.replaces() };
            (passed, effect)
        };
        self.passed.extend(passed.into_iter().map(with_effect));
    }

    /// Whether nothing is changed.
    pub(crate) fn is_empty(&self) -> bool {
        self.of_files.is_empty() && self.of_any.is_empty() && self.passed.is_empty()
    }

    /// What is, or may be, changed in a file, in the order in which it happens.
    pub(crate) fn of_file(&self, location: &str) -> impl Iterator<Item = &Effect> {
        let is_inside = move |root: &str| {
            root.is_empty() || location.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'))
        };
        let of_any = self.of_any.iter().filter(move |(root, _)| is_inside(root)).map(|(_, effect)| effect);
        let passed =
            self.passed.iter().filter(move |(passed, _)| passed.is_for(location)).map(|(_, effect)| effect);
        self.of_files.get(location).into_iter().flatten().chain(of_any).chain(passed)
    }
}

/// The root of the repository of a workflow: the folder that contains `.github`, or else its project.
fn repository_of(input: &Input) -> Option<&str> {
    let location = input.location.as_str();
    if location.starts_with(".github/") {
        return Some("");
    }
    match location.rsplit_once("/.github/") {
        Some((root, _)) => Some(root),
        None => input.project.as_deref(),
    }
}

/// The steps of the workflows of a run.
pub(super) fn steps_of<'p>(project: &'p Project, inputs: &[&Input]) -> Vec<Vec<PlacedStep<'p>>> {
    let placed = |entry: &'p WorkflowEntry| {
        let root = repository_of(inputs[entry.input]);
        let steps = Workflow::of(entry.document.root()).steps().into_iter();
        steps
            .map(|step| {
                let file = match (&step.file, root) {
                    (TaskFile::At(path, reads), Some(root)) => Some((join(root, path), *reads)),
                    _ => None,
                };
                PlacedStep { step, file }
            })
            .collect()
    };
    project.workflows.iter().map(placed).collect()
}

impl<'p> Index<'p> {
    /// The steps of a workflow, by its position, that certainly or probably begin with a task definition of the run,
    /// each with it, and whether that is certain.
    pub(crate) fn steps_of_workflow(
        &self,
        workflow: usize,
    ) -> impl Iterator<Item = (&Step<'p>, &'p TaskEntry, bool)> {
        let linked = |placed: &'_ PlacedStep<'p>| self.task_of_step(placed);
        self.steps[workflow].iter().filter_map(move |placed| {
            let (task, is_certain) = linked(placed)?;
            Some((&placed.step, task, is_certain))
        })
    }

    fn task_of_step(&self, placed: &PlacedStep<'p>) -> Option<(&'p TaskEntry, bool)> {
        let (location, reads) = placed.file.as_ref()?;
        let task = self.only_task_in(location).filter(|_| *reads != Reads::Perhaps)?;
        Some((task, *reads == Reads::AsItIs))
    }

    /// The only task definition in a file, if the file consists of it.
    fn only_task_in(&self, location: &str) -> Option<&'p TaskEntry> {
        match self.tasks_by_location().get(location)?.as_slice() {
            [one] if one.document.address.is_none() && one.document.root().parent().is_none() => Some(one),
            _ => None,
        }
    }

    /// The task definition that workflows deploy to a service, if only one can be meant.
    pub(super) fn deployed(
        &self,
        service: Option<&str>,
        cluster: Option<&str>,
    ) -> Option<(&'p TaskEntry, Certainty)> {
        let clusters = self.deployments.get(service?)?;
        // What is deployed to a cluster that is not known may be deployed to this one.
        match clusters.get(&Some(cluster?.to_owned()))?.as_slice() {
            [Some((location, reads))] if !clusters.contains_key(&None) => {
                let certainty = match reads {
                    Reads::AsItIs => Certainty::Named,
                    Reads::UnlessChanged => Certainty::OtherRevision,
                    Reads::Probably | Reads::Perhaps => return None,
                };
                Some((self.only_task_in(location)?, certainty))
            }
            _ => None,
        }
    }
}

/// Where the file of a step is, and how certain this is.
type StepFile = Option<(String, Reads)>;

/// The files that are deployed to services, by the names of the services and their clusters. Two different ones are
/// as good as many.
pub(super) type Deployments = HashMap<String, HashMap<Option<String>, Vec<StepFile>>>;

/// What the steps of workflows deploy.
pub(super) fn deployments(steps: &[Vec<PlacedStep>]) -> Deployments {
    let mut deployments = Deployments::new();
    for PlacedStep { step, file } in steps.iter().flatten() {
        let Some(service) = step.service.as_deref().filter(|_| step.action == Action::Deploy) else {
            continue;
        };
        let clusters = deployments.entry(service.to_owned()).or_default();
        let files = clusters.entry(step.cluster.as_deref().map(str::to_owned)).or_default();
        if files.len() < 2 && !files.contains(file) {
            files.push(file.clone());
        }
    }
    deployments
}
