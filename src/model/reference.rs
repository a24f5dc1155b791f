//! How one document names another.

use super::field::{self, Field};
use crate::tree::Node;

/// How a service names a task definition: `web`, `web:7`, or an ARN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskDefinitionReference<'d> {
    /// The family.
    pub family: &'d str,
    /// The revision, where one is named.
    pub revision: Option<u64>,
}

impl<'d> TaskDefinitionReference<'d> {
    /// Reads a reference; none if it has another form.
    pub fn read(text: &'d str) -> Option<TaskDefinitionReference<'d>> {
        let name = if text.starts_with("arn:") { text.split_once(":task-definition/")?.1 } else { text };
        let (family, revision) = match name.split_once(':') {
            Some((family, revision)) => (family, Some(revision.parse().ok()?)),
            None => (name, None),
        };
        let is_family = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let is_name = !family.is_empty() && family.chars().all(is_family);
        is_name.then_some(TaskDefinitionReference { family, revision })
    }
}

/// What a scaling document scales: the `ResourceId` `service/<cluster>/<service>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScalableResource<'d> {
    /// The name of the cluster.
    pub cluster: &'d str,
    /// The name of the service.
    pub service: &'d str,
}

impl<'d> ScalableResource<'d> {
    /// Reads a resource id; none if it has another form.
    pub fn read(text: &'d str) -> Option<ScalableResource<'d>> {
        let (cluster, service) = text.strip_prefix("service/")?.split_once('/')?;
        (!cluster.is_empty() && !service.is_empty() && !service.contains('/'))
            .then_some(ScalableResource { cluster, service })
    }
}

/// What a scalable target, a scaling policy or a scheduled action scales: its `ResourceId`.
pub fn scaled_resource<'d>(document: Node<'d>) -> Field<'d, ScalableResource<'d>> {
    field::identifier(document, "ResourceId").read(ScalableResource::read)
}

/// The name at the end of an ARN of ECS, or the text itself if it is no ARN: clusters and
/// services are named either way.
pub fn name_of(text: &str) -> &str {
    if text.starts_with("arn:") { text.rsplit('/').next().unwrap_or(text) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn task_definitions_are_named_in_three_ways() {
        let read = |text| TaskDefinitionReference::read(text).map(|found| (found.family, found.revision));
        assert_eq!(read("web"), Some(("web", None)));
        assert_eq!(read("web:7"), Some(("web", Some(7))));
        assert_eq!(read("arn:aws:ecs:eu-west-1:111122223333:task-definition/web:7"), Some(("web", Some(7))));
        assert_eq!(read("arn:aws:ecs:eu-west-1:111122223333:cluster/web"), None);
        assert_eq!(read("<TASK_DEFINITION>"), None);
    }

    #[test]
    fn resources_name_a_cluster_and_a_service() {
        let found = ScalableResource { cluster: "main", service: "web" };
        assert_eq!(ScalableResource::read("service/main/web"), Some(found));
        assert_eq!(ScalableResource::read("table/main"), None);
    }
}
