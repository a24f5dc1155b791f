//! A document: a part of a tree that describes one AWS resource or setting.

use std::fmt;
use std::sync::Arc;

use crate::source::{Place, Source, Span};
pub(crate) use crate::tree::Door;
use crate::tree::{Node, Tree};
use crate::words::shortened;

/// The origin of a service definition, which decides what it must and may contain. A task set has nine of the
/// keys of a service, so it is read as a partial service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ServiceForm {
    /// Input of `create-service`.
    Create,
    /// Input of `update-service`.
    Update,
    /// Output of `describe-services`, `create-service` or `update-service`.
    Described,
    /// A service definition for ecspresso: name, cluster and task definition are set elsewhere.
    Ecspresso,
    /// Input of `create-task-set`: tasks of a service that is deployed by something other than AWS.
    TaskSet,
}

/// Whether a document was written as input of the API or copied from its output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// The input of a call.
    Input,
    /// The output of a describe call.
    Described,
}

/// The kind of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// A task definition.
    TaskDefinition(Form),
    /// A bare array of container definitions, as Terraform accepts it.
    ContainerDefinitions,
    /// A service.
    Service(ServiceForm),
    /// A scalable target of Application Auto Scaling.
    ScalableTarget(Form),
    /// A scaling policy of Application Auto Scaling.
    ScalingPolicy(Form),
    /// A scheduled action of Application Auto Scaling.
    ScheduledAction(Form),
    /// The target-tracking configuration of a scaling policy, alone.
    TargetTracking,
    /// The step scaling configuration of a scaling policy, alone.
    StepScaling,
    /// The predictive scaling configuration of a scaling policy, alone.
    PredictiveScaling,
    /// An AppSpec file of CodeDeploy for a service. Its shape is not checked.
    AppSpec,
    /// A workflow of GitHub, or a composite action, that renders task definitions or deploys them. It is linted as
    /// far as it refers to them.
    Workflow,
}

impl DocumentKind {
    /// The everyday name of the kind.
    pub const fn name(self) -> &'static str {
        match self {
            DocumentKind::TaskDefinition(_) => "task definition",
            DocumentKind::ContainerDefinitions => "container definitions",
            DocumentKind::Service(ServiceForm::TaskSet) => "task set",
            DocumentKind::Service(_) => "service",
            DocumentKind::ScalableTarget(_) => "scalable target",
            DocumentKind::ScalingPolicy(_) => "scaling policy",
            DocumentKind::ScheduledAction(_) => "scheduled action",
            DocumentKind::TargetTracking => "target-tracking configuration",
            DocumentKind::StepScaling => "step scaling configuration",
            DocumentKind::PredictiveScaling => "predictive scaling configuration",
            DocumentKind::AppSpec => "AppSpec file",
            DocumentKind::Workflow => "workflow",
        }
    }

    /// Whether the document is output of the API, where nothing is required.
    pub const fn is_described(self) -> bool {
        matches!(
            self,
            DocumentKind::TaskDefinition(Form::Described)
                | DocumentKind::Service(ServiceForm::Described)
                | DocumentKind::ScalableTarget(Form::Described)
                | DocumentKind::ScalingPolicy(Form::Described)
                | DocumentKind::ScheduledAction(Form::Described)
        )
    }

    /// Whether the document belongs to Application Auto Scaling, whose keys begin with an upper-case letter.
    pub const fn is_scaling(self) -> bool {
        !matches!(
            self,
            DocumentKind::TaskDefinition(_)
                | DocumentKind::ContainerDefinitions
                | DocumentKind::Service(_)
                | DocumentKind::AppSpec
                | DocumentKind::Workflow
        )
    }
}

/// What the user's tool calls a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Its name for references: the logical id of a resource.
    pub id: String,
    /// Its name for people: the path of the construct that made it, or the logical id.
    pub title: String,
    /// Everything that declares it, from its name on.
    pub extent: Span,
}

/// What the user's tool leaves alone once a resource exists, though the document has another value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LeftAlone {
    /// Nothing: each deployment writes what is in the document.
    #[default]
    Nothing,
    /// These attributes, by the names that the tool has for them.
    Attributes(Vec<String>),
    /// Everything, or what an expression says.
    Anything,
    /// Nobody knows what.
    Unknown,
}

impl LeftAlone {
    /// Whether an attribute is certainly written by each deployment.
    pub(crate) fn excludes(&self, name: &str) -> bool {
        match self {
            LeftAlone::Nothing => true,
            LeftAlone::Attributes(names) => !names.iter().any(|own| own == name),
            LeftAlone::Anything | LeftAlone::Unknown => false,
        }
    }

    /// Whether an attribute is left alone, as far as can be seen.
    pub(crate) fn includes(&self, name: &str) -> bool {
        !matches!(self, LeftAlone::Unknown) && !self.excludes(name)
    }
}

