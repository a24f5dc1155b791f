//! What the documents of one folder say together.

use crate::document::{Document, DocumentKind, ServiceForm};
use crate::model::linked::links::NO_LINKS;
use crate::model::{ScalingPolicy, ScheduledAction, Service};

/// The services and the scaling documents in one folder, in document order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folder<'d> {
    /// The services.
    pub services: Vec<Service<'d>>,
    /// The scaling policies, without standalone configuration blocks.
    pub scaling_policies: Vec<ScalingPolicy<'d>>,
    /// The scheduled actions.
    pub scheduled_actions: Vec<ScheduledAction<'d>>,
}

impl<'d> Folder<'d> {
    /// The folder that contains some documents.
    pub(crate) fn of(documents: impl Iterator<Item = &'d Document>) -> Folder<'d> {
        let mut folder = Folder::default();
        for document in documents {
            let root = document.root();
            match document.kind {
                DocumentKind::Service(ServiceForm::TaskSet) => {}
                DocumentKind::Service(_) => folder.services.extend(Service::alone(document)),
                DocumentKind::ScalingPolicy(_) => {
                    folder.scaling_policies.push(ScalingPolicy::new(root, document.kind, &NO_LINKS));
                }
                DocumentKind::ScheduledAction(form) => {
                    folder.scheduled_actions.push(ScheduledAction::new(root, form, &NO_LINKS));
                }
                _ => {}
            }
        }
        folder
    }
}
