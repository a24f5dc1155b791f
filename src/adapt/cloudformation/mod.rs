//! CloudFormation templates, and what is turned into them: SAM, CDK.

mod conditions;
mod intrinsics;
mod macros;
mod scaling;
mod section;

use std::sync::Arc;

use super::assumptions::InUse;
use super::target_groups;
use super::walk::{Resolve, Shape, Value, Walk};
use super::{Adapted, Assumptions, Resource};
use crate::document::{Address, DocumentKind, Door, Form, LeftAlone, ServiceForm};
use crate::schema::Schemas;
use crate::source::Span;
use crate::tree::{Kind, Node, Tree, TreeBuilder, Written};
use conditions::Facts;
use intrinsics::Intrinsics;
use macros::Macros;
use section::Section;

/// The kind of document that a resource of a type describes.
fn kind_of(name: &str) -> Option<DocumentKind> {
    Some(match name {
        "AWS::ECS::TaskDefinition" => DocumentKind::TaskDefinition(Form::Input),
        "AWS::ECS::Service" => DocumentKind::Service(ServiceForm::Create),
        "AWS::ECS::TaskSet" => DocumentKind::Service(ServiceForm::TaskSet),
        "AWS::ApplicationAutoScaling::ScalableTarget" => DocumentKind::ScalableTarget(Form::Input),
        "AWS::ApplicationAutoScaling::ScalingPolicy" => DocumentKind::ScalingPolicy(Form::Input),
        _ => return None,
    })
}

/// The type of a target group.
const TARGET_GROUP: &str = "AWS::ElasticLoadBalancingV2::TargetGroup";

/// A resource as the template declares it.
#[derive(Clone, Copy)]
struct Declared<'d> {
    /// Its logical id.
    id: &'d str,
    /// The key that is the logical id.
    name: Node<'d>,
    /// The value of the logical id.
    node: Node<'d>,
    kind: DocumentKind,
    /// `Properties`; `None` if there are none.
    properties: Option<Node<'d>>,
    /// Whether it stands for any number of resources.
    is_repeated: bool,
}

impl<'d> Declared<'d> {
    fn read(name: Node<'d>, node: Node<'d>, is_repeated: bool) -> Option<Declared<'d>> {
        let kind = kind_of(node.get("Type")?.as_text()?)?;
        let properties = node.get("Properties").filter(|value| value.kind() != Kind::Null);
        Some(Declared { id: name.text(), name, node, kind, properties, is_repeated })
    }

    /// Everything that declares it.
    fn extent(&self) -> Span {
        Span::new(self.name.span().start, self.node.span().end)
    }

    /// The path of the construct that made the resource, without its last part, or the logical id.
    fn title(&self) -> String {
        let path = self.node.get("Metadata").and_then(|metadata| metadata.get("aws:cdk:path"));
        match path.and_then(Node::as_text) {
            Some(path) => path.strip_suffix("/Resource").unwrap_or(path).to_owned(),
            None => self.id.to_owned(),
        }
    }
}

