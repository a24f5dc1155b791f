//! Which services run a task definition: the links of services, seen from the other end.

use std::collections::HashMap;

use super::{Index, TaskEntry};
use crate::document::{Document, DocumentKind};
use crate::model::{Certainty, Linked, Links};
use crate::source::SourceId;

/// If more services than this may run any task definition of a folder, none of them is considered: too little
/// would be certain. Nor are those in other folders of the project, if there are more.
const MOST_CANDIDATES: usize = 16;

/// A document, identified by the place where it begins.
type Identity = (SourceId, u32);

fn identity(document: &Document) -> Identity {
    (document.tree().source.id, document.root().index())
}

impl<'p> Index<'p> {
    /// What services say about some task definitions. `links` are those of all members, in order.
    pub(crate) fn links_of_tasks<'t>(
        &self,
        links: &[Links],
        tasks: impl Iterator<Item = &'t TaskEntry>,
    ) -> Vec<(&'t TaskEntry, Links)> {
        let mut services: HashMap<Identity, Vec<Document>> = HashMap::new();
        let mut candidates: HashMap<&str, Vec<Document>> = HashMap::new();
        let mut in_project: HashMap<&str, Vec<Document>> = HashMap::new();
        for (member, links) in self.project.members().iter().zip(links) {
            if !matches!(member.document.kind, DocumentKind::Service(_)) {
                continue;
            }
            match &links.task_definition {
                Linked::Found(task) if links.certainty != Certainty::OtherModule => {
                    services.entry(identity(task)).or_default().push(member.document.clone());
                }
                Linked::Absent | Linked::Dangling(_) => {}
                Linked::Unknown | Linked::Found(_) => {
                    let input = self.inputs[member.input];
                    candidates.entry(&input.folder).or_default().push(member.document.clone());
                    if let Some(root) = &input.project {
                        in_project.entry(root).or_default().push(member.document.clone());
                    }
                }
            }
        }
        let links_of = |task: &'t TaskEntry| {
            let input = self.inputs[task.input];
            let here = candidates.get(input.folder.as_str()).map_or(&[][..], Vec::as_slice);
            let are_few = here.len() <= MOST_CANDIDATES;
            let everywhere = input.project.as_deref().and_then(|root| in_project.get(root));
            let everywhere = everywhere.filter(|all| all.len() <= MOST_CANDIDATES);
            let may_run = everywhere.map_or(here, Vec::as_slice);
            let links = Links {
                services: services.remove(&identity(&task.document)).unwrap_or_default(),
                may_run: if are_few { may_run.to_vec() } else { Vec::new() },
                is_configured: self.is_configured_task(task.input),
                knows_services: are_few && !self.here(task.input).has_holes,
                ..Links::NONE
            };
            (task, links)
        };
        tasks.map(links_of).collect()
    }
}
