//! Fields of a task definition in a container of it.

use super::super::FieldAround;
use super::super::place::{PlaceInDocument, Step};
use super::Explainer;
use crate::document::DocumentKind;
use crate::spelling::is_respelled;

/// The fields of a task definition that a container does not have.
const FIELDS: &[&str] = &[
    "enableFaultInjection",
    "ephemeralStorage",
    "executionRoleArn",
    "family",
    "inferenceAccelerators",
    "ipcMode",
    "networkMode",
    "pidMode",
    "placementConstraints",
    "proxyConfiguration",
    "requiresCompatibilities",
    "runtimePlatform",
    "tags",
    "taskRoleArn",
    "trustedExecutionConfiguration",
    "volumes",
];

/// Where they belong.
pub(super) const HOME: &str = "the task definition, next to `containerDefinitions`";

impl Explainer<'_> {
    /// The field of the task definition that a key of a container is.
    pub(super) fn task_field(&self, object: &PlaceInDocument, name: &str) -> Option<&'static str> {
        let is_container = match object.steps.as_slice() {
            [Step::Item(_)] => self.kind == DocumentKind::ContainerDefinitions,
            [Step::Key(list), Step::Item(_)] => *list == "containerDefinitions",
            _ => false,
        };
        let field = || FIELDS.iter().find(|field| is_respelled(name, field));
        is_container.then(field)?.copied()
    }

    /// What the user calls a field of the task definition, if it is set there.
    pub(super) fn name_if_set(&self, field: &str) -> Option<String> {
        let around = self.set_around.iter().find(|around| around.field == field).cloned();
        let own = || self.root.get(field).is_some().then(|| FieldAround::of(self.root, field));
        around.or_else(own).map(|around| around.name)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::super::judge::tree_of;
    use super::super::super::text_of;
    use super::*;
    use crate::tree::Node;

    #[test]
    fn the_fields_are_those_that_only_a_task_definition_has() {
        let tree = tree_of(text_of("task-definition").unwrap_or_default());
        let root = tree.node(0);
        let keys = |schema: Option<Node>| -> BTreeSet<String> {
            let members = schema.into_iter().flat_map(Node::members);
            members.map(|(key, _)| key.text().to_owned()).collect()
        };
        let container = keys(root.descend(["properties", "containerDefinitions", "items", "properties"]));
        let mut expected = keys(root.get("properties"));
        expected.retain(|key| !container.contains(key) && key != "containerDefinitions" && key != "$schema");
        assert_eq!(FIELDS.iter().map(|field| (*field).to_owned()).collect::<BTreeSet<_>>(), expected);
    }
}
