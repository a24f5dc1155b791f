//! Terraform: the resources of one file of a module, of a plan, or of state.

mod body;
mod conditions;
mod containers;
mod expressions;
mod files;
mod json;
mod locals;
mod plan;

use std::collections::HashSet;
use std::sync::Arc;

use super::assumptions::InUse;
use super::target_groups;
use super::walk::Value;
use super::{Adapted, Assumptions, BrokenText, Resource};
use crate::document::{Address, DocumentKind, Door, Form, LeftAlone, ServiceForm};
use crate::schema::Schemas;
use crate::source::Span;
use crate::tree::{Kind, Node, Tree, TreeBuilder};
use expressions::Expressions;
pub(crate) use locals::Locals;

/// What is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// What the user wrote.
    Module,
    /// What Terraform has computed of it, and will create.
    Plan,
    /// What Terraform has created.
    State,
}

/// The kind of document that a resource of a type describes.
fn kind_of(name: &str) -> Option<DocumentKind> {
    Some(match name {
        "aws_ecs_task_definition" => DocumentKind::TaskDefinition(Form::Input),
        "aws_ecs_service" => DocumentKind::Service(ServiceForm::Create),
        "aws_ecs_task_set" => DocumentKind::Service(ServiceForm::TaskSet),
        "aws_appautoscaling_target" => DocumentKind::ScalableTarget(Form::Input),
        "aws_appautoscaling_policy" => DocumentKind::ScalingPolicy(Form::Input),
        "aws_appautoscaling_scheduled_action" => DocumentKind::ScheduledAction(Form::Input),
        _ => return None,
    })
}

/// A resource as the module declares it.
#[derive(Clone, Copy)]
struct Declared<'d> {
    /// `aws_ecs_service`
    resource_type: &'d str,
    /// The key that is the name of the resource.
    name: Node<'d>,
    /// What is between its braces.
    body: Node<'d>,
    kind: DocumentKind,
    /// From the keyword to the closing brace.
    extent: Span,
    /// What override files set in it.
    overridden: Option<&'d HashSet<String>>,
}

impl<'d> Declared<'d> {
    /// The resources of a file, in its order.
    fn all(tree: &'d Tree) -> Vec<Declared<'d>> {
        let blocks = tree.roots().flat_map(Node::members).filter(|(key, _)| key.text() == "resource");
        let declared = blocks.filter_map(|(keyword, labelled)| {
            let (resource_type, named) = labelled.members().next()?;
            let (name, body) = named.members().next()?;
            // In a plan, what is around the body belongs to it too.
            let whole = labelled.span();
            let extent = Span::new(keyword.span().start.min(whole.start), body.span().end.max(whole.end));
            let kind = kind_of(resource_type.text())?;
            let resource_type = resource_type.text();
            Some(Declared { resource_type, name, body, kind, extent, overridden: None })
        });
        declared.collect()
    }

    /// Whether an override file sets an attribute or a block.
    fn overrides(&self, name: &str) -> bool {
        self.overridden.is_some_and(|overridden| overridden.contains(name))
    }

    /// Whether it has an attribute, in whatever file.
    fn has(&self, name: &str) -> bool {
        self.body.get(name).is_some() || self.overrides(name)
    }

    /// An attribute that no override file sets.
    fn get(&self, name: &str) -> Option<Node<'d>> {
        self.body.get(name).filter(|_| !self.overrides(name))
    }

    /// The address. In a plan, it is the name.
    fn id(&self, stage: Stage) -> String {
        match stage {
            Stage::Module => format!("{}.{}", self.resource_type, self.name.text()),
            Stage::Plan | Stage::State => self.name.text().to_owned(),
        }
    }
}

/// Rearranges a file in Terraform's JSON syntax like one in the native syntax.
pub(super) fn of_json(tree: &Arc<Tree>) -> Arc<Tree> {
    json::module(tree)
}

/// Rebuilds the resources of one file. `locals` are those of its module.
pub(super) fn adapt(
    tree: &Arc<Tree>,
    locals: &Locals,
    schemas: &Schemas,
    assumptions: &Assumptions,
) -> Adapted {
    rebuilt(tree, locals, schemas, Stage::Module, assumptions)
}

