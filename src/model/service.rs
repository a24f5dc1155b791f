//! Services.

use super::container::opening;
use super::field::{self, Field, List, view};
use super::{Answer, TaskDefinition, TaskDefinitionReference, View};
use crate::document::{Document, ServiceForm};
use crate::finding::Label;
use crate::tree::Node;

/// What the other documents of a project say about a service.
#[derive(Clone, Debug)]
pub struct Links {
    /// The task definition that it runs, where exactly one can be meant.
    pub task_definition: Option<Document>,
    /// Whether the file surely holds the revision that the service names.
    pub is_certain: bool,
    /// Whether a scaling policy, a scheduled action or a scalable target belongs to it; unknown
    /// where not enough of the project has been seen.
    pub scaling: Answer,
    /// Whether anything that was linted scales it, or may do so.
    pub may_be_scaled: bool,
}

impl Default for Links {
    /// Nothing is known.
    fn default() -> Links {
        Links { task_definition: None, is_certain: false, scaling: Answer::Unknown, may_be_scaled: false }
    }
}

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
        self.links.task_definition.as_ref().map(|document| TaskDefinition::of(document.root()))
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
