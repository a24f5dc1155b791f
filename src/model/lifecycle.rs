//! What containers wait for, and how their health is checked.

use super::Container;
use super::field::{self, Field, List, view};
use crate::tree::Node;

impl<'d> Container<'d> {
    /// `dependsOn`
    pub fn depends_on(&self) -> List<'d, Dependency<'d>> {
        field::list(self.node(), "dependsOn")
    }

    /// `healthCheck`
    pub fn health_check(&self) -> Field<'d, Node<'d>> {
        field::object(self.node(), "healthCheck")
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