/// Rebuilds the resources of a template.
pub(super) fn adapt(tree: &Arc<Tree>, root: u32, schemas: &Schemas, assumptions: &Assumptions) -> Adapted {
    let template = tree.node(root);
    let macros = Macros::of(template);
    let mut adapter = Adapter {
        intrinsics: Intrinsics {
            tree,
            mappings: Section::of(template, "Mappings"),
            parameters: Section::of(template, "Parameters"),
            resources: Section::of(template, "Resources"),
            conditions: Section::of(template, "Conditions"),
            assumptions: InUse::new(assumptions),
            assumed: Facts::default(),
            premises: Facts::default(),
        },
        builder: TreeBuilder::over(tree, Door::CloudFormation),
        schemas,
        declared: Vec::new(),
        resources: Vec::new(),
        // A transform at the top includes resources that cannot be seen.
        may_hold_more: macros.may_add || template.members().any(|(key, _)| key.text().starts_with("Fn::")),
        macros,
    };
    for (key, value) in adapter.intrinsics.resources.members() {
        adapter.declare(key, value, false);
    }
    let resources = adapter.intrinsics.resources.node();
    adapter.may_hold_more |= resources.is_some_and(|all| all.kind() != Kind::Object || all.is_incomplete());
    let assumed = assumptions.condition.as_ref();
    let is_impossible =
        assumed.is_some_and(|(name, is_true)| adapter.intrinsics.is_impossible(name, *is_true));
    if let Some((name, is_true)) = assumed {
        adapter.intrinsics.assumed = adapter.intrinsics.facts_of(name, *is_true);
    }
    for resource in adapter.declared.clone() {
        let from = adapter.resources.len();
        if is_impossible || !adapter.intrinsics.assumptions.begin(resource.id) {
            continue;
        }
        adapter.intrinsics.premises = Facts::default();
        let condition = resource.node.get("Condition").and_then(Node::as_text);
        if condition.and_then(|name| adapter.intrinsics.holds(name)) != Some(false) {
            // What exists makes its condition true.
            if let Some(name) = condition {
                adapter.intrinsics.premises = adapter.intrinsics.facts_of(name, true);
            }
            adapter.rebuild(&resource);
        }
        let is_assumed = adapter.intrinsics.assumptions.is_used();
        adapter.resources.iter_mut().skip(from).for_each(|resource| resource.is_assumed = is_assumed);
    }
    let (tree, _) = adapter.builder.finish();
    Adapted {
        tree: Arc::new(tree),
        resources: adapter.resources,
        may_hold_more: adapter.may_hold_more,
        decided: adapter.intrinsics.assumptions.into_decided(),
    }
}

struct Adapter<'d, 's> {
    intrinsics: Intrinsics<'d>,
    builder: TreeBuilder,
    schemas: &'s Schemas,
    declared: Vec<Declared<'d>>,
    resources: Vec<Resource>,
    may_hold_more: bool,
    macros: Macros,
}

