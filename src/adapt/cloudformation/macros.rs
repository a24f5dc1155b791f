//! Macros: what rewrites a template, or a part of it, before it is deployed.

use crate::source::Span;
use crate::tree::{Kind, Node};

/// The transforms of AWS. They leave the properties of resources of ECS as they are written.
const OF_AWS: [&str; 6] = [
    "AWS::Serverless-",
    "AWS::LanguageExtensions",
    "AWS::CodeDeploy",
    "AWS::SecretsManager-",
    "AWS::Include",
    "AWS::ServiceCatalog",
];

/// What takes its siblings to a macro.
const CALL: &str = "Fn::Transform";

/// The macros of a template.
pub(super) struct Macros {
    /// One that is given all resources.
    pub of_all: Option<Span>,
    /// Whether a transform may add resources.
    pub may_add: bool,
}

impl Macros {
    /// Reads the macros of a template.
    pub(super) fn of(template: Node) -> Macros {
        let named = template.get("Transform").into_iter().flat_map(|transform| match transform.kind() {
            Kind::Null => Vec::new(),
            Kind::List => transform.items().map(name).collect(),
            _ => vec![name(transform)],
        });
        let beside = [Some(template), template.get("Resources")].into_iter().flatten().filter_map(called);
        let names: Vec<Node> = named.chain(beside).collect();
        let of_all = names.iter().find(|name| is_macro(**name)).map(|name| name.span());
        let includes = names.iter().any(|name| name.as_text() == Some("AWS::Include"));
        Macros { of_all, may_add: of_all.is_some() || includes }
    }

    /// The macro that may rewrite a resource, or a part of it.
    pub(super) fn of_resource(&self, resource: Node) -> Option<Span> {
        self.of_all.or_else(|| {
            let mut objects = std::iter::once(resource).chain(resource.descendants());
            objects.find_map(|object| called(object).filter(|name| is_macro(*name))).map(Node::span)
        })
    }
}

/// The transform that an object is given to. One that is a value by itself has nothing to rewrite.
fn called(object: Node<'_>) -> Option<Node<'_>> {
    let has_siblings = object.kind() == Kind::Object && object.members().nth(1).is_some();
    object.get(CALL).filter(|_| has_siblings).map(name)
}

/// The name of a transform.
fn name(transform: Node<'_>) -> Node<'_> {
    transform.get("Name").unwrap_or(transform)
}

/// Whether a transform is not one of AWS, as far as its name tells.
fn is_macro(name: Node) -> bool {
    name.as_text().is_none_or(|name| !OF_AWS.iter().any(|own| name.starts_with(own)))
}
