//! What rules about unresolved values have in common: all such values of a document are one finding, which
//! shows a few and counts the others.

use crate::document::Document;
use crate::finding::{Label, Problem};
use crate::model::Known;
use crate::placeholder::{Found, Kind};
use crate::tree::Node;

/// More places than this are counted, not shown.
const SHOWN: usize = 3;
/// The lines of this many places are named.
const LINES: usize = 8;

/// The unresolved values of a document, in the order of the text.
pub(super) struct Unresolved<'d> {
    document: &'d Document,
    found: Vec<(Node<'d>, &'d Found)>,
}

impl<'d> Unresolved<'d> {
    /// The values that contain a placeholder of certain kinds.
    pub(super) fn of(document: &'d Document, is_meant: impl Fn(Kind) -> bool) -> Unresolved<'d> {
        let placeholders = document.root().placeholders();
        Unresolved { document, found: placeholders.filter(|(_, found)| is_meant(found.kind)).collect() }
    }

    /// The first value, what it contains, and how many there are.
    pub(super) fn first(&self) -> Option<(Node<'d>, &'d Found, usize)> {
        self.found.first().map(|(node, found)| (*node, *found, self.found.len()))
    }

    /// The problem for all of them, with a label for the first one.
    pub(super) fn problem(&self, message: String, label: &str, help: &str) -> Option<Problem> {
        let (shown, counted) = self.found.split_at(self.found.len().min(SHOWN));
        let label_of = |(node, found): &(Node, &Found), text: &str| {
            Known::new(*node, node.text()).part_label(found.range.clone(), text)
        };
        let (first, others) = shown.split_first()?;
        let others: Vec<Label> = others.iter().map(|other| label_of(other, "")).collect();
        let problem = Problem::new(message, label_of(first, label)).also_each(others);
        Some(problem.help(match counted {
            [] => help.to_owned(),
            _ => format!("{help} ({} more: {})", counted.len(), self.lines(counted)),
        }))
    }

    /// `line 7`, `lines 7, 9, 12, …`
    fn lines(&self, values: &[(Node, &Found)]) -> String {
        let line = |(node, _): &(Node, &Found)| self.document.tree().source.position(node.span().start).line;
        let mut lines: Vec<String> = values.iter().map(|value| line(value).to_string()).collect();
        lines.dedup();
        let noun = if lines.len() == 1 { "line" } else { "lines" };
        let rest = if lines.len() > LINES { ", …" } else { "" };
        lines.truncate(LINES);
        format!("{noun} {}{rest}", lines.join(", "))
    }
}
