//! How one document refers to another.

use std::fmt;

use crate::model::Arn;
use crate::model::field::{self, Field};
use crate::tree::Node;

/// How a service refers to a task definition: `web`, `web:7`, or an ARN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TaskDefinitionReference<'d> {
    /// The family.
    pub family: &'d str,
    /// The revision, if set.
    pub revision: Option<u64>,
}

impl<'d> TaskDefinitionReference<'d> {
    /// Reads a reference; `None` if it has another form.
    pub(crate) fn read(text: &'d str) -> Option<TaskDefinitionReference<'d>> {
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

/// What is wrong with a reference to a task definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NamingFault<'d> {
    /// The revision is not a positive number; the family is valid.
    Revision {
        /// The family.
        family: &'d str,
        /// The text in the place of the revision.
        revision: &'d str,
    },
    /// It is the ARN of something else.
    OtherArn(Option<&'static str>),
    /// It looks like an image.
    Image,
    /// The family contains an invalid character, or is too long.
    Family,
}

impl<'d> NamingFault<'d> {
    /// The fault of a reference to a task definition, if it certainly has one.
    pub(crate) fn of(text: &'d str) -> Option<NamingFault<'d>> {
        let name = match Arn::read(text) {
            Some(arn) => match arn.resource.strip_prefix("task-definition/") {
                Some(name) if arn.service == "ecs" => name,
                _ => return Some(NamingFault::OtherArn(arn.noun())),
            },
            None => text,
        };
        let (family, revision) = match name.split_once(':') {
            Some((family, revision)) => (family, Some(revision)),
            None => (name, None),
        };
        let is_family = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if family.is_empty() || family.len() > 255 || !family.chars().all(is_family) {
            let is_image = family.contains('.') && name.contains('/');
            return Some(if is_image { NamingFault::Image } else { NamingFault::Family });
        }
        let is_revision = |text: &str| {
            !text.starts_with('0') && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let revision = revision.filter(|revision| !is_revision(revision))?;
        Some(NamingFault::Revision { family, revision })
    }
}

/// What a scaling document scales: the `ResourceId` `service/<cluster>/<service>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ScalableResource<'d> {
    /// The name of the cluster.
    pub cluster: &'d str,
    /// The name of the service.
    pub service: &'d str,
}

impl fmt::Display for ScalableResource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "service/{}/{}", self.cluster, self.service)
    }
}

impl<'d> ScalableResource<'d> {
    /// Reads a resource id; `None` if it has another form.
    pub(crate) fn read(text: &'d str) -> Option<ScalableResource<'d>> {
        let (cluster, service) = text.strip_prefix("service/")?.split_once('/')?;
        (!cluster.is_empty() && !service.is_empty() && !service.contains('/'))
            .then_some(ScalableResource { cluster, service })
    }
}

/// What a scalable target, a scaling policy or a scheduled action scales: its `ResourceId`.
pub(crate) fn scaled_resource<'d>(document: Node<'d>) -> Field<'d, ScalableResource<'d>> {
    field::identifier(document, "ResourceId").read(ScalableResource::read)
}

/// The name at the end of an ECS ARN, or the text itself if it is not an ARN: clusters and services can be
/// named either way.
pub(crate) fn name_of(text: &str) -> &str {
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
    fn what_names_no_task_definition_is_told_apart() {
        let latest = NamingFault::Revision { family: "web", revision: "latest" };
        assert_eq!(NamingFault::of("web:latest"), Some(latest));
        assert!(matches!(NamingFault::of("web:07"), Some(NamingFault::Revision { .. })));
        assert_eq!(NamingFault::of("example.com/web:1.4"), Some(NamingFault::Image));
        assert_eq!(NamingFault::of("my web"), Some(NamingFault::Family));
        let service = "arn:aws:ecs:eu-west-1:111122223333:service/main/web";
        assert_eq!(NamingFault::of(service), Some(NamingFault::OtherArn(Some("an ECS service"))));
        for right in ["web", "web:7", "arn:aws-cn:ecs:cn-north-1:111122223333:task-definition/web_1-a:12"] {
            assert_eq!(NamingFault::of(right), None, "{right}");
        }
    }

    #[test]
    fn resources_name_a_cluster_and_a_service() {
        let found = ScalableResource { cluster: "main", service: "web" };
        assert_eq!(ScalableResource::read("service/main/web"), Some(found));
        assert_eq!(ScalableResource::read("table/main"), None);
    }
}