impl<'d> Adapter<'d, '_> {
    /// Notes a resource that is to be rebuilt.
    fn declare(&mut self, key: Node<'d>, value: Node<'d>, is_repeated: bool) {
        let id = key.text();
        if id.starts_with("Fn::ForEach::") {
            // An identifier, a collection, and what is repeated for each of its values.
            let body = value.items().nth(2);
            self.may_hold_more |= body.is_none_or(|body| body.kind() != Kind::Object || body.is_incomplete());
            for (key, value) in body.into_iter().flat_map(Node::members) {
                self.declare(key, value, true);
            }
            return;
        }
        // What is not known may be any resource.
        let is_seen = value.get("Type").and_then(Node::as_text).is_some_and(|name| name.contains("::"));
        self.may_hold_more |= id.starts_with("Fn::") || !is_seen;
        self.declared.extend(Declared::read(key, value, is_repeated));
    }

    fn rebuild(&mut self, resource: &Declared<'d>) {
        match resource.kind {
            DocumentKind::ScalableTarget(_) => self.scalable_target(resource),
            DocumentKind::ScalingPolicy(_) => self.scaling_policy(resource),
            _ => self.document(resource, |_, _| false),
        }
    }

    /// Rebuilds a resource as one document. `skip` says which of its keys are read elsewhere.
    fn document(&mut self, resource: &Declared<'d>, skip: impl Fn(&mut Self, Node<'d>) -> bool) {
        let root = self.builder.len();
        match resource.properties.map(|properties| (properties, self.intrinsics.resolve(properties))) {
            None => {
                self.builder.open_instead(Written::Object, resource.node);
                self.builder.close_rebuilt();
            }
            Some((properties, Value::Written(_))) if properties.kind() == Kind::Object => {
                let shape = self.shape(resource.kind);
                self.builder.open_like(properties);
                for (key, value) in properties.members() {
                    if !skip(self, key) {
                        self.member(shape, key, value);
                    }
                }
                self.builder.close_rebuilt();
            }
            // All of its properties are the result of an expression.
            Some(_) => {
                self.may_hold_more = true;
                return;
            }
        }
        self.builder.set_head(root, resource.name.span());
        self.add(resource, resource.kind, root, resource.extent());
    }

    /// Adds the document that begins at a node. `extent` is everything that declares it.
    fn add(&mut self, resource: &Declared<'d>, kind: DocumentKind, root: u32, extent: Span) {
        if let Some(names) = self.schemas.names(kind, Door::CloudFormation) {
            self.builder.name(root, names);
        }
        let rewritten_by = self.macros.of_resource(resource.node);
        let target_groups =
            target_groups::of_document(kind, self.builder.node(root), |name| self.target_group(name));
        let has_default_namespace = self.has_default_namespace(kind, self.builder.node(root));
        let is_conditional = resource.is_repeated || resource.node.get("Condition").is_some();
        self.resources.push(Resource {
            kind,
            root,
            address: Address { id: resource.id.to_owned(), title: resource.title(), extent },
            is_conditional: is_conditional || rewritten_by.is_some(),
            rewritten_by,
            is_assumed: false,
            containers_file: None,
            broken: None,
            left_alone: LeftAlone::Nothing,
            references: Vec::new(),
            target_groups,
            has_default_namespace,
        });
    }

    /// Whether the cluster of a service is one of the template, and has, or may have, a default namespace for Service
    /// Connect.
    fn has_default_namespace(&self, kind: DocumentKind, service: Node) -> Option<bool> {
        let cluster = service.get("cluster").filter(|_| matches!(kind, DocumentKind::Service(_)))?;
        let id = match cluster.text().strip_prefix("${").and_then(|name| name.strip_suffix('}')) {
            Some(name) => name.strip_suffix(".Arn").unwrap_or(name),
            // Any may be in the place of a hole.
            None if !cluster.is_plain() => "",
            None => return None,
        };
        let is_cluster =
            |resource: Node| resource.get("Type").and_then(Node::as_text) == Some("AWS::ECS::Cluster");
        let may_have = |properties: Node| {
            properties.kind() != Kind::Object
                || properties.is_incomplete()
                || properties.members().any(|(key, _)| {
                    key.text() == "ServiceConnectDefaults" || self.intrinsics.adds_members(key.text())
                })
        };
        let has_one = |resource: Node| resource.get("Properties").is_some_and(may_have);
        match self.intrinsics.resources.get(id) {
            Some(resource) => is_cluster(resource).then(|| has_one(resource)),
            // It may be any of those in the template.
            None => {
                let mut clusters =
                    self.intrinsics.resources.members().map(|(_, one)| one).filter(|one| is_cluster(*one));
                clusters.any(has_one).then_some(true)
            }
        }
    }

    /// The target group that an expression refers to by its ARN, if all of its properties can be seen.
    fn target_group(&self, name: &str) -> Option<target_groups::Declared<'d>> {
        let id = name.strip_suffix(".TargetGroupArn").unwrap_or(name);
        let resource = self.intrinsics.resources.get(id)?;
        let is_group = resource.get("Type").and_then(Node::as_text) == Some(TARGET_GROUP);
        let properties = resource.get("Properties").filter(|one| one.kind() == Kind::Object)?;
        let may_have_more = properties.is_incomplete()
            || properties.members().any(|(key, _)| self.intrinsics.adds_members(key.text()))
            || self.macros.of_resource(resource).is_some();
        let field = "TargetType";
        let target_type = properties.get(field).map(|value| (value, self.intrinsics.resolve(value)));
        let name = resource.key()?;
        (is_group && !may_have_more).then(|| target_groups::Declared {
            id: id.to_owned(),
            name,
            field,
            target_type,
        })
    }
}

impl<'d, 's> Adapter<'d, 's> {
    fn shape(&self, kind: DocumentKind) -> Shape {
        self.schemas.shape(kind).map_or(Shape::Free, Shape::Known)
    }

    fn member(&mut self, shape: Shape, key: Node<'d>, value: Node<'d>) {
        Walk { resolver: &self.intrinsics, builder: &mut self.builder }.member(shape, key, value);
    }

    fn value(&mut self, value: Value<'d>, shape: Shape) {
        Walk { resolver: &self.intrinsics, builder: &mut self.builder }.value(value, shape);
    }
}