/// Rebuilds the resources of the plan or the state that a node contains.
pub(super) fn adapt_plan(tree: &Arc<Tree>, root: u32, schemas: &Schemas) -> Adapted {
    let mut plan = plan::rearrange(tree, root);
    let mut adapted = rebuilt(&plan.tree, &Locals::default(), schemas, plan.stage, &Assumptions::default());
    for resource in &mut adapted.resources {
        resource.references = plan.references.remove(&resource.address.id).unwrap_or_default();
    }
    Adapted { may_hold_more: plan.is_partial, ..adapted }
}

fn rebuilt(
    tree: &Arc<Tree>,
    locals: &Locals,
    schemas: &Schemas,
    stage: Stage,
    assumptions: &Assumptions,
) -> Adapted {
    let assumptions = InUse::new(assumptions);
    let mut declared = Declared::all(tree);
    if stage == Stage::Module {
        if locals::is_override(&tree.source.name) {
            // Its resources are parts of those of other files.
            declared.clear();
        }
        declared.iter_mut().for_each(|resource| resource.overridden = locals.overridden(&resource.id(stage)));
    }
    if stage == Stage::State {
        declared.iter_mut().for_each(|resource| resource.kind = described(resource.kind));
    }
    let mut adapter = Adapter {
        expressions: Expressions { locals, assumptions: &assumptions, source: tree.source.id, stage },
        builder: TreeBuilder::over(tree, Door::Terraform),
        schemas,
        raw: tree,
        broken: None,
    };
    let mut resources = Vec::new();
    let mut may_hold_more = false;
    for resource in &declared {
        if !adapter.is_ours(resource) {
            may_hold_more |= names_nothing(resource.body);
            continue;
        }
        let id = resource.id(stage);
        if !assumptions.begin(&id) || adapter.is_left_out(resource) || adapter.may_be_left_out(resource) {
            continue;
        }
        let root = adapter.builder.len();
        adapter.resource(resource);
        if let Some(names) = schemas.names(resource.kind, Door::Terraform) {
            adapter.builder.name(root, names);
        }
        let target_groups =
            target_groups::of_document(resource.kind, adapter.builder.node(root), |expression| {
                adapter.expressions.target_group(expression)
            });
        // What is planned exists.
        let is_repeated = stage == Stage::Module && ["count", "for_each"].iter().any(|key| resource.has(key));
        resources.push(Resource {
            kind: resource.kind,
            root,
            address: Address { title: id.clone(), id, extent: resource.extent },
            is_conditional: is_repeated,
            rewritten_by: None,
            is_assumed: assumptions.is_used(),
            containers_file: adapter.containers_file(resource),
            broken: adapter.broken.take(),
            left_alone: left_alone(resource, stage),
            references: Vec::new(),
            target_groups,
            has_default_namespace: adapter.has_default_namespace(resource),
        });
    }
    let (tree, _) = adapter.builder.finish();
    Adapted { tree: Arc::new(tree), resources, may_hold_more, decided: assumptions.into_decided() }
}

/// The attributes of a resource whose changes Terraform ignores.
fn left_alone(resource: &Declared, stage: Stage) -> LeftAlone {
    // The configuration in a plan does not tell.
    match stage {
        Stage::Plan | Stage::State => LeftAlone::Unknown,
        Stage::Module if resource.overrides("lifecycle") => LeftAlone::Anything,
        Stage::Module => ignored_in(resource.body),
    }
}

/// The attributes in the body of a resource whose changes Terraform ignores.
fn ignored_in(body: Node) -> LeftAlone {
    let lifecycle = body.get("lifecycle");
    let Some(ignored) = lifecycle.and_then(|lifecycle| lifecycle.get("ignore_changes")) else {
        return LeftAlone::Nothing;
    };
    if ignored.kind() != Kind::List || ignored.is_incomplete() {
        return LeftAlone::Anything;
    }
    // `load_balancer[0].target_group_arn`
    let name = |item: Node| item.text().split(['.', '[']).next().unwrap_or_default().to_owned();
    let names: Vec<String> = ignored.items().map(name).collect();
    if names.iter().any(|name| name == "*") { LeftAlone::Anything } else { LeftAlone::Attributes(names) }
}

/// The kind of document that AWS returns of what a document creates.
fn described(kind: DocumentKind) -> DocumentKind {
    match kind {
        DocumentKind::TaskDefinition(_) => DocumentKind::TaskDefinition(Form::Described),
        DocumentKind::Service(ServiceForm::Create) => DocumentKind::Service(ServiceForm::Described),
        DocumentKind::ScalableTarget(_) => DocumentKind::ScalableTarget(Form::Described),
        DocumentKind::ScalingPolicy(_) => DocumentKind::ScalingPolicy(Form::Described),
        DocumentKind::ScheduledAction(_) => DocumentKind::ScheduledAction(Form::Described),
        other => other,
    }
}

