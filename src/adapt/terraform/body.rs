//! Blocks and their attributes. Where a field is somewhere else than in the API, it says so here.

use super::expressions::DEEPEST;
use super::{Adapter, Declared, Stage, is_block, may_be_block};
use crate::adapt::walk::{Resolve, Shape, Value, Walk};
use crate::document::{DocumentKind, Form, ServiceForm};
use crate::schema::{ShapeRef, Wanted};
use crate::tree::{Kind, Node, Presence, Written};

/// Attributes and blocks of a service that are in its `deploymentConfiguration` in the API, and their names there.
const OF_DEPLOYMENT: &[(&str, &str)] = &[
    ("deployment_maximum_percent", "maximumPercent"),
    ("deployment_minimum_healthy_percent", "minimumHealthyPercent"),
    ("alarms", "alarms"),
    ("deployment_circuit_breaker", "deploymentCircuitBreaker"),
];

/// What says how Terraform treats a resource, or belongs to the update that follows: no fields.
const META: &[&str] = &[
    "count",
    "for_each",
    "provider",
    "depends_on",
    "lifecycle",
    "provisioner",
    "connection",
    "timeouts",
    "force_new_deployment",
];

/// Attributes that the API does not have.
const ONLY_IN_TERRAFORM: &[&str] = &[
    "alarm_arns",
    "arn",
    "arn_without_revision",
    "force_delete",
    "id",
    "region",
    "revision",
    "sigint_rollback",
    "skip_destroy",
    "stability_status",
    "status",
    "tags_all",
    "task_set_id",
    "track_latest",
    "triggers",
    "wait_for_steady_state",
    "wait_until_stable",
    "wait_until_stable_timeout",
];

/// What the provider does not send for a service that runs one task on each instance.
const ONLY_FOR_REPLICAS: &[&str] = &["desired_count", "deployment_maximum_percent"];

/// The timeout of requests, in the API.
const REQUEST_TIMEOUT: &str = "perRequestTimeoutSeconds";

/// Attributes whose zero is as good as none.
const UNSET_IF_ZERO: &[&str] = &[
    "container_port",
    "health_check_grace_period_seconds",
    "ingress_port_override",
    "iops",
    "port",
    "size_in_gb",
    "throughput",
    "transit_encryption_port",
    "volume_initialization_rate",
];

/// A key and its value.
type Member<'d> = (Node<'d>, Node<'d>);

