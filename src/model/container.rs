//! Container definitions and what stands in them.

use super::field::{self, Field, Known, List, view};
use super::{Image, TaskDefinition};
use crate::finding::Label;
use crate::placeholder::Within;
use crate::tree::Node;

/// A container definition.
#[derive(Clone, Copy, Debug)]
pub struct Container<'d> {
    node: Node<'d>,
    task: Option<TaskDefinition<'d>>,
    position: usize,
}

impl<'d> Container<'d> {
    /// The container definition at a position of the list of a task definition, or of a bare
    /// array.
    pub fn new(node: Node<'d>, task: Option<TaskDefinition<'d>>, position: usize) -> Container<'d> {
        Container { node, task, position }
    }

    /// The node of the container definition.
    pub fn node(&self) -> Node<'d> {
        self.node
    }

    /// The task definition that it stands in; none in a bare array, whose platform is unknown.
    pub fn task(&self) -> Option<TaskDefinition<'d>> {
        self.task
    }

    /// What to call it in a sentence: ``container `app` ``, or `container 2` if it has no name
    /// that is known.
    pub fn title(&self) -> String {
        match self.name().known() {
            Some(name) => format!("container `{name}`"),
            None => format!("container {}", self.position + 1),
        }
    }

    /// A label on what identifies the container: its name, or else its opening bracket.
    pub fn label(&self, text: impl Into<String>) -> Label {
        match self.name().known() {
            Some(name) => name.label(text),
            None => opening(self.node, text),
        }
    }

    /// `name`
    pub fn name(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "name")
    }

    /// `image`
    pub fn image(&self) -> Field<'d, Image<'d>> {
        field::identifier(self.node, "image").read(|text| Some(Image::read(text)))
    }

    /// `essential`, true where it is not written.
    pub fn essential(&self) -> Field<'d, bool> {
        field::boolean(self.node, "essential")
    }

    /// `portMappings`
    pub fn port_mappings(&self) -> List<'d, PortMapping<'d>> {
        field::list(self.node, "portMappings")
    }

    /// `logConfiguration`
    pub fn log_configuration(&self) -> Field<'d, LogConfiguration<'d>> {
        field::object(self.node, "logConfiguration")
    }

    /// `secrets`
    pub fn secrets(&self) -> List<'d, Secret<'d>> {
        field::list(self.node, "secrets")
    }

    /// `dependsOn`
    pub fn depends_on(&self) -> List<'d, Dependency<'d>> {
        field::list(self.node, "dependsOn")
    }

    /// `mountPoints`
    pub fn mount_points(&self) -> List<'d, MountPoint<'d>> {
        field::list(self.node, "mountPoints")
    }

    /// `healthCheck`
    pub fn health_check(&self) -> Field<'d, Node<'d>> {
        field::object(self.node, "healthCheck")
    }
}

/// A label on the bracket that opens an object or a list.
pub(super) fn opening(node: Node, text: impl Into<String>) -> Label {
    let mut place = node.place();
    place.span.end = place.span.start + 1;
    Label::new(place, text)
}

view! {
    /// An entry of `portMappings`.
    PortMapping
}

impl<'d> PortMapping<'d> {
    /// `containerPort`
    pub fn container_port(&self) -> Field<'d, i64> {
        field::integer(self.0, "containerPort")
    }

    /// `containerPortRange`
    pub fn container_port_range(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "containerPortRange")
    }

    /// `hostPort`
    pub fn host_port(&self) -> Field<'d, i64> {
        field::integer(self.0, "hostPort")
    }
}

view! {
    /// `logConfiguration`, of a container or of Service Connect.
    LogConfiguration
}

impl<'d> LogConfiguration<'d> {
    /// `logDriver`
    pub fn log_driver(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "logDriver")
    }

    /// One of `options`. What `secretOptions` may give is unknown.
    pub fn option(&self, name: &str) -> Field<'d, &'d str> {
        let options = match field::object::<Node>(self.0, "options") {
            Field::Missing => return self.secret_option(name),
            Field::Unknown => return Field::Unknown,
            Field::Known(options) => options.value(),
        };
        match field::prose(options, name) {
            Field::Missing => self.secret_option(name),
            found => found,
        }
    }

    /// The names of the options that are written.
    pub fn option_names(&self) -> impl Iterator<Item = Known<'d, &'d str>> + use<'d> {
        let options = field::object::<Node>(self.0, "options").known();
        let members = options.into_iter().flat_map(|options| options.value().members());
        members.map(|(key, _)| Known::new(key, key.text()))
    }

    fn secret_option(&self, name: &str) -> Field<'d, &'d str> {
        let secrets: List<'d, Secret<'d>> = field::list(self.0, "secretOptions");
        let may_be_it = |secret: Secret<'d>| secret.name().known().is_none_or(|known| known.value() == name);
        if secrets.is_complete() && !secrets.items().any(may_be_it) { Field::Missing } else { Field::Unknown }
    }
}

view! {
    /// An entry of `secrets` or `secretOptions`.
    Secret
}

impl<'d> Secret<'d> {
    /// `name`
    pub fn name(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "name")
    }
}

view! {
    /// An entry of `dependsOn`.
    Dependency
}

/// The values of `dependsOn[].condition`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DependencyCondition {
    /// The other container has been started.
    Start,
    /// It has ended.
    Complete,
    /// It has ended with exit code 0.
    Success,
    /// Its health check has passed.
    Healthy,
}

impl<'d> Dependency<'d> {
    /// `containerName`
    pub fn container_name(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "containerName")
    }

    /// `condition`
    pub fn condition(&self) -> Field<'d, DependencyCondition> {
        field::identifier(self.0, "condition").read(|text| match text {
            "START" => Some(DependencyCondition::Start),
            "COMPLETE" => Some(DependencyCondition::Complete),
            "SUCCESS" => Some(DependencyCondition::Success),
            "HEALTHY" => Some(DependencyCondition::Healthy),
            _ => None,
        })
    }
}

view! {
    /// An entry of `mountPoints`.
    MountPoint
}

impl<'d> MountPoint<'d> {
    /// `sourceVolume`
    pub fn source_volume(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "sourceVolume")
    }
}

/// The strings of a list that are known.
pub(super) fn known_texts<'d>(list: List<'d, Node<'d>>) -> impl Iterator<Item = Known<'d, &'d str>> {
    list.items().filter_map(|node| Some(Known::new(node, field::known_text(node, Within::Value)?)))
}
