//! Application Auto Scaling in a template: what the API takes in several calls is one resource there, and a
//! policy may name its target instead of what the target scales.

use super::super::walk::{Resolve, Shape, Value};
use super::intrinsics::only_hole;
use super::{Adapter, Declared};
use crate::document::{DocumentKind, Form};
use crate::spelling::lowered;
use crate::tree::{Kind, Node, Presence, Written};

/// What identifies a scalable target.
const IDENTITY: [&str; 3] = ["ServiceNamespace", "ResourceId", "ScalableDimension"];

impl<'d> Adapter<'d, '_> {
    /// A scalable target, and each of its scheduled actions as a document of its own.
    pub(super) fn scalable_target(&mut self, resource: &Declared<'d>) {
        match self.scales_service(resource.properties) {
            Some(true) => {}
            Some(false) => return,
            None => {
                self.may_hold_more = true;
                return;
            }
        }
        self.document(resource, |adapter, key| match key.text() {
            "ScheduledActions" => true,
            "Tags" => {
                adapter.tags(key);
                true
            }
            _ => false,
        });
        if let Some(actions) = resource.properties.and_then(|properties| properties.get("ScheduledActions")) {
            self.scheduled_actions(resource, actions);
        }
    }

    fn scheduled_actions(&mut self, resource: &Declared<'d>, written: Node<'d>) {
        let actions = match self.intrinsics.resolve(written) {
            Value::Written(list) if list.kind() == Kind::List => list,
            Value::Absent => return,
            _ => {
                self.may_hold_more = true;
                return;
            }
        };
        self.may_hold_more |= actions.is_incomplete();
        for action in actions.items() {
            match self.intrinsics.resolve(action) {
                Value::Written(action) if action.kind() == Kind::Object => {
                    self.scheduled_action(resource, written, action);
                }
                Value::Expression { .. } => self.may_hold_more = true,
                _ => {}
            }
        }
    }

    /// One of the `ScheduledActions` of a target.
    fn scheduled_action(&mut self, resource: &Declared<'d>, actions: Node<'d>, action: Node<'d>) {
        let kind = DocumentKind::ScheduledAction(Form::Input);
        let shape = self.shape(kind);
        let root = self.builder.len();
        self.builder.open_like(action);
        for (key, value) in action.members() {
            self.member(shape, key, value);
        }
        // What is wrong with what the target scales is said of the target.
        let target = format!("${{{}}}", resource.id);
        for name in IDENTITY {
            self.builder.key_respelled(actions.key().unwrap_or(actions), name);
            self.builder.expression(actions, &target, Presence::Certain);
        }
        self.builder.close_rebuilt();
        self.add(resource, kind, root, action.span());
    }

    /// A list of pairs, which is a map in the API.
    fn tags(&mut self, key: Node<'d>) {
        let list = key.value_of_key();
        if !matches!(self.intrinsics.resolve(list), Value::Written(_)) || list.kind() != Kind::List {
            return self.builder.mark_open_incomplete();
        }
        self.builder.key_named(key, "Tags");
        self.builder.open_instead(Written::Object, list);
        for tag in list.items() {
            match (tag.get("Key"), tag.get("Value")) {
                (Some(name), Some(value)) if name.as_text().is_some() => {
                    self.builder.key_respelled(name, name.text());
                    self.value(self.intrinsics.resolve(value), Shape::Free);
                }
                _ => self.builder.mark_open_incomplete(),
            }
        }
        self.builder.close_rebuilt();
    }

    /// A policy, which may name its target.
    pub(super) fn scaling_policy(&mut self, resource: &Declared<'d>) {
        let named = resource.properties.and_then(|properties| properties.get("ScalingTargetId"));
        let is_ours = match named.map(|target| self.intrinsics.resolve(target)) {
            Some(Value::Expression { name, .. }) => self.is_target_of_service(&name),
            Some(_) if self.names_service(named) => Some(true),
            _ => self.scales_service(resource.properties),
        };
        self.may_hold_more |= is_ours.is_none();
        if is_ours == Some(true) {
            self.document(resource, |adapter, key| {
                let is_target = key.text() == "ScalingTargetId";
                if is_target {
                    adapter.named_target(key);
                }
                is_target
            });
        }
    }

    /// The fields of the API that `ScalingTargetId` stands for.
    fn named_target(&mut self, key: Node<'d>) {
        let value = key.value_of_key();
        let literal = match self.intrinsics.resolve(value) {
            Value::Written(node) => node.as_text().map(str::to_owned),
            Value::Text { text, .. } => Some(text),
            _ => None,
        };
        let name = match self.intrinsics.resolve(value) {
            Value::Expression { name, .. } => name,
            _ => String::new(),
        };
        // `service/CLUSTER/SERVICE|ecs:service:DesiredCount|ecs`
        let parts = literal.iter().flat_map(|text| text.split('|'));
        let parts: Vec<&str> = parts.collect();
        let written = match parts.as_slice() {
            [resource, dimension, namespace] => [*namespace, *resource, *dimension].map(Some),
            _ => [None; 3],
        };
        for (field, text) in IDENTITY.into_iter().zip(written) {
            self.builder.key_respelled(key, field);
            match text {
                Some(text) => self.builder.computed(value, Written::Text, text),
                None => self.builder.expression(value, &name, Presence::Certain),
            }
        }
    }

    /// Whether what scales something scales a service; `None` if it leaves that to a parameter.
    fn scales_service(&self, properties: Option<Node<'d>>) -> Option<bool> {
        let Value::Written(properties) = self.intrinsics.resolve(properties?) else { return None };
        // The first letter in the wrong case is a fault of a document that is meant for a service.
        let value = |name: &str| properties.get(name).or_else(|| properties.get(&lowered(name)));
        let text = |name: &str| match self.intrinsics.resolve(value(name)?) {
            Value::Written(node) => node.as_text().map(str::to_owned),
            Value::Text { text, .. } => Some(text),
            _ => None,
        };
        let [namespace, resource, dimension] = IDENTITY.map(text);
        let begins = |text: &Option<String>, start| text.as_ref().map(|text| text.starts_with(start));
        let signs = [
            namespace.map(|namespace| namespace == "ecs"),
            begins(&dimension, "ecs:"),
            begins(&resource, "service/"),
        ];
        // One that says so is enough: `mismatched-scalable-dimension` is about the others.
        let says = |answer| signs.contains(&Some(answer));
        if says(true) { Some(true) } else { says(false).then_some(false) }
    }

    /// Whether a literal `ScalingTargetId` names a service.
    fn names_service(&self, target: Option<Node<'d>>) -> bool {
        target.and_then(Node::as_text).is_some_and(|id| id.starts_with("service/"))
    }

    /// Whether an expression refers to a scalable target of the template that scales a service; `None` if what it
    /// refers to is not there.
    fn is_target_of_service(&self, name: &str) -> Option<bool> {
        let id = only_hole(name).map(|name| name.split('.').next().unwrap_or(name));
        let target = self.declared.iter().find(|one| Some(one.id) == id)?;
        self.scales_service(target.properties)
    }
}
