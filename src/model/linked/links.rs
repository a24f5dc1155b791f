//! What the other documents of a project say about one of them.

use std::sync::Arc;

use crate::document::{Document, DocumentKind, TargetGroup};
use crate::model::{Answer, Movers, TaskDefinition};

/// A document that another one refers to.
#[derive(Clone, Debug, Default)]
pub(crate) enum Linked {
    /// Not enough was linted to decide, or several documents match.
    #[default]
    Unknown,
    /// No linted document matches.
    Absent,
    /// Exactly this document matches.
    Found(Document),
    /// There are documents of this kind, but none has the name; the one with a similar name.
    Dangling(Option<Document>),
}

/// What the project scales instead of a service that nothing scales.
#[derive(Clone, Debug)]
pub(crate) enum ScaledInstead {
    /// A service with a similar name, by this document.
    Near(Document),
    /// Another service: its `ResourceId` or its name.
    Other(String),
}

impl Linked {
    /// The document that matches.
    pub(crate) fn found(&self) -> Option<&Document> {
        if let Linked::Found(document) = self { Some(document) } else { None }
    }

    /// The same if documents may match that were not linted.
    pub(crate) fn or_unknown(self) -> Linked {
        if let Linked::Found(_) = self { self } else { Linked::Unknown }
    }

    /// The document that matches, or the one with a similar name.
    pub(crate) fn document(&self) -> Option<&Document> {
        match self {
            Linked::Found(document) | Linked::Dangling(Some(document)) => Some(document),
            Linked::Unknown | Linked::Absent | Linked::Dangling(None) => None,
        }
    }
}

/// How certain it is that the task definition is the one that a service runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Certainty {
    /// The service, or the configuration of its tool, names it.
    #[default]
    Named,
    /// The service names a revision, which may differ from the current content of the file: the file is in
    /// another folder, or the service is API output.
    OtherRevision,
    /// The service of one Terraform module names a family, and another module has a task definition of it: they may
    /// be of different accounts or stages.
    OtherModule,
    /// The service names no linted task definition, and this is the only one in its folder.
    OnlyOne,
}

/// What the other documents of a project say about a service, a document that scales one, or a task
/// definition. By default nothing is known.
#[derive(Clone, Debug)]
pub(crate) struct Links {
    /// The task definition that a service runs.
    pub task_definition: Linked,
    /// Whether no linted task definition is the one that the service names.
    pub dangles: bool,
    /// How certain it is that the service runs the task definition.
    pub certainty: Certainty,
    /// The service that a document scales.
    pub service: Linked,
    /// The scalable target of a service, or the one that a policy or an action belongs to.
    pub scalable_target: Linked,
    /// Other scalable targets in the folder for the same resource: one with another `MinCapacity`, and one
    /// with another `MaxCapacity`.
    pub rivals: [Option<Document>; 2],
    /// The policies and the actions that move the scalable target: this one, or the one of a service or a
    /// policy.
    pub movers: Option<Arc<Movers>>,
    /// What scales a service.
    pub scaled_by: Vec<Document>,
    /// Whether anything scales the service or moves the scalable target; unknown if not enough of the project
    /// was linted.
    pub scaling: Answer,
    /// Whether `scaled_by` contains everything in the project that scales the service.
    pub knows_scaling: bool,
    /// Whether a configuration of ecspresso names the service definition, with its cluster, or the task definition.
    pub is_configured: bool,
    /// Whether PipeCD deploys the service: it sends to a task set what belongs there.
    pub is_of_pipecd: bool,
    /// What the project scales instead, if nothing scales the service.
    pub scaled_instead: Option<ScaledInstead>,
    /// Whether each deployment sends the number of tasks that the document has, although the service exists and what
    /// scales it does too.
    pub sends_count: bool,
    /// Whether the user's tool leaves the number of tasks alone once the service exists.
    pub leaves_count: bool,
    /// Whether the cluster of a service has, or may have, a default namespace for Service Connect.
    pub has_default_namespace: bool,
    /// Whether anything that was linted scales, or may scale, the service.
    pub may_be_scaled: bool,
    /// Whether a scalable target that nothing moves is, or may be, for a service that runs one task on each
    /// instance.
    pub may_scale_daemon: bool,
    /// The document that creates or describes the service, if this document updates the service or adds a
    /// task set to it; absent if the project certainly contains no such document.
    pub created: Linked,
    /// The AppSpec file that CodeDeploy uses to deploy the service.
    pub app_spec: Option<Document>,
    /// The target groups that are declared beside a service.
    pub target_groups: Vec<TargetGroup>,
    /// The services that run a task definition.
    pub services: Vec<Document>,
    /// The services in the same project that may run it: their task definitions are not known.
    pub may_run: Vec<Document>,
    /// Whether all services in the folder of a task definition were linted.
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
        knows_scaling: false,
        is_configured: false,
        is_of_pipecd: false,
        scaled_instead: None,
        sends_count: false,
        leaves_count: false,
        has_default_namespace: false,
        may_be_scaled: false,
        may_scale_daemon: false,
        created: Linked::Unknown,
        app_spec: None,
        target_groups: Vec::new(),
        services: Vec::new(),
        may_run: Vec::new(),
        knows_services: false,
    };

    /// The linked documents, into which rules may point.
    pub(crate) fn documents(&self) -> impl Iterator<Item = &Document> {
        let links = [&self.task_definition, &self.service, &self.scalable_target, &self.created];
        let others = [&self.app_spec, &self.rivals[0], &self.rivals[1]];
        let linked = links.into_iter().filter_map(Linked::document);
        let near = self.scaled_instead.iter().filter_map(|instead| match instead {
            ScaledInstead::Near(document) => Some(document),
            ScaledInstead::Other(_) => None,
        });
        let linked = linked.chain(others.into_iter().flatten()).chain(near);
        // The movers of a target are shown only for the target itself: otherwise many movers of many targets
        // would be shown.
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

/// The links of a document if no other documents are known.
pub(in crate::model) static NO_LINKS: Links = Links::NONE;

impl Default for Links {
    fn default() -> Links {
        Links::NONE
    }
}

/// The task definition of a document of this kind.
pub(in crate::model) fn task_definition_of(document: &Document) -> Option<TaskDefinition<'_>> {
    matches!(document.kind, DocumentKind::TaskDefinition(_))
        .then(|| TaskDefinition::of_document(document, &NO_LINKS))
}
