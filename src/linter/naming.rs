//! The user's names in what is reported about a document that was rebuilt in the shape of the API.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::here::Here;
use super::reporter::innermost;
use crate::document::{Document, DocumentKind, Door, Form, ServiceForm};
use crate::finding::Finding;
use crate::names::{Names, Sentences};
use crate::schema::Schemas;
use crate::source::{Place, SourceId};
use crate::tree::Node;

/// The kinds of documents whose fields a sentence about any document may name.
const KINDS: [DocumentKind; 6] = [
    DocumentKind::TaskDefinition(Form::Input),
    DocumentKind::Service(ServiceForm::Create),
    DocumentKind::Service(ServiceForm::TaskSet),
    DocumentKind::ScalableTarget(Form::Input),
    DocumentKind::ScalingPolicy(Form::Input),
    DocumentKind::ScheduledAction(Form::Input),
];

/// Puts the user's names into the sentences of a finding. What AWS says stays as it is.
pub(super) fn name_fields(finding: &mut Finding, documents: &HashMap<SourceId, Here>, schemas: &Schemas) {
    let door = |place: Place| {
        let first = documents.get(&place.source).and_then(Here::first);
        first.map(|document| document.door()).filter(|door| *door != Door::Api)
    };
    let problem = &mut finding.problem;
    let places: Vec<Place> =
        std::iter::once(&problem.at).chain(&problem.also).map(|label| label.at).collect();
    let Some(some) = places.iter().find_map(|place| door(*place)) else { return };
    let all: OnceCell<Vec<Arc<Names>>> = OnceCell::new();
    let gather = || KINDS.iter().filter_map(|kind| schemas.names(*kind, some)).collect();
    let elsewhere = || all.get_or_init(gather).as_slice();
    let underlined: Vec<&str> = places.iter().filter_map(|place| underlined(*place, documents)).collect();
    let translated = |place: Place, text: &str| {
        let sentences = Sentences {
            around: around(place, documents).collect(),
            elsewhere: &elsewhere,
            underlined: underlined.clone(),
            has_blocks: some == Door::Terraform,
        };
        let text = sentences.translated(text);
        if some == Door::Terraform { with_switches(&text) } else { text }
    };
    let main = problem.at.at;
    for label in [&mut problem.at].into_iter().chain(&mut problem.also) {
        if door(label.at).is_some() && !label.text.is_empty() {
            label.text = translated(label.at, &label.text);
        }
    }
    if door(main).is_some() || is_of_containers(main, documents) {
        let title = problem.fix.as_mut().map(|fix| &mut fix.title);
        for text in [&mut problem.message].into_iter().chain(&mut problem.help).chain(title) {
            *text = translated(main, text);
        }
    }
}

/// A sentence about a field that is a word in the API and a switch in Terraform.
fn with_switches(text: &str) -> String {
    if !text.contains("`assign_public_ip`") {
        return text.to_owned();
    }
    text.replace("`ENABLED`", "`true`").replace("`DISABLED`", "`false`")
}

/// Whether a place is among the containers that a task definition has in a file of their own.
fn is_of_containers(place: Place, documents: &HashMap<SourceId, Here>) -> bool {
    document_at(place, documents).is_some_and(|document| document.kind == DocumentKind::ContainerDefinitions)
}

/// The document of a place.
fn document_at<'d>(place: Place, documents: &HashMap<SourceId, Here<'d>>) -> Option<&'d Document> {
    documents.get(&place.source)?.at(place.span)
}

/// The names at a place and around it in its document, innermost first.
fn around<'d>(
    place: Place,
    documents: &HashMap<SourceId, Here<'d>>,
) -> impl Iterator<Item = &'d Names> + use<'d> {
    path_to(place, documents).into_iter().rev().filter_map(Node::names)
}

/// The values of a document that contain a place, outermost first.
fn path_to<'d>(place: Place, documents: &HashMap<SourceId, Here<'d>>) -> Vec<Node<'d>> {
    let root = document_at(place, documents).map(Document::root);
    let mut path: Vec<Node<'d>> = root.into_iter().collect();
    while let Some(below) = path.last().and_then(|node| node.child_at(place.span)) {
        path.push(below);
    }
    path
}

/// The innermost value at a place, if it was read from JSON in a text.
pub(super) fn embedded_at<'d>(place: Place, documents: &HashMap<SourceId, Here<'d>>) -> Option<Node<'d>> {
    if !document_at(place, documents)?.tree().is_rebuilt() {
        return None;
    }
    let path = path_to(place, documents);
    let is_json = path.get(1)?.key()?.text() == "containerDefinitions" && path.get(1)?.origin().is_none();
    path.last().copied().filter(|_| is_json && path.len() > 2)
}

/// The text of the key or of the value that is underlined.
fn underlined<'d>(place: Place, documents: &HashMap<SourceId, Here<'d>>) -> Option<&'d str> {
    let is_it = |node: &Node| node.span() == place.span;
    let tree = documents.get(&place.source)?.first()?.tree().written();
    // The key of a list stands for the list.
    let found = innermost(tree, place.span);
    let found = found.into_iter().flat_map(|node| [Some(node), node.key()]).flatten();
    if let Some(node) = found.into_iter().find(is_it) {
        return Some(node.spelled());
    }
    let embedded = embedded_at(place, documents)?;
    embedded.key().into_iter().chain([embedded]).find(is_it).map(Node::text)
}
