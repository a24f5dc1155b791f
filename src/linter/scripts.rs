//! The scripts of a project: what they pass to a call beside a document, and which texts they put together.

use crate::document::{Document, DocumentKind, ServiceForm};
use crate::input::is_name_of_script;
use crate::inputs::{Input, Inputs};
use crate::project::{Passed, may_call};

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
pub(super) struct Scripts(Vec<String>);

impl Scripts {
    /// The scripts, if it matters what is in them.
    pub(super) fn of(inputs: &impl Inputs, all: &[&Input], readings: &[Result<Reading, String>]) -> Scripts {
        let matters =
            |reading: &Reading| reading.is_lone_fragment() || reading.documents.iter().any(may_get_more);
        if !readings.iter().flatten().any(matters) {
            return Scripts::default();
        }
        let holds_script = |(input, reading): &(&&Input, &Result<Reading, String>)| {
            let location = input.location.to_ascii_lowercase();
            let is_other = reading.as_ref().is_ok_and(|reading| reading.documents.is_empty());
            is_other && (NAMES.iter().any(|name| location.contains(name)) || is_name_of_script(&location))
        };
        let among = all.iter().zip(readings).filter(holds_script);
        let among = among.filter_map(|(input, _)| Some(source(inputs, input).ok()?.text.clone()));
        Scripts(inputs.scripts().into_iter().chain(among).filter(|text| may_call(text)).collect())
    }

    /// What they pass to calls.
    pub(super) fn passed(&self) -> Vec<Passed> {
        self.0.iter().flat_map(|text| Passed::all(text)).collect()
    }

    /// Whether one of them names a file.
    pub(super) fn name(&self, input: &Input) -> bool {
        let name = input.location.rsplit('/').next().unwrap_or(&input.location);
        self.0.iter().any(|text| text.contains(name))
    }
}

/// Whether a document lacks a field that a call may get beside it.
fn may_get_more(document: &Document) -> bool {
    let root = document.root();
    let fields: &[&str] = match document.kind {
        DocumentKind::TaskDefinition(_) => &["family"],
        DocumentKind::Service(ServiceForm::Create) => &["serviceName", "cluster"],
        DocumentKind::Service(ServiceForm::Update) => &["service", "cluster"],
        _ => return false,
    };
    document.address.is_none()
        && root.parent().is_none()
        && fields.iter().any(|field| root.get(field).is_none())
}
