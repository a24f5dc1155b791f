//! The target groups that a service registers its tasks with, as far as they are declared beside it.

use super::walk::Value;
use crate::document::{DocumentKind, TargetGroup};
use crate::tree::{Kind, Node};

/// The target type of a target group that sets none.
const DEFAULT: &str = "instance";

/// The target groups of a rebuilt document, if it is a service. `declared` finds the one that an expression refers to
/// (`Web`, `aws_lb_target_group.web.arn`).
pub(super) fn of_document<'d>(
    kind: DocumentKind,
    document: Node,
    declared: impl Fn(&str) -> Option<Declared<'d>>,
) -> Vec<TargetGroup> {
    if !matches!(kind, DocumentKind::Service(_)) {
        return Vec::new();
    }
    let balancers = document.get("loadBalancers").into_iter().flat_map(Node::items);
    let values = balancers.flat_map(|balancer| {
        let advanced = balancer.get("advancedConfiguration");
        let alternate = advanced.and_then(|advanced| advanced.get("alternateTargetGroupArn"));
        balancer.get("targetGroupArn").into_iter().chain(alternate)
    });
    let expressions = values.filter(|value| value.kind() == Kind::Unknown);
    let groups = expressions.filter_map(|value| {
        let name = value.text().strip_prefix("${")?.strip_suffix('}')?;
        declared(name)?.target_group(value.index())
    });
    groups.collect()
}

/// A target group as the user's tool declares it.
pub(super) struct Declared<'d> {
    /// Its address.
    pub id: String,
    /// The key that is its name.
    pub name: Node<'d>,
    /// What the user's tool calls the target type.
    pub field: &'static str,
    /// Where the target type is set, and what it is worth there; `None` if it certainly is not.
    pub target_type: Option<(Node<'d>, Value<'d>)>,
}

impl Declared<'_> {
    /// The same for the value of a service that refers to it; `None` if its target type is not known.
    fn target_group(self, reference: u32) -> Option<TargetGroup> {
        let (at, text) = match self.target_type {
            None | Some((_, Value::Absent)) => (self.name, None),
            Some((at, Value::Written(node))) => (at, Some(node.as_text()?.to_owned())),
            Some((at, Value::Text { text, .. })) => (at, Some(text)),
            Some((_, Value::Expression { .. } | Value::Parts { .. })) => return None,
        };
        let is_default = text.is_none();
        let target_type = text.unwrap_or_else(|| DEFAULT.to_owned());
        let source = at.tree().source.clone();
        let group = TargetGroup {
            reference,
            id: self.id,
            field: self.field,
            is_default,
            at: at.place(),
            source,
            target_type,
        };
        (!group.target_type.contains("${")).then_some(group)
    }
}
