//! The texts that the page gives, each as if the user had named it: what is not linted is said.

use std::sync::Arc;

use ecs_lint::Texts;
use ecs_lint::inputs::{Input, Inputs, Role};
use ecs_lint::source::{Source, SourceId};

/// Texts of the page.
#[derive(Default)]
pub(crate) struct Pasted {
    texts: Texts,
    inputs: Vec<Input>,
}

impl Pasted {
    /// Texts with their names.
    pub(crate) fn new(names: &[String], texts: &[String]) -> Pasted {
        let texts = Texts::new(names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)));
        let inputs = texts.list().iter().map(|input| Input { role: Role::Named, ..input.clone() }).collect();
        Pasted { texts, inputs }
    }

    /// One of the texts.
    pub(crate) fn source(&self, id: SourceId) -> Arc<Source> {
        let bytes = self.texts.read(id).unwrap_or_default();
        Arc::new(Source::from_bytes(id, "", bytes))
    }
}

impl Inputs for Pasted {
    fn list(&self) -> &[Input] {
        &self.inputs
    }

    fn read(&self, id: SourceId) -> Result<Vec<u8>, String> {
        self.texts.read(id)
    }
}
