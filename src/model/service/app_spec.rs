//! AppSpec files, which tell CodeDeploy what to put behind a load balancer.

use crate::finding::Label;
use crate::model::field::{self, Known, view};
use crate::tree::{Kind, Node};

view! {
    /// An AppSpec file for a service. CodeDeploy ignores the case of its keys.
    AppSpec
}

impl<'d> AppSpec<'d> {
    /// `Resources[].TargetService.Properties`, if there is exactly one service.
    fn properties(&self) -> Option<Node<'d>> {
        let mut resources = in_any_case(self.0, "Resources")?.items();
        let first = resources.next().filter(|_| resources.next().is_none())?;
        let mut services = first.members();
        let (_, service) = services.next().filter(|_| services.next().is_none())?;
        in_any_case(service, "Properties")
    }

    /// A label on its head.
    pub(crate) fn head_label(&self, text: impl Into<String>) -> Label {
        Label::new(self.0.head(), text)
    }

    /// Whether a `TaskDefinition` is an ARN, or a value that is filled in later.
    pub(crate) fn may_name_task_definition(named: &Known<&str>) -> bool {
        !named.node().is_plain() || named.contains(":task-definition/")
    }

    /// `TaskDefinition`: the ARN of a task definition, or `<TASK_DEFINITION>`, which the pipeline replaces.
    pub(crate) fn task_definition(&self) -> Option<Known<'d, &'d str>> {
        let node = in_any_case(self.properties()?, "TaskDefinition")?;
        Some(Known::new(node, node.as_text()?))
    }

    /// `LoadBalancerInfo.ContainerName`
    pub(crate) fn container_name(&self) -> Option<Known<'d, &'d str>> {
        let node = in_any_case(self.load_balancer()?, "ContainerName")?;
        let text = field::certain_text(node)?;
        Some(Known::new(node, text)).filter(|name| !name.is_empty())
    }

    /// `LoadBalancerInfo.ContainerPort`
    pub(crate) fn container_port(&self) -> Option<Known<'d, i64>> {
        let node = in_any_case(self.load_balancer()?, "ContainerPort")?;
        Some(Known::new(node, node.as_integer()?))
    }

    fn load_balancer(&self) -> Option<Node<'d>> {
        in_any_case(self.properties()?, "LoadBalancerInfo")
    }
}

fn in_any_case<'d>(object: Node<'d>, name: &str) -> Option<Node<'d>> {
    if object.kind() != Kind::Object {
        return None;
    }
    object.members().find(|(key, _)| key.text().eq_ignore_ascii_case(name)).map(|(_, value)| value)
}