impl<'d> Adapter<'d, '_> {
    /// Rebuilds a resource as a document.
    pub(super) fn resource(&mut self, resource: &Declared<'d>) {
        let Some(shape) = self.schemas.shape(resource.kind) else { return };
        let root = self.builder.len();
        self.builder.open_like(resource.body);
        self.builder.set_head(root, resource.name.span());
        let mut members = self.members_of(resource.body);
        if let Some(overridden) = resource.overridden {
            // What is in another file has no place in this one.
            self.builder.mark_open_incomplete();
            let is_deployment = overridden.iter().any(|name| is_of_deployment(name));
            members.retain(|(key, value)| {
                let name = written_name(*key, *value);
                !(overridden.contains(name) || is_deployment && is_of_deployment(name))
            });
        }
        self.add(resource.body, members, shape, resource.kind);
        self.builder.close_rebuilt();
    }

    /// The members of a body, with a member for each object that is written in the place of a block: Terraform 0.11
    /// accepts `volume = { … }` and `volume = [{ … }]`.
    fn members_of(&self, body: Node<'d>) -> Vec<Member<'d>> {
        let mut members: Vec<Member<'d>> = Vec::new();
        for (key, value) in body.members() {
            let written = match value.kind() {
                Kind::Unknown if may_be_block(key) => match self.expressions.value(value) {
                    Value::Written(node) => node,
                    _ => value,
                },
                _ => value,
            };
            let holds_blocks = || written.items().any(|item| item.kind() == Kind::Object);
            if written.kind() == Kind::Object && may_be_block(key) {
                members.push((key, written));
            } else if may_be_block(key) && holds_blocks() {
                members.extend(written.items().map(|item| (key, item)));
            } else {
                members.push((key, value));
            }
        }
        members
    }

    /// Adds the members of the body of a block.
    fn members(&mut self, body: Node<'d>, shape: ShapeRef, kind: DocumentKind) {
        self.add(body, self.members_of(body), shape, kind);
    }

    /// Adds members of the body of a resource or of a block.
    fn add(&mut self, body: Node<'d>, mut members: Vec<Member<'d>>, shape: ShapeRef, kind: DocumentKind) {
        let holds_deployment = shape.member_of_api("deploymentConfiguration").is_some();
        let strategy = body.get("scheduling_strategy").filter(|_| holds_deployment);
        if strategy.is_some_and(|strategy| self.is_worth(strategy, "DAEMON")) {
            members.retain(|(key, _)| !ONLY_FOR_REPLICAS.contains(&key.text()));
        }
        let controller =
            body.get("deployment_controller").and_then(|blocks| blocks.items().next().or(Some(blocks)));
        let controller = controller.and_then(|block| block.get("type")).filter(|_| holds_deployment);
        if controller.is_some_and(|controller| self.is_worth(controller, "EXTERNAL")) {
            // The provider does not send it then.
            members.retain(|(key, _)| key.text() != "launch_type");
        }
        let mut done: Vec<&str> = Vec::new();
        for (at, (key, value)) in members.iter().enumerate() {
            let (name, key, value) = match dynamic(*key, *value) {
                Some((label, content)) => (label.text(), label, content),
                None => (key.text(), *key, *value),
            };
            if META.contains(&name) || done.contains(&name) {
                continue;
            }
            let rest = &members[at..];
            if holds_deployment && is_of_deployment(name) {
                done.push("deployment_configuration");
                done.extend(OF_DEPLOYMENT.iter().map(|(name, _)| *name));
                self.deployment_configuration(rest, key, shape, kind);
                continue;
            }
            done.push(name);
            let is_dynamic =
                rest.iter().any(|(key, value)| is_dynamic_of(name, *key, *value)) || is_mixed(name, rest);
            match name {
                _ if is_dynamic => self.dynamic(rest, (key, value), shape, kind),
                "container_definitions" => self.container_definitions(key, value, shape),
                "tags" if !kind.is_scaling() => self.tags(key, value, shape),
                "properties" => self.properties(key, value, shape),
                "network_configuration" => self.network_configuration(key, value, shape, kind),
                "host_path" => self.nested(key, value, shape, "host", "sourcePath"),
                "assign_public_ip" => self.switch(key, value),
                // The provider sends none of these.
                _ if UNSET_IF_ZERO.contains(&name) && self.is_worth(value, "0") => {}
                "autoprovision" if self.is_worth(value, "false") => {}
                // The role of AWS is not one that the user chose.
                "iam_role" if self.expressions.stage == Stage::State => {}
                "cluster" if kind == DocumentKind::Service(ServiceForm::Described) => {
                    self.returned(key, value, "clusterArn");
                }
                "cluster" => self.cluster(rest, (key, value), shape, kind),
                "revision" if kind == DocumentKind::TaskDefinition(Form::Described) => {
                    self.returned(key, value, "revision");
                }
                _ => self.member(rest, (key, value), shape, kind),
            }
        }
        // Where a timeout is written, the provider sends both.
        let unwritten = shape.member_of_api(REQUEST_TIMEOUT).and(body.key());
        if let Some(key) = unwritten.filter(|_| body.get("per_request_timeout_seconds").is_none()) {
            self.builder.key_named(key, REQUEST_TIMEOUT);
            self.builder.computed(body, Written::Number, "0");
        }
    }

    /// Whether a value is certainly this scalar.
    pub(super) fn is_worth(&self, value: Node<'d>, text: &str) -> bool {
        match self.expressions.value(value) {
            Value::Written(node) => {
                node.as_bool().map_or(node.text() == text, |flag| flag.to_string() == text)
            }
            Value::Text { text: known, .. } => known == text,
            _ => false,
        }
    }

    /// Adds an attribute that only the output of the API has, or that has another name there.
    fn returned(&mut self, key: Node<'d>, value: Node<'d>, name: &str) {
        let value = self.expressions.value(value);
        if !is_unset(&value) {
            self.builder.key_named(key, name);
            self.value(value, Shape::Free);
        }
    }

    /// Adds the cluster, by its name if the module has it.
    fn cluster(
        &mut self,
        rest: &[Member<'d>],
        (key, value): Member<'d>,
        shape: ShapeRef,
        kind: DocumentKind,
    ) {
        let reference = Some(value.text()).filter(|_| value.kind() == Kind::Unknown);
        let name = reference.and_then(|text| self.expressions.cluster(text, &["arn", "id", "name"], DEEPEST));
        match name {
            Some(text) => {
                self.builder.key_named(key, key.text());
                self.value(Value::Text { at: value, text }, Shape::Free);
            }
            None => self.member(rest, (key, value), shape, kind),
        }
    }

    /// Adds an attribute, or all blocks of a name.
    fn member(&mut self, rest: &[Member<'d>], (key, value): Member<'d>, shape: ShapeRef, kind: DocumentKind) {
        match self.expressions.member_of(shape, key.text()) {
            Some((name, of_member)) => self.named_member(rest, (key, value), name, of_member, kind),
            None if ONLY_IN_TERRAFORM.contains(&key.text()) => {}
            // Terraform itself rejects what it does not know; a newer one may know it.
            None => self.builder.mark_open_incomplete(),
        }
    }

    fn named_member(
        &mut self,
        rest: &[Member<'d>],
        (key, value): Member<'d>,
        name: &str,
        of_member: ShapeRef,
        kind: DocumentKind,
    ) {
        if !is_block(key, value) {
            return self.attribute(key, value, name, of_member);
        }
        self.builder.key_named(key, name);
        let Some(item) = of_member.item().filter(|_| of_member.wants() == Wanted::List) else {
            return self.block(value, of_member, kind);
        };
        self.builder.open_instead(Written::List, value);
        self.blocks(rest, key.text(), item, kind);
        self.builder.close_rebuilt();
    }

    /// Adds all blocks of a name as items.
    fn blocks(&mut self, rest: &[Member<'d>], name: &str, item: ShapeRef, kind: DocumentKind) {
        let same = rest.iter().filter(|(other, value)| other.text() == name && is_block(*other, *value));
        same.for_each(|(_, value)| self.block(*value, item, kind));
    }

    fn block(&mut self, value: Node<'d>, shape: ShapeRef, kind: DocumentKind) {
        self.builder.open_like(value);
        let first = self.builder.len();
        self.members(value, shape, kind);
        let is_null = |(_, value)| matches!(self.expressions.value(value), Value::Absent);
        // Of a scheduled action, it requires nothing.
        if self.builder.len() == first
            && !matches!(kind, DocumentKind::ScheduledAction(_))
            && self.expressions.stage == Stage::Module
            && value.members().next().is_some()
            && value.members().all(is_null)
        {
            // All of it is null: the block is there, and Terraform asks for what it requires in it.
            self.builder.mark_open_incomplete();
        }
        self.builder.close_rebuilt();
    }

    fn attribute(&mut self, key: Node<'d>, value: Node<'d>, name: &str, shape: ShapeRef) {
        let value = self.expressions.value(value);
        let is_empty = is_empty_text(&value);
        if is_empty || !is_unset(&value) {
            self.builder.key_named(key, name);
            if is_empty {
                // A rule that asks for it may say so.
                self.builder.mark_shadowed();
            }
            self.value(value, Shape::Known(shape));
        }
    }

    pub(super) fn value(&mut self, value: Value<'d>, shape: Shape) {
        Walk { resolver: &self.expressions, builder: &mut self.builder }.value(value, shape);
    }

    /// `dynamic "volume" { … }`: any number of blocks, besides those that are written out.
    fn dynamic(
        &mut self,
        rest: &[Member<'d>],
        (key, value): Member<'d>,
        shape: ShapeRef,
        kind: DocumentKind,
    ) {
        let Some((name, of_member)) = self.expressions.member_of(shape, key.text()) else { return };
        let is_written_out =
            rest.iter().any(|(other, value)| other.text() == key.text() && is_block(*other, *value));
        self.builder.key_named(key, name);
        match of_member.item().filter(|_| of_member.wants() == Wanted::List && is_written_out) {
            Some(item) => {
                self.builder.open_instead(Written::List, value);
                self.builder.mark_open_incomplete();
                self.blocks(rest, key.text(), item, kind);
                self.builder.close_rebuilt();
            }
            None => self.builder.expression(value, "", Presence::Doubtful),
        }
    }

    /// Adds what is in the `deploymentConfiguration` of the API.
    fn deployment_configuration(
        &mut self,
        members: &[Member<'d>],
        first: Node<'d>,
        shape: ShapeRef,
        kind: DocumentKind,
    ) {
        let Some(inner) = shape.member_of_api("deploymentConfiguration") else { return };
        self.builder.key_named(first, "deploymentConfiguration");
        self.builder.open_instead(Written::Object, first.value_of_key());
        let own_name = |key: &str| OF_DEPLOYMENT.iter().find(|(own, _)| *own == key).map(|(_, name)| *name);
        for (at, (key, value)) in members.iter().enumerate() {
            if let Some((label, content)) = dynamic(*key, *value) {
                match own_name(label.text()) {
                    Some(name) => {
                        self.builder.key_named(label, name);
                        self.builder.expression(content, "", Presence::Doubtful);
                    }
                    None if label.text() == "deployment_configuration" => self.builder.mark_open_incomplete(),
                    None => {}
                }
            } else if key.text() == "deployment_configuration" {
                if value.kind() != Kind::Object {
                    self.builder.mark_open_incomplete();
                }
                self.members(*value, inner, kind);
            } else if let Some(name) = own_name(key.text())
                && let Some(of_member) = inner.member_of_api(name)
            {
                self.named_member(&members[at..], (*key, *value), name, of_member, kind);
            }
        }
        self.builder.close_rebuilt();
    }

    /// `network_configuration` is the `awsvpcConfiguration` in it.
    fn network_configuration(&mut self, key: Node<'d>, value: Node<'d>, shape: ShapeRef, kind: DocumentKind) {
        let outer = shape.member_of_api("networkConfiguration");
        let Some(inner) = outer.and_then(|outer| outer.member_of_api("awsvpcConfiguration")) else { return };
        if !is_block(key, value) {
            if !is_unset(&self.expressions.value(value)) {
                self.builder.key_named(key, "networkConfiguration");
                self.builder.expression(value, "", Presence::Doubtful);
            }
            return;
        }
        self.builder.key_named(key, "networkConfiguration");
        self.builder.open_instead(Written::Object, value);
        self.builder.key_named(key, "awsvpcConfiguration");
        self.block(value, inner, kind);
        self.builder.close_rebuilt();
    }

    /// An attribute that is a member of an object in the API.
    fn nested(&mut self, key: Node<'d>, value: Node<'d>, shape: ShapeRef, outer: &str, inner: &str) {
        let of_inner = shape.member_of_api(outer).and_then(|outer| outer.member_of_api(inner));
        let worth = self.expressions.value(value);
        if let (Some(of_inner), false) = (of_inner, is_unset(&worth)) {
            self.builder.key_named(key, outer);
            self.builder.open_instead(Written::Object, value);
            self.builder.key_named(key, inner);
            self.value(worth, Shape::Known(of_inner));
            self.builder.close_rebuilt();
        }
    }

    /// `assign_public_ip`, a word in the API.
    fn switch(&mut self, key: Node<'d>, value: Node<'d>) {
        let worth = self.expressions.value(value);
        let flag = match &worth {
            Value::Written(node) => node.as_bool().or_else(|| node.text().parse().ok()),
            Value::Text { text, .. } => text.parse().ok(),
            _ => None,
        };
        match (flag, worth) {
            (_, Value::Absent) => {}
            (Some(flag), _) => {
                self.builder.key_named(key, "assignPublicIp");
                self.builder.computed(value, Written::Text, if flag { "ENABLED" } else { "DISABLED" });
            }
            (None, _) => {
                self.builder.key_named(key, "assignPublicIp");
                self.builder.expression(value, "", Presence::Doubtful);
            }
        }
    }

    /// A map of tags, which is a list of pairs in the API. The provider may add more.
    fn tags(&mut self, key: Node<'d>, value: Node<'d>, shape: ShapeRef) {
        self.pairs((key, value), shape.member_of_api("tags"), ["tags", "key", "value"], true);
    }

    /// The properties of a proxy: a map here, a list of pairs in the API.
    fn properties(&mut self, key: Node<'d>, value: Node<'d>, shape: ShapeRef) {
        self.pairs((key, value), shape.member_of_api("properties"), ["properties", "name", "value"], false);
    }

    fn pairs(
        &mut self,
        (key, value): Member<'d>,
        list: Option<ShapeRef>,
        names: [&str; 3],
        may_be_more: bool,
    ) {
        let [outer, of_key, of_value] = names;
        let shape = list.and_then(|list| list.item()?.member_of_api(of_value));
        self.builder.key_named(key, outer);
        let written = match self.expressions.value(value) {
            Value::Written(node) if node.kind() == Kind::Object => node,
            _ => return self.builder.expression(value, "", Presence::Doubtful),
        };
        self.builder.open_instead(Written::List, written);
        if may_be_more || written.is_incomplete() {
            self.builder.mark_open_incomplete();
        }
        for (name, value) in written.members() {
            let worth = self.expressions.value(value);
            if matches!(worth, Value::Absent) {
                continue;
            }
            self.builder.open_instead(Written::Object, value);
            self.builder.key_named(name, of_key);
            self.builder.computed(name, Written::Text, name.text());
            self.builder.key_named(name, of_value);
            self.value(worth, shape.map_or(Shape::Free, Shape::Known));
            self.builder.close_rebuilt();
        }
        self.builder.close_rebuilt();
    }
}

fn is_of_deployment(name: &str) -> bool {
    name == "deployment_configuration" || OF_DEPLOYMENT.iter().any(|(own, _)| *own == name)
}

/// What a dynamic block is called, and what is in it.
fn dynamic<'d>(key: Node<'d>, value: Node<'d>) -> Option<(Node<'d>, Node<'d>)> {
    if key.text() == "dynamic" { value.members().next() } else { None }
}

/// The name of an attribute or a block, also of a dynamic one.
pub(super) fn written_name<'d>(key: Node<'d>, value: Node<'d>) -> &'d str {
    dynamic(key, value).map_or(key, |(label, _)| label).text()
}

fn is_dynamic_of(name: &str, key: Node, value: Node) -> bool {
    dynamic(key, value).is_some_and(|(label, _)| label.text() == name)
}

/// Whether some of what is written in the place of blocks is not known.
fn is_mixed(name: &str, members: &[Member]) -> bool {
    let same = || members.iter().filter(|(key, _)| key.text() == name);
    let is_written_out = |(key, value): &Member| is_block(*key, *value);
    same().any(is_written_out) && !same().all(is_written_out)
}

/// Whether a value is a text without letters.
fn is_empty_text(value: &Value) -> bool {
    match value {
        Value::Written(node) => node.as_text().is_some_and(str::is_empty),
        Value::Text { text, .. } => text.is_empty(),
        _ => false,
    }
}

/// Whether the provider takes the value of an attribute for none: it does not tell an empty one from one that is not
/// written.
pub(super) fn is_unset(value: &Value) -> bool {
    match value {
        Value::Absent => true,
        value if is_empty_text(value) => true,
        Value::Written(node) => match node.kind() {
            Kind::List => !node.is_incomplete() && node.items().next().is_none(),
            Kind::Object => !node.is_incomplete() && node.members().next().is_none(),
            _ => false,
        },
        Value::Text { .. } | Value::Expression { .. } | Value::Parts { .. } => false,
    }
}
