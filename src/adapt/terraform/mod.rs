//! Terraform: the resources of one file of a module.

mod body;
mod containers;
mod expressions;
mod files;
mod json;

use std::sync::Arc;

use super::{Adapted, Resource};
use crate::document::{Address, DocumentKind, Door, Form, ServiceForm};
use crate::schema::Schemas;
use crate::source::Span;
use crate::tree::{Kind, Node, Tree, TreeBuilder};
use expressions::Expressions;
pub(crate) use expressions::Locals;

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
}

impl<'d> Declared<'d> {
    /// The resources of a file, in its order.
    fn all(tree: &'d Tree) -> Vec<Declared<'d>> {
        let blocks = tree.roots().flat_map(Node::members).filter(|(key, _)| key.text() == "resource");
        let declared = blocks.filter_map(|(keyword, labelled)| {
            let (resource_type, named) = labelled.members().next()?;
            let (name, body) = named.members().next()?;
            let extent = Span::new(keyword.span().start, body.span().end);
            let kind = kind_of(resource_type.text())?;
            Some(Declared { resource_type: resource_type.text(), name, body, kind, extent })
        });
        declared.collect()
    }

    fn id(&self) -> String {
        format!("{}.{}", self.resource_type, self.name.text())
    }
}

/// Rearranges a file in Terraform's JSON syntax like one in the native syntax.
pub(super) fn of_json(tree: &Arc<Tree>) -> Arc<Tree> {
    json::module(tree)
}

/// Rebuilds the resources of one file. `locals` are those of its module.
pub(super) fn adapt(tree: &Arc<Tree>, locals: &Locals, schemas: &Schemas) -> Adapted {
    let declared = Declared::all(tree);
    let mut adapter = Adapter {
        expressions: Expressions { locals, source: tree.source.id },
        builder: TreeBuilder::over(tree, Door::Terraform),
        schemas,
    };
    let mut resources = Vec::new();
    for resource in &declared {
        if !adapter.is_ours(resource, &declared) {
            continue;
        }
        let root = adapter.builder.len();
        adapter.resource(resource);
        if let Some(names) = schemas.names(resource.kind, Door::Terraform) {
            adapter.builder.name(root, names);
        }
        let is_repeated = ["count", "for_each"].iter().any(|key| resource.body.get(key).is_some());
        resources.push(Resource {
            kind: resource.kind,
            root,
            address: Address { id: resource.id(), title: resource.id(), extent: resource.extent },
            is_conditional: is_repeated,
            containers_file: adapter.containers_file(resource.body),
        });
    }
    let (tree, _) = adapter.builder.finish();
    Adapted { tree: Arc::new(tree), resources, may_hold_more: false }
}

struct Adapter<'d, 's> {
    expressions: Expressions<'d>,
    builder: TreeBuilder,
    schemas: &'s Schemas,
}

impl<'d> Adapter<'d, '_> {
    /// Whether a resource is one of ECS: Application Auto Scaling scales other things too.
    fn is_ours(&self, resource: &Declared<'d>, all: &[Declared<'d>]) -> bool {
        if !resource.kind.is_scaling() {
            return true;
        }
        let text = |key: &str| resource.body.get(key).map(Node::text).unwrap_or_default();
        let names_service = text("service_namespace") == "ecs"
            || text("scalable_dimension").starts_with("ecs:")
            || text("resource_id").starts_with("service/");
        let target = || {
            let reference = text("resource_id").strip_prefix("aws_appautoscaling_target.")?;
            let name = reference.split(['.', '[']).next()?;
            all.iter()
                .find(|one| matches!(one.kind, DocumentKind::ScalableTarget(_)) && one.name.text() == name)
        };
        let is_target = matches!(resource.kind, DocumentKind::ScalableTarget(_));
        names_service || (!is_target && target().is_some_and(|target| self.is_ours(target, all)))
    }
}

/// Whether a value is a block, rather than the value of an attribute: its keyword is underlined for the whole.
fn is_block(key: Node, value: Node) -> bool {
    value.kind() == Kind::Object && value.head().span == key.span()
}
