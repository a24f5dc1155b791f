//! What the other documents of a project say about one of them.

use std::sync::Arc;

use crate::document::{Document, DocumentKind};
use crate::model::{Answer, Movers, TaskDefinition, View};

/// A document that another one refers to.
#[derive(Clone, Debug, Default)]
pub(crate) enum Linked {
    /// Not enough has been seen, or several may be meant.
    #[default]
    Unknown,
    /// None that has been seen can be meant.
    Absent,
    /// This one, and no other, is meant.
    Found(Document),
    /// There are such documents, and none is the one that is named; the one whose name is near.
    Dangling(Option<Document>),
}

/// What the project scales instead of a service that nothing scales.
#[derive(Clone, Debug)]
pub(crate) enum ScaledInstead {
    /// A service of nearly the same name, by this document.
    Near(Document),
    /// Another service: its `ResourceId`, or its name.
    Other(String),
}

impl Linked {
    /// The document that is meant.
    pub(crate) fn found(&self) -> Option<&Document> {
        if let Linked::Found(document) = self { Some(document) } else { None }
    }

    /// The document that is meant, or the one whose name is near.
    pub(crate) fn document(&self) -> Option<&Document> {
        match self {
            Linked::Found(document) | Linked::Dangling(Some(document)) => Some(document),
            Linked::Unknown | Linked::Absent | Linked::Dangling(None) => None,
        }
    }
}

/// How surely the task definition at hand is the one that a service runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Certainty {
    /// The service, or the configuration of its tool, names it.
    #[default]
    Named,
    /// The service names a revision, which need not be what the file holds today: it lies in another
    /// folder, or AWS has described the service.
    OtherRevision,
    /// The service names none that was linted, and this is the only one that lies beside it.
    OnlyOne,
}

/// What the other documents of a project say about a service, about a document that scales one, or
/// about a task definition. By default nothing is known.
#[derive(Clone, Debug)]
pub(crate) struct Links {
    /// The task definition that a service runs.
    pub task_definition: Linked,
    /// Whether no task definition that was linted is the one that the service names.
    pub dangles: bool,
    /// How surely the task definition is the one that it runs.
    pub certainty: Certainty,
    /// The service that a document scales.
    pub service: Linked,
    /// The scalable target of a service, or that which a policy or an action belongs to.
    pub scalable_target: Linked,
    /// Other scalable targets of the folder for the same, with another `MinCapacity` and with another
    /// `MaxCapacity`.
    pub rivals: [Option<Document>; 2],
    /// The policies and the actions that move the scalable target: this one, or that of a service
    /// or a policy.
    pub movers: Option<Arc<Movers>>,
    /// What scales a service.
    pub scaled_by: Vec<Document>,
    /// Whether anything scales the service, or moves the scalable target; unknown where not
    /// enough of the project has been seen.
    pub scaling: Answer,
    /// What the project scales instead, if nothing scales the service.
    pub scaled_instead: Option<ScaledInstead>,
    /// Whether anything that was linted scales the service, or may do so.
    pub may_be_scaled: bool,
    /// Whether a scalable target that nothing moves is, or may be, for a service that runs one task on
    /// each instance.
    pub may_scale_daemon: bool,
    /// Where the service is created or described, if this document updates it or adds a task set to
    /// it; absent if the project certainly does not say.
    pub created: Linked,
    /// The AppSpec file with which CodeDeploy deploys the service.
    pub app_spec: Option<Document>,
    /// The services that run a task definition.
    pub services: Vec<Document>,
    /// The services that lie beside it and may run it: what they run is not known.
    pub may_run: Vec<Document>,
    /// Whether all services that lie beside a task definition have been seen.
    pub knows_services: bool,
}

impl Links {
    /// Nothing is known.
    pub(crate) const NONE: Links = Links {
        task_definition: Linked::Unknown,
        dangles: false,
        certainty: Certainty::Named,
        service: Linked::Unknown,
        scalable_target: Linked::Unknown,
        rivals: [None, None],
        movers: None,
        scaled_by: Vec::new(),
        scaling: Answer::Unknown,
        scaled_instead: None,
        may_be_scaled: false,
        may_scale_daemon: false,
        created: Linked::Unknown,
        app_spec: None,
        services: Vec::new(),
        may_run: Vec::new(),
        knows_services: false,
    };

    /// The documents that are linked, and into which rules may point.
    pub(crate) fn documents(&self) -> impl Iterator<Item = &Document> {
        let links = [&self.task_definition, &self.service, &self.scalable_target, &self.created];
        let others = [&self.app_spec, &self.rivals[0], &self.rivals[1]];
        let linked = links.into_iter().filter_map(Linked::document);
        let near = self.scaled_instead.iter().filter_map(|instead| match instead {
            ScaledInstead::Near(document) => Some(document),
            ScaledInstead::Other(_) => None,
        });
        let linked = linked.chain(others.into_iter().flatten()).chain(near);
        // What moves a target is shown with the target alone: each of many may move one of many.
        let movers = self.movers.iter().filter(|_| self.scalable_target.found().is_none());
        let movers = movers.flat_map(|movers| &movers.documents);
        linked.chain(&self.scaled_by).chain(movers).chain(&self.services)
    }

    /// The policies and the actions that move the scalable target.
    pub(crate) fn movers(&self) -> &Movers {
        static NO_MOVERS: Movers = Movers::none();
        self.movers.as_deref().unwrap_or(&NO_MOVERS)
    }
}

/// The links of a document around which nothing is known.
pub(in crate::model) static NO_LINKS: Links = Links::NONE;

impl Default for Links {
    fn default() -> Links {
        Links::NONE
    }
}

/// The task definition of a document of that kind.
pub(in crate::model) fn task_definition_of(document: &Document) -> Option<TaskDefinition<'_>> {
    matches!(document.kind, DocumentKind::TaskDefinition(_)).then(|| TaskDefinition::of(document.root()))
}
