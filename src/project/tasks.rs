//! Which task definition a service runs.

use super::group::{Group, ServiceEntry};
use super::index::{Index, join};
use super::{Family, TaskEntry};
use crate::document::ServiceForm;
use crate::input::EcspressoConfiguration;
use crate::model::{Certainty, Field, Linked, Service, TaskDefinitionReference};
use crate::spelling::nearest;

/// The task definition of a service.
pub struct TaskLink {
    pub task: Linked,
    pub certainty: Certainty,
    /// Whether none that was linted is the one that is named.
    pub dangles: bool,
}

impl<'p> Index<'p> {
    /// The task definition that a service runs; where none is the one that it names, the one that
    /// lies beside it.
    pub(super) fn task_of(&self, service: &ServiceEntry, form: ServiceForm) -> TaskLink {
        let (task, certainty) = self.task_named(service, form);
        let dangles = matches!(task, Linked::Dangling(_));
        if dangles && self.only_task(service).is_some() {
            let (task, certainty) = self.pair(service);
            return TaskLink { task, certainty, dangles };
        }
        TaskLink { task, certainty, dangles }
    }

    /// The task definition that a service runs, and how surely.
    fn task_named(&self, service: &ServiceEntry, form: ServiceForm) -> (Linked, Certainty) {
        const NOTHING: (Linked, Certainty) = (Linked::Unknown, Certainty::Named);
        if let Some(entry) = self.configuration_of(service.input) {
            return self.task_of_configuration(entry).map_or(NOTHING, |one| (found(one), Certainty::Named));
        }
        let document = &self.project.members[service.member].document;
        let view = Service::alone(document).expect("the entry of a service");
        let here = self.here(service.input);
        match view.task_definition_reference() {
            Field::Known(reference) => {
                for group in self.groups(service.input) {
                    let meant = |task: &&TaskEntry| self.may_run(service, reference.value(), task);
                    let mut candidates: Vec<&TaskEntry> =
                        group.tasks_of(reference.family).filter(meant).collect();
                    // Of several files, the one that says that it is the revision.
                    let is_revision =
                        |task: &TaskEntry| task.revision.is_some() && task.revision == reference.revision;
                    if candidates.iter().any(|task| is_revision(task)) {
                        candidates.retain(|task| is_revision(task));
                    }
                    match candidates.as_slice() {
                        [] => {}
                        [one] if !matches!(one.family, Family::Known(_)) => return self.pair(service),
                        [one] if one.revision == reference.revision || reference.revision.is_none() => {
                            return (found(one), Certainty::Named);
                        }
                        [one] => return (found(one), Certainty::OtherRevision),
                        _ => return NOTHING,
                    }
                }
                // An ARN may be of another account, whose task definitions lie elsewhere.
                let is_arn = view.task_definition_text().known().is_some_and(|text| text.starts_with("arn:"));
                let is_nowhere = self.groups(service.input).all(|group| lacks(group, reference.family));
                match here.families().next() {
                    Some(_) if is_nowhere && !is_arn => {
                        (self.nearest_task(here, reference.family), Certainty::Named)
                    }
                    _ if is_nowhere => (Linked::Absent, Certainty::Named),
                    _ => NOTHING,
                }
            }
            _ if self.groups(service.input).all(|group| group.tasks.is_empty() && !group.has_holes) => {
                (Linked::Absent, Certainty::Named)
            }
            Field::Missing if !matches!(form, ServiceForm::Create | ServiceForm::Ecspresso) => NOTHING,
            // Nothing that is known is named: one of each in a folder is a pair.
            _ => self.pair(service),
        }
    }

    fn pair(&self, service: &ServiceEntry) -> (Linked, Certainty) {
        (self.only_task(service).map_or(Linked::Unknown, found), Certainty::OnlyOne)
    }

    /// The task definition that makes a pair with a service: there is one of each in the folder.
    fn only_task(&self, service: &ServiceEntry) -> Option<&'p TaskEntry> {
        let here = self.here(service.input);
        let is_it = |only: ServiceEntry| {
            only.member == service.member || (only.name.is_some() && only.name == service.name)
        };
        let is_pair = here.only_service().is_some_and(is_it) && here.tasks.len() == 1;
        here.tasks.first().copied().filter(|one| is_pair && self.is_same_variant(service.input, one.input))
    }

    /// The only task definition of the file that a configuration of ecspresso names.
    fn task_of_configuration(&self, entry: &(usize, EcspressoConfiguration)) -> Option<&'p TaskEntry> {
        let (input, configuration) = entry;
        let path = join(&self.inputs[*input].folder, configuration.task_definition.as_deref()?);
        let mut tasks = self.project.tasks.iter().filter(|task| self.inputs[task.input].name == path);
        let first = tasks.next();
        first.filter(|_| tasks.next().is_none())
    }

    fn may_run(&self, service: &ServiceEntry, reference: TaskDefinitionReference, task: &TaskEntry) -> bool {
        let other_revision = task.revision.zip(reference.revision).is_some_and(|(own, named)| own != named);
        !other_revision && self.is_same_variant(service.input, task.input)
    }

    /// The task definition of a folder whose family is near, or which is the only one there.
    fn nearest_task(&self, here: &Group<'p>, family: &str) -> Linked {
        let mut families: Vec<&str> = here.families().collect();
        families.sort_unstable();
        let near = nearest(family, families.iter().copied());
        let only = if let [one] = families.as_slice() { Some(*one) } else { None };
        let task = near.or(only).and_then(|family| here.tasks_of(family).next());
        Linked::Dangling(task.map(|task| task.document.clone()))
    }
}

/// A task definition that is meant.
fn found(task: &TaskEntry) -> Linked {
    Linked::Found(task.document.clone())
}

/// Whether no task definition of a group can be of a family.
fn lacks(group: &Group, family: &str) -> bool {
    group.knows_all_families() && group.tasks_of(family).next().is_none()
}