struct Adapter<'d, 's> {
    expressions: Expressions<'d>,
    builder: TreeBuilder,
    schemas: &'s Schemas,
    /// The tree of the file.
    raw: &'d Arc<Tree>,
    /// The text of the containers of the latest resource, if it is not JSON.
    broken: Option<BrokenText>,
}

impl<'d> Adapter<'d, '_> {
    /// Whether a resource does not exist, as far as is known or assumed.
    fn is_left_out(&self, resource: &Declared<'d>) -> bool {
        let value = |key| resource.get(key).filter(|_| self.expressions.stage == Stage::Module);
        value("count").is_some_and(|count| self.is_worth(count, "0"))
            || value("for_each").is_some_and(|each| body::is_unset(&self.expressions.value(each)))
    }

    /// Whether defaults that are assumed decide if there is a resource, but it cannot be told what they decide: with
    /// these very defaults, there may be none.
    fn may_be_left_out(&self, resource: &Declared<'d>) -> bool {
        if !self.expressions.assumptions.is_any() || self.expressions.stage != Stage::Module {
            return false;
        }
        let is_open = |number: Node<'d>| matches!(self.expressions.value(number), Value::Expression { .. });
        let is_in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let has_default = |rest: &str| {
            let name = rest.split(|c: char| !is_in_name(c)).next().unwrap_or_default();
            self.expressions.locals.default_of(name).is_some()
        };
        let decides = |number: &Node<'d>| {
            let parts = std::iter::once(*number).chain(number.descendants());
            parts.flat_map(|part| part.text().split("var.").skip(1)).any(has_default)
        };
        ["count", "for_each"]
            .iter()
            .filter_map(|key| resource.get(key))
            .any(|value| decides(&value) && is_open(value))
    }

    /// Whether the cluster of a service is one of the module, and has a default namespace for Service Connect.
    fn has_default_namespace(&self, resource: &Declared<'d>) -> Option<bool> {
        let cluster =
            resource.get("cluster").filter(|_| matches!(resource.kind, DocumentKind::Service(_)))?;
        let written = Some(cluster.text()).filter(|_| cluster.kind() == Kind::Unknown);
        let clusters = &self.expressions.locals;
        written.and_then(|text| clusters.has_default_namespace(text)).or_else(|| {
            match self.expressions.value(cluster) {
                Value::Expression { name, .. } => {
                    clusters.has_default_namespace(name.strip_prefix("${")?.strip_suffix('}')?)
                }
                _ => None,
            }
        })
    }

    /// Whether a resource is one of ECS: Application Auto Scaling scales other things too.
    fn is_ours(&self, resource: &Declared<'d>) -> bool {
        let is_target = matches!(resource.kind, DocumentKind::ScalableTarget(_));
        !resource.kind.is_scaling()
            || names_service(resource.body)
            || (!is_target && self.expressions.locals.scales_service(resource.body))
    }
}

/// What tells which thing Application Auto Scaling scales.
const OF_SCALED: [&str; 3] = ["service_namespace", "scalable_dimension", "resource_id"];

/// Whether a resource of Application Auto Scaling is certain to be about a service.
fn names_service(body: Node) -> bool {
    let [namespace, dimension, id] = OF_SCALED.map(|key| body.get(key).map(Node::text).unwrap_or_default());
    namespace == "ecs" || dimension.starts_with("ecs:") || id.starts_with("service/")
}

/// Whether nothing of what tells what a resource of Application Auto Scaling is about is known: it may be a service. What
/// refers to a target of the module is about the same as that.
fn names_nothing(body: Node) -> bool {
    let is_open = |value: Node| value.kind() == Kind::Unknown && !value.text().contains(locals::TARGET);
    OF_SCALED.iter().filter_map(|key| body.get(key)).all(is_open)
}

/// Whether a value is a block, or an object in the place of one. In the native syntax, the keyword of a block is
/// underlined for the whole.
fn is_block(key: Node, value: Node) -> bool {
    value.kind() == Kind::Object && (value.head().span == key.span() || may_be_block(key))
}

/// Whether an object with a key may be written in the place of a block.
fn may_be_block(key: Node) -> bool {
    key.text() != "container_definitions" && !json::MAPS.contains(&key.text())
}
