//! Which task definition a service runs.

use super::address::is_expression;
use super::group::ServiceEntry;
use super::index::{Index, folder_of, join};
use super::{Family, Revision, TaskEntry};
use crate::document::{Document, Door, ServiceForm};
use crate::input::Configuration;
use crate::model::{Certainty, Field, Linked, Service};

/// The task definition of a service.
pub(super) struct TaskLink {
    pub task: Linked,
    pub certainty: Certainty,
    /// Whether no linted task definition is the one that is named.
    pub dangles: bool,
}

/// The revision that registering a family for the first time makes.
const FIRST_REVISION: u64 = 1;

/// No task definition is known.
const NOTHING: (Linked, Certainty) = (Linked::Unknown, Certainty::Named);

impl<'p> Index<'p> {
    /// The task definition that a service runs; if none has the name, the one in its folder.
    pub(super) fn task_of(&self, service: &ServiceEntry, form: ServiceForm) -> TaskLink {
        let (task, certainty) = self.task_named(service, form);
        // A configuration may name any task definition for it, also one that was not linted.
        let is_open = matches!(task, Linked::Absent) && self.may_be_configured(service.input);
        let task = if is_open { Linked::Unknown } else { task };
        let document = &self.project.members[service.member].document;
        if document.is_from_elsewhere("taskDefinition")
            && (certainty != Certainty::Named || !matches!(task, Linked::Found(_)))
        {
            return TaskLink { task: Linked::Unknown, certainty: Certainty::Named, dangles: false };
        }
        let dangles = matches!(task, Linked::Dangling(_));
        if dangles && self.only_task(service).is_some() {
            let (task, certainty) = self.pair(service);
            return TaskLink { task, certainty, dangles };
        }
        TaskLink { task, certainty, dangles }
    }

    /// The task definition that a service runs, and how certain this is.
    fn task_named(&self, service: &ServiceEntry, form: ServiceForm) -> (Linked, Certainty) {
        if let Some(entry) = self.configuration_of(service.input) {
            return self.task_of_configuration(entry).map_or(NOTHING, |one| (found(one), Certainty::Named));
        }
        let document = &self.project.members[service.member].document;
        if is_expression(document, "taskDefinition") {
            let task = self.addresses.task(service.input, document, "taskDefinition");
            return task.map_or(NOTHING, |task| (found(task), Certainty::Named));
        }
        let (named, certainty) = self.task_by_name(service, form);
        if named.found().is_some() && certainty != Certainty::OnlyOne {
            return (named, certainty);
        }
        // What a workflow deploys to it.
        let suits = |(task, _): &(&TaskEntry, Certainty)| {
            let view = Service::alone(document).expect("the entry of a service");
            match (view.task_definition_reference().known(), &task.family) {
                (Some(reference), Family::Known(family)) => reference.family == family,
                _ => true,
            }
        };
        match self.deployed(service.name, service.cluster).filter(suits) {
            Some((task, certainty)) => (found(task), certainty),
            None => (named, certainty),
        }
    }

    /// The task definition that a service names, or the one that forms a pair with it.
    fn task_by_name(&self, service: &ServiceEntry, form: ServiceForm) -> (Linked, Certainty) {
        let view = Service::alone(&self.project.members[service.member].document);
        let view = view.expect("the entry of a service");
        let here = self.here(service.input);
        match view.task_definition_reference() {
            Field::Known(reference) => {
                let suits = |task: &TaskEntry| self.is_same_variant(service.input, task.input);
                for (distance, group) in self.groups(service.input).enumerate() {
                    let is_of_module = |document: &Document| document.door() == Door::Terraform;
                    match group.families.meant(reference.value(), suits).as_slice() {
                        [] => {}
                        [one]
                            if distance > 0
                                && is_of_module(&one.document)
                                && is_of_module(&self.project.members[service.member].document) =>
                        {
                            return (found(one), Certainty::OtherModule);
                        }
                        [one] if !matches!(one.family, Family::Known(_)) => return self.pair(service),
                        [one]
                            if reference
                                .revision
                                .is_none_or(|number| one.revision == Revision::Known(number)) =>
                        {
                            return (found(one), Certainty::Named);
                        }
                        // A file without a revision contains the next revision. In the folder of the service,
                        // that is what the service is meant to run; elsewhere, or if the service is API
                        // output, it may not be; nor is it the first revision if the file was ever changed.
                        [one]
                            if distance == 0
                                && form != ServiceForm::Described
                                && reference.revision != Some(FIRST_REVISION) =>
                        {
                            return (found(one), Certainty::Named);
                        }
                        [one] => return (found(one), Certainty::OtherRevision),
                        _ => return NOTHING,
                    }
                }
                // An ARN may be in another account, whose task definitions are elsewhere.
                let is_arn = view.task_definition_text().known().is_some_and(|text| text.starts_with("arn:"));
                let is_nowhere = self.groups(service.input).all(|group| group.lacks_family(reference.family));
                if !is_nowhere {
                    NOTHING
                } else if here.families.are_any_known() && !is_arn {
                    let nearest = here.families.nearest(reference.family);
                    (Linked::Dangling(nearest.map(|task| task.document.clone())), Certainty::Named)
                } else {
                    (Linked::Absent, Certainty::Named)
                }
            }
            _ if self.groups(service.input).all(|group| group.tasks.is_empty() && !group.has_holes) => {
                (Linked::Absent, Certainty::Named)
            }
            Field::Missing if !matches!(form, ServiceForm::Create | ServiceForm::Ecspresso) => NOTHING,
            // No known task definition is named: one service and one task definition in a folder are a pair.
            _ => self.pair(service),
        }
    }

    fn pair(&self, service: &ServiceEntry) -> (Linked, Certainty) {
        (self.only_task(service).map_or(Linked::Unknown, found), Certainty::OnlyOne)
    }

    /// The task definition that forms a pair with a service: the folder contains one of each.
    fn only_task(&self, service: &ServiceEntry) -> Option<&'p TaskEntry> {
        let here = self.here(service.input);
        let is_it = |only: ServiceEntry| {
            only.member == service.member || (only.name.is_some() && only.name == service.name)
        };
        let is_pair = here.only_service().is_some_and(is_it) && here.tasks.len() == 1;
        here.tasks.first().copied().filter(|one| is_pair && self.is_same_variant(service.input, one.input))
    }

    /// The only task definition in the file that a configuration names.
    fn task_of_configuration(&self, entry: &(usize, Configuration)) -> Option<&'p TaskEntry> {
        let (input, configuration) = entry;
        let path = join(folder_of(self.inputs[*input]), configuration.task_definition.as_deref()?);
        match self.tasks_by_location().get(path.as_str())?.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// A link to a task definition.
fn found(task: &TaskEntry) -> Linked {
    Linked::Found(task.document.clone())
}
