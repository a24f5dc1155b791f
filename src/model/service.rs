//! Services.

use super::container::opening;
use super::field::{self, Field, List, view};
use super::links::{NO_LINKS, task_definition_of};
use super::{Answer, AppSpec, Linked, Links, ScalableTarget, TaskDefinition, TaskDefinitionReference, View};
use crate::document::{Document, DocumentKind, ServiceForm};
use crate::finding::Label;
use crate::tree::Node;

/// A service.
#[derive(Clone, Copy, Debug)]
pub struct Service<'d> {
    node: Node<'d>,
    form: ServiceForm,
    links: &'d Links,
}

impl<'d> Service<'d> {
    /// The service of a document, with what others say about it.
    pub fn new(node: Node<'d>, form: ServiceForm, links: &'d Links) -> Service<'d> {
        Service { node, form, links }
    }

    /// The service of a document, where nothing is known of other documents; none if the document
    /// is of another kind.
    pub fn alone(document: &'d Document) -> Option<Service<'d>> {
        match document.kind {
            DocumentKind::Service(form) => Some(Service::new(document.root(), form, &NO_LINKS)),
            _ => None,
        }
    }

    /// The node of the service.
    pub fn node(&self) -> Node<'d> {
        self.node
    }

    /// How the document came to be.
    pub fn form(&self) -> ServiceForm {
        self.form
    }

    /// A label on what identifies the service: its name, or else its opening bracket.
    pub fn name_label(&self, text: impl Into<String>) -> Label {
        match self.name().known() {
            Some(name) => name.label(text),
            None => opening(self.node, text),
        }
    }

    /// What to call it in a sentence.
    pub fn title(&self) -> String {
        self.name().known().map_or_else(|| "the service".to_owned(), |name| format!("service `{name}`"))
    }

    /// `serviceName`, or `service` of an update.
    pub fn name(&self) -> Field<'d, &'d str> {
        let key = if self.form == ServiceForm::Update { "service" } else { "serviceName" };
        field::identifier(self.node, key).read(|name| Some(super::reference::name_of(name)))
    }

    /// The name of the cluster: `default` where none is written, except where the document
    /// does not hold it.
    pub fn cluster(&self) -> Field<'d, &'d str> {
        let key = if self.form == ServiceForm::Described { "clusterArn" } else { "cluster" };
        match field::identifier(self.node, key) {
            Field::Missing if self.form != ServiceForm::Create => Field::Unknown,
            cluster => cluster.read(|name| Some(super::reference::name_of(name))),
        }
    }

    /// `taskDefinition`
    pub fn task_definition_reference(&self) -> Field<'d, TaskDefinitionReference<'d>> {
        field::identifier(self.node, "taskDefinition").read(TaskDefinitionReference::read)
    }

    /// `taskDefinition`, as it is written.
    pub fn task_definition_text(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "taskDefinition")
    }

    /// The task definition that the service runs, where it was linted too.
    pub fn task_definition(&self) -> Option<TaskDefinition<'d>> {
        self.links.task_definition.found().and_then(task_definition_of)
    }

    /// Whether none of the task definitions that were linted is the one that the service names;
    /// then, the one whose family is near, or which alone lies beside the service.
    pub fn dangling_task_definition(&self) -> Option<Option<TaskDefinition<'d>>> {
        match &self.links.task_definition {
            Linked::Dangling(near) => Some(near.as_ref().and_then(task_definition_of)),
            _ => None,
        }
    }

    /// The scalable target of the service, where it was linted too.
    pub fn scalable_target(&self) -> Option<ScalableTarget<'d>> {
        self.links.scalable_target.found().and_then(ScalableTarget::alone)
    }

    /// Where the service is created or described, if this document updates it.
    pub fn created(&self) -> Option<Service<'d>> {
        self.links.created.as_ref().and_then(Service::alone)
    }

    /// The AppSpec file with which CodeDeploy deploys the service.
    pub fn app_spec(&self) -> Option<AppSpec<'d>> {
        self.links.app_spec.as_ref().map(|document| AppSpec::of(document.root()))
    }

    /// Whether anything scales the service.
    pub fn scaling(&self) -> Answer {
        self.links.scaling
    }

    /// Whether anything that was linted scales the service, or may do so.
    pub fn may_be_scaled(&self) -> bool {
        self.links.may_be_scaled
    }

    /// `desiredCount`
    pub fn desired_count(&self) -> Field<'d, i64> {
        field::integer(self.node, "desiredCount")
    }

    /// `schedulingStrategy`
    pub fn scheduling_strategy(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "schedulingStrategy")
    }

    /// `deploymentController.type`
    pub fn deployment_controller(&self) -> Field<'d, &'d str> {
        match field::object::<Node>(self.node, "deploymentController") {
            Field::Missing => Field::Missing,
            Field::Unknown => Field::Unknown,
            Field::Known(controller) => field::identifier(controller.value(), "type"),
        }
    }

    /// `loadBalancers`
    pub fn load_balancers(&self) -> List<'d, LoadBalancer<'d>> {
        field::list(self.node, "loadBalancers")
    }
}

view! {
    /// An entry of `loadBalancers`.
    LoadBalancer
}

impl<'d> LoadBalancer<'d> {
    /// `containerName`
    pub fn container_name(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "containerName")
    }

    /// `containerPort`
    pub fn container_port(&self) -> Field<'d, i64> {
        field::integer(self.0, "containerPort")
    }
}
