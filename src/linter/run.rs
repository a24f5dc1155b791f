//! A run over inputs: each is read, then all are joined.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::joining::Joined;
use super::reading::{Reading, Role, What};
use super::threads::Threads;
use super::{Linter, Outcome};
use crate::containment::contained;
use crate::document::DocumentKind;
use crate::source::{Input, Inputs, Reach, Source, SourceId, Span};

/// What is said of a text of more than [`MAX_NODES`](crate::parse::MAX_NODES).
const TOO_MUCH: &str = "more than a million values, so it was not linted: no ECS document has that many";

impl Linter {
    /// Lints all inputs. The outcome does not depend on the number of threads.
    pub fn lint(&self, inputs: &impl Inputs) -> Outcome {
        self.run(inputs, Threads::AsNeeded)
    }

    /// Lints all inputs with a certain number of threads.
    pub fn lint_with_threads(&self, inputs: &impl Inputs, threads: usize) -> Outcome {
        self.run(inputs, Threads::Exactly(threads))
    }

    fn run(&self, inputs: &impl Inputs, threads: Threads) -> Outcome {
        let asked = inputs.list();
        let read = |position: usize, input: &Input, role: Role| {
            let read = || -> Result<Reading, String> {
                let bytes = inputs.read(position)?;
                let source = Source::from_bytes(SourceId(position as u32), input.name.as_str(), bytes);
                Ok(self.read(Arc::new(source), role))
            };
            contained(read).and_then(|reading| reading)
        };
        let role = |input: &Input| if input.named { Role::Named } else { Role::Found };
        let mut readings = threads.map(asked.len(), |at| read(at, &asked[at], role(&asked[at])));
        let mut all: Vec<&Input> = asked.iter().collect();
        if let Some(reach) = reach(&readings) {
            let around = inputs.around(reach);
            let look = |at: usize| read(asked.len() + at, &around.inputs[at], Role::Around);
            readings.extend(threads.map(around.inputs.len(), look));
            readings.extend(around.unseen.iter().map(|_| Ok(Reading::unseen())));
            all.extend(around.inputs.iter().chain(&around.unseen));
        }
        let joined = contained(|| self.join(&all, asked.len(), &readings, threads));
        let mut outcome = Outcome::default();
        for (input, reading) in asked.iter().zip(readings) {
            outcome.add_reading(input, reading);
        }
        match joined {
            Ok(joined) => outcome.add_joined(joined),
            Err(bug) => outcome.failures.push(("what the files say about each other".to_owned(), bug)),
        }
        outcome.conceal_everywhere();
        outcome.sort();
        outcome
    }
}

/// How far around the inputs something may lie that their documents refer to, or that refers to
/// them. `None` if they hold no document that is linked to others.
fn reach(readings: &[Result<Reading, String>]) -> Option<Reach> {
    let documents = || readings.iter().flatten().flat_map(Reading::speaking);
    let is_task = |kind: DocumentKind| matches!(kind, DocumentKind::TaskDefinition(_));
    let mut linked =
        documents().filter(|document| document.kind != DocumentKind::ContainerDefinitions).peekable();
    linked.peek()?;
    Some(if linked.all(|document| is_task(document.kind)) { Reach::Folder } else { Reach::Project })
}

impl Outcome {
    fn add_reading(&mut self, input: &Input, reading: Result<Reading, String>) {
        let reading = match reading {
            Ok(reading) => reading,
            Err(reason) => return self.failures.push((input.name.clone(), reason)),
        };
        let passed_over = match reading.what {
            What::Ours => {
                self.summary.files += 1;
                None
            }
            What::TooMuch => {
                return self.failures.push((input.name.clone(), TOO_MUCH.to_owned()));
            }
            What::Other(other) => {
                *self.summary.others.entry(other.name).or_default() += 1;
                Some(Some(other))
            }
            What::Unrelated => {
                self.summary.unrelated += 1;
                Some(None)
            }
        };
        if let Some(other) = passed_over.filter(|_| input.named) {
            self.passed_over.push((input.name.clone(), other));
        }
        for document in &reading.documents {
            *self.summary.documents.entry(document.kind.name()).or_default() += 1;
        }
        if !reading.findings.is_empty() {
            self.sources.extend(reading.source.map(|source| (source.id, source)));
            self.findings.extend(reading.findings);
        }
    }

    fn add_joined(&mut self, joined: Joined) {
        self.findings.extend(joined.findings);
        self.sources.extend(joined.sources);
        self.links.extend(joined.links);
        self.failures.extend(joined.failures);
    }

    /// Lets no finding show what one of them conceals: the lines around it may hold it too.
    fn conceal_everywhere(&mut self) {
        let mut parts: BTreeMap<SourceId, Vec<Span>> = BTreeMap::new();
        for place in self.findings.iter().flat_map(|finding| &finding.problem.concealed) {
            parts.entry(place.source).or_default().push(place.span);
        }
        for (id, parts) in parts {
            if let Some(source) = self.sources.get(&id) {
                source.conceal(parts);
            }
        }
    }

    fn sort(&mut self) {
        self.findings.sort_by_key(|finding| (finding.problem.at.at, finding.rule));
        self.links.sort();
        self.passed_over.sort();
        self.failures.sort();
        // A file fails once, in however many pairs it is looked at.
        self.failures.dedup();
    }
}
