//! Documents in another form than the API's, rebuilt in the API's shape.
//!
//! Whatever the user's tool computes is an expression here: it is never guessed and never reported. Everything
//! behind this room sees nodes with the names of the API, at the places of the user's text.

mod assumptions;
mod cloudformation;
mod target_groups;
mod terraform;
mod walk;

use std::sync::Arc;

pub(crate) use assumptions::{Assumptions, Decided, DefaultValue};
pub(crate) use terraform::Locals;

use crate::document::{Address, DocumentKind, LeftAlone, TargetGroup};
use crate::parse::Parsed;
use crate::schema::Schemas;
use crate::source::{Place, Span};
use crate::tree::Tree;

/// A document that was rebuilt, as a part of a tree.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    /// Its kind.
    pub kind: DocumentKind,
    /// Where it begins in the tree.
    pub root: u32,
    /// What the user's tool calls it.
    pub address: Address,
    /// Whether a condition decides if it exists.
    pub is_conditional: bool,
    /// The name of a macro that may rewrite it before it is deployed.
    pub rewritten_by: Option<Span>,
    /// Whether a value in it rests on what is assumed.
    pub is_assumed: bool,
    /// The path of the file with the containers of a task definition, if they are in another. It may have holes.
    pub containers_file: Option<String>,
    /// The text of its containers, if it is not the JSON that it should be.
    pub broken: Option<BrokenText>,
    /// What the user's tool leaves alone once the resource exists.
    pub left_alone: LeftAlone,
    /// Fields that may refer to other resources, and the addresses of these; empty if they are elsewhere.
    pub references: Vec<(&'static str, String)>,
    /// The target groups of a service that are declared beside it.
    pub target_groups: Vec<TargetGroup>,
    /// Whether the cluster of a service has a default namespace for Service Connect; `None` if it is not declared beside
    /// it.
    pub has_default_namespace: Option<bool>,
}

/// A text of a document that is not the JSON that it should be.
#[derive(Clone, Debug)]
pub(crate) struct BrokenText {
    /// What was read of it. Its places are those in the text.
    pub parsed: Arc<Parsed>,
    /// The tree of the source, and the node of the text in it.
    text: (Arc<Tree>, u32),
}

impl BrokenText {
    /// Where a place in the text is in the source.
    pub(crate) fn place(&self, place: Place) -> Place {
        let (tree, text) = &self.text;
        let text = tree.node(*text).part(place.span.range());
        Place { span: text.span, ..place }
    }
}

/// The documents of a text, rebuilt.
#[derive(Debug)]
pub(crate) struct Adapted {
    /// Their nodes.
    pub tree: Arc<Tree>,
    /// The documents, in the order of the text.
    pub resources: Vec<Resource>,
    /// Whether there may be more, which cannot be seen.
    pub may_hold_more: bool,
    /// What inputs of the user decide about them.
    pub decided: Decided,
}

/// Rearranges a file in Terraform's JSON syntax like one in the native syntax.
pub(crate) fn module_file_of_json(tree: &Arc<Tree>) -> Arc<Tree> {
    terraform::of_json(tree)
}

/// Rebuilds the resources of one file of a Terraform module, whose local values are given.
pub(crate) fn module_file(
    tree: &Arc<Tree>,
    locals: &Locals,
    schemas: &Schemas,
    assumptions: &Assumptions,
) -> Adapted {
    terraform::adapt(tree, locals, schemas, assumptions)
}

/// Rebuilds the resources of a Terraform plan or of state, which begins at a node of a tree.
pub(crate) fn plan(tree: &Arc<Tree>, root: u32, schemas: &Schemas) -> Adapted {
    terraform::adapt_plan(tree, root, schemas)
}

/// Rebuilds the resources of a CloudFormation template, which begins at a node of a tree.
pub(crate) fn template(tree: &Arc<Tree>, root: u32, schemas: &Schemas, assumptions: &Assumptions) -> Adapted {
    cloudformation::adapt(tree, root, schemas, assumptions)
}
