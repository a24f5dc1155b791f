//! What the rules of a service say of the task definition that it runs, so that the rules of the
//! task definition, which do not see the service, need not say it too.

use super::field::{self, Field};
use super::{Answer, Service, TaskDefinition, View};
use crate::finding::Matter;
use crate::source::Place;

/// Something that the rules of a service say, or may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// What is the matter.
    pub matter: Matter,
    /// What they say it of. None if the service may run any task definition that lies beside it.
    pub of: Option<Place>,
}

impl<'d> Service<'d> {
    /// Whether ECS Exec, which needs a task role, is enabled for tasks that have none. AWS has
    /// taken what it describes, and an empty role is a fault of its own.
    pub fn lacks_exec_role(&self, task: &TaskDefinition) -> Answer {
        let (role, enabled) = (task.task_role(), self.enables_exec());
        if role.known().is_some() || task.empty_task_role().is_some() || self.is_described() {
            return Answer::No;
        }
        if role.is_missing() || enabled.is_no() { enabled } else { Answer::Unknown }
    }

    fn enables_exec(&self) -> Answer {
        match field::boolean(self.node(), "enableExecuteCommand") {
            Field::Known(enabled) => Answer::from(*enabled),
            Field::Missing => Answer::No,
            Field::Unknown(_) => Answer::Unknown,
        }
    }

    /// What the rules of the service say of the task definition that it runs, or may say of it.
    pub fn tells(&self) -> Vec<Told> {
        let Some(task) = self.task_definition() else { return self.may_tell() };
        let mut told = Vec::new();
        let mut tell = |matter, of| told.push(Told { matter, of: Some(of) });
        if !self.lacks_exec_role(&task).is_no() {
            tell(Matter::TaskRole, task.node().place());
        }
        if !self.misses_port_name(&task).is_no() {
            let nameless = task.port_mappings().filter(|(_, mapping)| mapping.name().is_missing());
            nameless.for_each(|(_, mapping)| tell(Matter::PortName, mapping.node().place()));
        }
        told
    }

    /// What the rules of the service may say of a task definition that is not known.
    fn may_tell(&self) -> Vec<Told> {
        if self.knows_of_no_task() {
            return Vec::new();
        }
        let role = (!self.enables_exec().is_no() && !self.is_described()).then_some(Matter::TaskRole);
        let port = self.may_want_ports().then_some(Matter::PortName);
        role.into_iter().chain(port).map(|matter| Told { matter, of: None }).collect()
    }
}
