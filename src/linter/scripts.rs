//! The scripts of a project: what they pass to a call beside a document, and which texts they put together.

use std::sync::Arc;

use crate::document::{Document, DocumentKind, ServiceForm};
use crate::finding::Severity;
use crate::input::is_name_of_script;
use crate::inputs::{Input, Inputs};
use crate::project::{Passed, may_call};
use crate::tree::Node;

use super::reading::Reading;
use super::run::source;

/// What is in the names of the files in YAML and JSON that contain scripts.
const NAMES: [&str; 9] = [
    "buildspec",
    "pipeline",
    "gitlab-ci",
    "drone",
    "taskfile",
    "deploy",
    "package.json",
    "/.circleci/",
    "/.github/",
];

/// The scripts of a project.
#[derive(Debug, Default)]
pub(super) struct Scripts(Vec<Arc<str>>);

impl Scripts {
    /// The scripts, if it matters what is in them.
    pub(super) fn of(inputs: &dyn Inputs, all: &[&Input], readings: &[Result<Reading, String>]) -> Scripts {
        // What is wrong with a field may never be sent.
        let is_faulty = |reading: &Reading| {
            let has_error = || reading.findings.iter().any(|finding| finding.severity == Severity::Error);
            reading.documents.iter().any(is_sent) && has_error()
        };
        let matters = |reading: &Reading| {
            reading.is_lone_fragment() || reading.documents.iter().any(may_get_more) || is_faulty(reading)
        };
        if !readings.iter().flatten().any(matters) {
            return Scripts::default();
        }
        let holds_script = |(input, reading): &(&&Input, &Result<Reading, String>)| {
            let location = format!("/{}", input.location.to_ascii_lowercase());
            let is_of_workflow = |document: &Document| document.kind == DocumentKind::Workflow;
            let is_other = reading.as_ref().is_ok_and(|reading| reading.documents.iter().all(is_of_workflow));
            is_other && (NAMES.iter().any(|name| location.contains(name)) || is_name_of_script(&location))
        };
        let among = all.iter().zip(readings).filter(holds_script);
        let among = among.filter_map(|(input, _)| Some(source(inputs, input).ok()?.text.clone()));
        let texts = inputs.scripts().into_iter().chain(among).filter(|text| may_call(text));
        Scripts(texts.map(Arc::from).collect())
    }

    /// What they pass to calls. `is_there` tells whether the file that one is about exists: if not, it is made of another.
    pub(super) fn passed(&self, is_there: impl Fn(&Passed) -> bool) -> Vec<Passed> {
        let mut all = Vec::new();
        for text in &self.0 {
            let found = |passed: Passed| if is_there(&passed) { passed } else { passed.made_in(text) };
            all.extend(Passed::all(text).into_iter().map(found));
        }
        all
    }

    /// Whether one of them names a file.
    pub(super) fn name(&self, input: &Input) -> bool {
        let name = input.location.rsplit('/').next().unwrap_or(&input.location);
        self.0.iter().any(|text| text.contains(name))
    }
}

/// Whether a document is one that a call gets as a whole.
fn is_sent(document: &Document) -> bool {
    let is_ours = matches!(
        document.kind,
        DocumentKind::TaskDefinition(_) | DocumentKind::Service(ServiceForm::Create | ServiceForm::Update)
    );
    is_ours && document.address.is_none() && document.root().parent().is_none()
}

/// Whether a document lacks a field that a call may get beside it, and that would be missed.
fn may_get_more(document: &Document) -> bool {
    let root = document.root();
    let lacks = |fields: &[&str]| fields.iter().any(|field| root.get(field).is_none());
    let gets_more = match document.kind {
        DocumentKind::TaskDefinition(_) => lacks(&["family"]) || is_unfit(root),
        DocumentKind::Service(ServiceForm::Create) => {
            lacks(&["serviceName", "cluster", "taskDefinition", "networkConfiguration"])
        }
        DocumentKind::Service(ServiceForm::Update) => lacks(&["service", "cluster"]),
        _ => return false,
    };
    gets_more && is_sent(document)
}

/// Whether a task definition lacks what its containers or Fargate need.
fn is_unfit(task: Node) -> bool {
    let lists = |launch_type: &str| {
        let mut listed = task.get("requiresCompatibilities").into_iter().flat_map(Node::items);
        listed.any(|one| one.as_text() == Some(launch_type))
    };
    let lacks = |fields: &[&str]| fields.iter().all(|field| task.get(field).is_none());
    let is_awsvpc = || task.get("networkMode").is_some_and(|mode| mode.as_text() == Some("awsvpc"));
    let is_unfit_for_fargate =
        || !is_awsvpc() || ["cpu", "memory", "executionRoleArn"].iter().any(|field| lacks(&[field]));
    let has_own_memory =
        |container: Node| ["memory", "memoryReservation"].iter().any(|field| container.get(field).is_some());
    let mut containers = task.get("containerDefinitions").into_iter().flat_map(Node::items);
    (lists("FARGATE") && is_unfit_for_fargate()) || (lacks(&["memory"]) && !containers.all(has_own_memory))
}
