//! Comments that ignore findings: `// ecs-lint-ignore unpinned-image: the deploy step pins it`.

use std::sync::Arc;

use crate::finding::{Category, Label, Problem};
use crate::rule::Rule;
use crate::rules::Registry;
use crate::source::{Cut, Place, Source, Span};
use crate::spelling::nearest;

/// How such a comment begins.
pub const MARK: &str = "ecs-lint-ignore";

/// A comment that ignores the findings of some rules on one line: its own, or the next one if the
/// comment has a line for itself.
#[derive(Clone, Debug)]
pub struct Comment {
    /// The text that contains it.
    pub source: Arc<Source>,
    /// Where the names of the rules are.
    pub at: Place,
    /// Ids of rules, and names of categories.
    pub names: Vec<String>,
    /// The line, with its end.
    line: Span,
}

impl Comment {
    /// Whether a text may have one.
    pub fn may_be_in(source: &Source) -> bool {
        source.text.contains(MARK)
    }

    /// Reads a comment of a text. What is wrong with it is a problem: it then ignores nothing. `sought` is the
    /// same for all comments of the text.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn read(
        source: &Arc<Source>,
        comment: Span,
        sought: &mut Sought,
        registry: &Registry,
    ) -> Result<Comment, Box<Problem>> {
        let range = comment.range();
        let text = source.text.cut(range.clone());
        let start = range.start + text.find(MARK).map_or(0, |at| at + MARK.len());
        let says = source.text.cut(start..range.end).trim_end_matches("*/").trim_end();
        let (names, reason) = says.split_once(':').unwrap_or((says, ""));
        let place = |from: usize, length: usize| source.place(Span::of(from..from + length));
        let names_at = start + names.len() - names.trim_start().len();
        let at = place(names_at, names.trim().len());
        if names.trim().is_empty() {
            let problem =
                Problem::new("this comment names no rule", Label::new(place(start, 0), "which rule?"));
            return Err(Box::new(problem.help(HELP)));
        }
        if reason.trim().is_empty() {
            let label = Label::new(at, "why are its findings accepted?");
            return Err(Box::new(Problem::new("this comment gives no reason", label).help(HELP)));
        }
        let mut from = start;
        let mut found = Vec::new();
        for part in names.split(',') {
            let name = part.trim();
            if name.parse::<Category>().is_err() && registry.find(name).is_none() {
                let at = place(from + part.len() - part.trim_start().len(), name.len());
                return Err(Box::new(unknown(name, at, registry)));
            }
            found.push(name.to_owned());
            from += part.len() + 1;
        }
        let line = sought.line(source, &range);
        Ok(Comment { source: Arc::clone(source), at, names: found, line })
    }

    /// Whether it is about a rule.
    pub(super) fn is_about(&self, rule: &Rule) -> bool {
        self.names.iter().any(|name| name == rule.id || name == rule.category.name())
    }
}

/// The comments of a run, by the lines that they are about, each with its position in the list that
/// they were made of.
pub(super) struct Comments<'c>(pub(super) Vec<(usize, &'c Comment)>);

impl<'c> Comments<'c> {
    pub(super) fn of(comments: &'c [Comment]) -> Comments<'c> {
        let mut sorted: Vec<(usize, &Comment)> = comments.iter().enumerate().collect();
        sorted.sort_by_key(|(_, comment)| (comment.source.id, comment.line.start));
        Comments(sorted)
    }

    /// The comments that are about the line on which a place begins.
    pub(super) fn on_line_of(&self, at: Place) -> &[(usize, &'c Comment)] {
        let is_before =
            |comment: &Comment| (comment.source.id, comment.line.end) <= (at.source, at.span.start);
        let first = self.0.partition_point(|(_, comment)| is_before(comment));
        let rest = self.0.get(first..).unwrap_or_default();
        let is_here =
            |comment: &Comment| (comment.source.id, comment.line.start) <= (at.source, at.span.start);
        rest.get(..rest.partition_point(|(_, comment)| is_here(comment))).unwrap_or_default()
    }
}

const HELP: &str = "write `ecs-lint-ignore rule-id: reason`";

fn unknown(name: &str, at: Place, registry: &Registry) -> Problem {
    let help = match nearest(name, registry.names().chain(Category::ALL.map(Category::name))) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`ecs-lint rules` lists all rules".to_owned(),
    };
    let message = format!("there is no rule or category `{name}`, so this comment ignores nothing");
    Problem::new(message, Label::new(at, "unknown rule or category")).help(help)
}

/// The lines that were last looked through for one that says something. Comments may be one below the other, so that
/// each of them would look through the same.
#[derive(Debug, Default)]
pub struct Sought {
    from: usize,
    found: usize,
}

impl Sought {
    /// The line that a comment is about.
    fn line(&mut self, source: &Source, comment: &std::ops::Range<usize>) -> Span {
        let starts = source.line_starts();
        let of = |number: usize| {
            let start = starts[number - 1] as usize;
            let end = starts.get(number).map_or(source.text.len(), |next| *next as usize);
            start..end
        };
        let own = source.position(comment.start as u32).line;
        let before = source.text.cut(of(own).start..comment.start);
        if !before.trim().is_empty() {
            return Span::of(of(own));
        }
        let next = source.position(comment.end as u32).line + 1;
        if !(self.from..=self.found).contains(&next) {
            let is_said = |number: &usize| {
                let text = source.text.cut(of(*number)).trim();
                !text.is_empty()
                    && !text.starts_with("//")
                    && !text.starts_with("/*")
                    && !text.starts_with('#')
            };
            let end = starts.len() + 1;
            *self = Sought { from: next, found: (next..end).find(is_said).unwrap_or(end) };
        }
        if self.found > starts.len() { Span::default() } else { Span::of(of(self.found)) }
    }
}
