//! Container definitions. What stands in them has files of its own, by family.

use super::field::{self, Field};
use super::{Answer, Image, TaskDefinition};
use crate::finding::Label;
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

    /// Whether its task definition says that it is for Fargate; unknown in a bare array.
    pub fn is_fargate(&self) -> Answer {
        self.task.map_or(Answer::Unknown, |task| task.is_fargate())
    }

    /// Whether its task definition says that it runs on Windows; a bare array does not.
    pub fn says_windows(&self) -> Answer {
        self.task.map_or(Answer::No, |task| task.says_windows())
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
}

/// A label on the bracket that opens an object or a list.
pub(super) fn opening(node: Node, text: impl Into<String>) -> Label {
    let mut place = node.place();
    place.span.end = place.span.start + 1;
    Label::new(place, text)
}
