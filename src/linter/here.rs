//! The documents of one source, by their places.

use std::sync::OnceLock;

use crate::document::Document;
use crate::settings::Comment;
use crate::source::Span;

/// The documents of one source, in the order of their nodes. There may be many, with many findings.
pub(super) struct Here<'d> {
    documents: Vec<&'d Document>,
    /// What each calls itself, once that is asked.
    titles: Vec<OnceLock<String>>,
    /// How far each of them and those in front of it reach.
    reach: Vec<u32>,
    /// Whether none begins in front of the one before it.
    is_in_order: bool,
    /// Whether the source may have comments that ignore findings, once that is asked.
    has_marks: OnceLock<bool>,
}

impl<'d> Here<'d> {
    pub(super) fn of(mut documents: Vec<&'d Document>) -> Here<'d> {
        documents.sort_by_cached_key(|one| one.root().index());
        let ends = documents.iter().scan(0, |reach, one| {
            *reach = one.extent().end.max(*reach);
            Some(*reach)
        });
        let reach = ends.collect();
        let is_in_order = documents.is_sorted_by_key(|one| one.extent().start);
        let titles = documents.iter().map(|_| OnceLock::new()).collect();
        Here { documents, titles, reach, is_in_order, has_marks: OnceLock::new() }
    }

    /// The first document.
    pub(super) fn first(&self) -> Option<&'d Document> {
        self.documents.first().copied()
    }

    /// Whether the source may have comments that ignore findings.
    pub(super) fn has_marks(&self) -> bool {
        let source = self.first().map(|document| &document.tree().source);
        *self.has_marks.get_or_init(|| source.is_some_and(|source| Comment::may_be_in(source)))
    }

    /// The last document that a span is in.
    pub(super) fn at(&self, span: Span) -> Option<&'d Document> {
        self.index_at(span).map(|at| self.documents[at])
    }

    /// The document that a span is in, or else the first, and what it calls itself.
    pub(super) fn titled(&self, span: Span) -> Option<(&'d Document, &str)> {
        let at = self.index_at(span).unwrap_or(0);
        let document = self.documents.get(at)?;
        Some((document, self.titles[at].get_or_init(|| document.to_string())))
    }

    fn index_at(&self, span: Span) -> Option<usize> {
        let begins = |one: &&Document| one.extent().start <= span.start;
        let end =
            if self.is_in_order { self.documents.partition_point(begins) } else { self.documents.len() };
        let near = (0..end).rev().take_while(|at| self.reach[*at] >= span.end);
        near.into_iter().find(|at| self.documents[*at].extent().holds(span))
    }
}