/// A target group that is declared beside a service that registers its tasks with it.
#[derive(Clone, Debug)]
pub struct TargetGroup {
    /// The value of the service that refers to it, by its position in the tree.
    pub reference: u32,
    /// Its address.
    pub id: String,
    /// What is registered with it: `instance`, `ip`.
    pub target_type: String,
    /// What the user's tool calls its target type.
    pub field: &'static str,
    /// Whether the target type is not set, and so the default.
    pub is_default: bool,
    /// Where the target type is set; its name if it is not.
    pub at: Place,
    /// The text that declares it.
    pub source: Arc<Source>,
}

/// The containers of a task definition that are in another file.
#[derive(Debug)]
pub struct ContainersElsewhere {
    /// The bare array of container definitions.
    pub document: Document,
    /// Whether other task definitions have the same containers.
    pub are_shared: bool,
}

/// One document of a text. A text may contain several.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its kind.
    pub kind: DocumentKind,
    /// What the user's tool calls it, if it does.
    pub address: Option<Address>,
    /// Whether a condition decides if it exists.
    pub is_conditional: bool,
    /// The name of a macro that may rewrite it before it is deployed, in the same text.
    pub rewritten_by: Option<Span>,
    /// Whether a value in it rests on what is assumed about the inputs of the user's tool.
    pub is_assumed: bool,
    /// The path of the file with the containers of a task definition, from the folder of its own file. What is between
    /// `${` and `}` in it is not known.
    pub containers_file: Option<String>,
    /// The containers of a task definition that are in that file.
    pub containers: Option<Arc<ContainersElsewhere>>,
    /// What the user's tool leaves alone once the resource exists.
    pub left_alone: LeftAlone,
    /// Fields that the user's tool fills in, and the addresses of the resources that they refer to; empty if these are
    /// elsewhere.
    pub references: Vec<(&'static str, String)>,
    /// The target groups of a service that are declared beside it, as far as their target types are known.
    pub target_groups: Vec<TargetGroup>,
    /// Whether the cluster of a service has a default namespace for Service Connect; `None` if it is not declared beside
    /// it.
    pub has_default_namespace: Option<bool>,
    tree: Arc<Tree>,
    root: u32,
}

impl Document {
    /// The document that begins at a node of a tree.
    pub fn new(kind: DocumentKind, tree: Arc<Tree>, root: u32) -> Document {
        Document {
            kind,
            address: None,
            is_conditional: false,
            rewritten_by: None,
            is_assumed: false,
            containers_file: None,
            containers: None,
            left_alone: LeftAlone::Nothing,
            references: Vec::new(),
            target_groups: Vec::new(),
            has_default_namespace: None,
            tree,
            root,
        }
    }

    /// The same document as a resource of the user's tool.
    pub fn declared(self, address: Address, is_conditional: bool) -> Document {
        Document { address: Some(address), is_conditional, ..self }
    }

    /// The address of the resource that a field refers to, if the user's tool tells.
    pub(crate) fn reference(&self, field: &str) -> Option<&str> {
        let mut references = self.references.iter().filter(|(_, address)| !address.is_empty());
        references.find(|(own, _)| *own == field).map(|(_, address)| address.as_str())
    }

    /// Whether a field may name something that is elsewhere: its value was filled in from there.
    pub(crate) fn is_from_elsewhere(&self, field: &str) -> bool {
        self.references.iter().any(|(own, address)| *own == field && address.is_empty())
    }

    /// The form in which the user wrote it.
    pub fn door(&self) -> Door {
        self.tree.door
    }

    /// The node that contains the whole document.
    pub fn root(&self) -> Node<'_> {
        self.tree.node(self.root)
    }

    /// What belongs to it in the text: more than the document itself, if a tool declares it.
    pub fn extent(&self) -> Span {
        self.address.as_ref().map_or(self.root().span(), |address| address.extent)
    }

    /// The tree that the document is a part of.
    pub fn tree(&self) -> &Arc<Tree> {
        &self.tree
    }
}

/// The kind and the name that the document gives itself: ``task definition `web` ``.
impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.name())?;
        let names = match self.kind {
            DocumentKind::TaskDefinition(_) => ["family", "family"],
            DocumentKind::Service(_) => ["serviceName", "service"],
            DocumentKind::ScalableTarget(_) => ["ResourceId", "ResourceId"],
            DocumentKind::ScalingPolicy(_) => ["PolicyName", "PolicyName"],
            DocumentKind::ScheduledAction(_) => ["ScheduledActionName", "ScheduledActionName"],
            DocumentKind::Workflow => ["name", "name"],
            _ => return Ok(()),
        };
        let name = names.iter().find_map(|key| self.root().get(key));
        let name = match &self.address {
            None => name.and_then(Node::as_text),
            // What an expression results in names nothing.
            Some(address) => {
                name.filter(|name| name.is_plain()).and_then(Node::as_text).or(Some(&address.title))
            }
        };
        match name {
            Some(name) if !name.is_empty() => f.write_str(&shortened(format!(" `{name}`"))),
            _ => Ok(()),
        }
    }
}

/// Response-only keys of a task definition.
pub(crate) const RESPONSE_ONLY_FIELDS: &[&str] = &[
    "taskDefinitionArn",
    "revision",
    "status",
    "requiresAttributes",
    "compatibilities",
    "registeredAt",
    "deregisteredAt",
    "deleteRequestedAt",
    "registeredBy",
];
