//! What no report shows, because it may be a secret.

use std::collections::BTreeMap;
use std::ops::{Deref, Range};

use crate::linter::Outcome;
use crate::source::{SourceId, Span};

/// An outcome of which nothing secret is shown. Reports are made of nothing else.
#[derive(Debug, Default)]
pub struct Masked {
    outcome: Outcome,
    /// The parts of each source that are secret, in the order of the text; none overlaps another.
    parts: BTreeMap<SourceId, Vec<Span>>,
}

impl Masked {
    /// Finds out what is secret in the sources of an outcome.
    pub fn of(outcome: Outcome) -> Masked {
        let mut parts: BTreeMap<SourceId, Vec<Span>> = BTreeMap::new();
        let all = outcome.findings.iter().chain(&outcome.ignored);
        for place in all.flat_map(|finding| &finding.problem.concealed) {
            parts.entry(place.source).or_default().push(place.span);
        }
        parts.values_mut().for_each(|parts| parts.sort());
        Masked { outcome, parts }
    }

    /// What is not shown of a range of a source.
    pub fn concealed(&self, source: SourceId, range: Range<usize>) -> &[Span] {
        let parts = self.parts.get(&source).map_or(&[][..], Vec::as_slice);
        let first = parts.partition_point(|part| part.end as usize <= range.start);
        let end = parts.partition_point(|part| (part.start as usize) < range.end);
        parts.get(first..end).unwrap_or_default()
    }
}

impl Deref for Masked {
    type Target = Outcome;

    fn deref(&self) -> &Outcome {
        &self.outcome
    }
}
