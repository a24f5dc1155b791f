//! The lines of the sources that a finding is about, cut to what fits a screen.
//!
//! A minified document is one line of thousands of characters: only the windows around the
//! labels are kept, with `…` for what is left out, so that the place is always shown and no line is
//! wider than the terminal.

use std::borrow::Cow;
use std::ops::Range;

use crate::finding::{Label, Problem};
use crate::secrecy::Masked;
use crate::source::{Cut, Position, Source, SourceId, Span};
use crate::visible::{visible, visible_lines};

/// What precedes a line of the source: its number and a bar.
const GUTTER: usize = 8;
/// A window is not narrower than this, in bytes.
const NARROWEST: usize = 24;
/// Lines shown before and after the line of a label.
const CONTEXT: usize = 1;

/// Lines of one or more sources with labels in them.
#[derive(Debug, Default)]
pub(super) struct Excerpt {
    /// The lines that are shown, one after the other.
    pub text: String,
    /// Which lines they are.
    pub chunks: Vec<Chunk>,
    /// The labels, the one at fault first.
    pub marks: Vec<Mark>,
    /// How wide a line may be, in bytes.
    widest: usize,
}

/// Lines that follow one another in one source.
#[derive(Debug)]
pub(super) struct Chunk {
    /// The name of the source.
    pub name: String,
    /// The bytes of the excerpt, without the last line end.
    pub range: Range<usize>,
    /// The number of the first line, from 1.
    pub first_line: usize,
    /// How many lines there are.
    pub lines: usize,
}

/// A label in an excerpt.
#[derive(Debug)]
pub(super) struct Mark {
    /// The bytes of the excerpt.
    pub range: Range<usize>,
    /// What to say there.
    pub text: String,
    /// Where it is in the source.
    pub position: Position,
}

impl Excerpt {
    /// The excerpt that shows all labels of a problem in a terminal of some width, in characters.
    pub(super) fn of(problem: &Problem, outcome: &Masked, width: usize) -> Excerpt {
        let labels: Vec<&Label> = std::iter::once(&problem.at).chain(&problem.also).collect();
        let mut excerpt = Excerpt { widest: width.saturating_sub(GUTTER), ..Excerpt::default() };
        let mut marks: Vec<Option<Mark>> = labels.iter().map(|_| None).collect();
        let mut shown: Vec<SourceId> = Vec::new();
        for label in &labels {
            let id = label.at.source;
            if shown.contains(&id) {
                continue;
            }
            shown.push(id);
            let Some(source) = outcome.sources.get(&id) else { continue };
            let own = labels.iter().enumerate().filter(|(_, label)| label.at.source == id);
            let own: Vec<(usize, &Label)> = own.map(|(at, label)| (at, *label)).collect();
            excerpt.add_source(source, outcome, &own, &mut marks);
        }
        excerpt.marks = marks.into_iter().flatten().collect();
        excerpt.made_visible()
    }

    /// The excerpt with a picture of each character that would not be seen, or that would move the
    /// cursor. The labels move along.
    fn made_visible(mut self) -> Excerpt {
        let mut shown = String::with_capacity(self.text.len());
        let mut moved = Vec::with_capacity(self.text.len() + 1);
        for (c, picture) in self.text.chars().zip(visible_lines(&self.text)) {
            moved.extend(std::iter::repeat_n(shown.len(), c.len_utf8()));
            shown.push(picture);
        }
        moved.push(shown.len());
        let ranges = self.chunks.iter_mut().map(|chunk| &mut chunk.range);
        for range in ranges.chain(self.marks.iter_mut().map(|mark| &mut mark.range)) {
            *range = moved[range.start]..moved[range.end];
        }
        for chunk in &mut self.chunks {
            chunk.name = visible(&chunk.name).into_owned();
        }
        self.text = shown;
        self
    }

    fn add_source(
        &mut self,
        source: &Source,
        outcome: &Masked,
        labels: &[(usize, &Label)],
        marks: &mut [Option<Mark>],
    ) {
        let line_of = |label: &Label| source.position(label.at.span.start).line;
        let last_line = source.line_starts().len();
        let mut wanted: Vec<usize> = labels
            .iter()
            .flat_map(|(_, label)| {
                line_of(label).saturating_sub(CONTEXT).max(1)..=(line_of(label) + CONTEXT).min(last_line)
            })
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        for line in wanted {
            let here: Vec<(usize, &Label)> =
                labels.iter().filter(|(_, label)| line_of(label) == line).copied().collect();
            self.add_line(source, outcome, line, &here, marks);
        }
    }

    fn add_line(
        &mut self,
        source: &Source,
        outcome: &Masked,
        line: usize,
        labels: &[(usize, &Label)],
        marks: &mut [Option<Mark>],
    ) {
        let starts = source.line_starts();
        let start = starts[line - 1] as usize;
        let end = starts.get(line).map_or(source.text.len(), |next| *next as usize);
        let text = source.text.cut(start..end).trim_end_matches(['\n', '\r']);
        let text = if line == 1 { text.trim_start_matches('\u{feff}') } else { text };
        let start = if line == 1 && source.text.starts_with('\u{feff}') {
            start + '\u{feff}'.len_utf8()
        } else {
            start
        };
        // A label that reaches over several lines is shown on its first.
        let within = |label: &Label| {
            let from = (label.at.span.start as usize).saturating_sub(start).min(text.len());
            let to = (label.at.span.end as usize).saturating_sub(start).min(text.len());
            from..to.max(from)
        };
        let parts: Vec<Range<usize>> = labels.iter().map(|(_, label)| within(label)).collect();
        let at = self.text.len();
        let windows = windows(text, &parts, self.widest);
        let mut offsets = Vec::new();
        for window in &windows {
            if window.start > 0 {
                self.text.push('…');
            }
            offsets.push(self.text.len());
            let (from, to) = (start + window.start, start + window.end);
            self.text.push_str(&masked(
                text.cut(window.clone()),
                from,
                outcome.concealed(source.id, from..to),
            ));
        }
        if windows.last().is_some_and(|window| window.end < text.len()) {
            self.text.push('…');
        }
        for ((index, label), part) in labels.iter().zip(&parts) {
            let found = windows
                .iter()
                .zip(&offsets)
                .find(|(window, _)| window.start <= part.start && part.start <= window.end);
            let (window, offset) = found.expect("each label has a window");
            let range = offset + part.start - window.start..offset + part.end.min(window.end) - window.start;
            let position = source.position(label.at.span.start);
            marks[*index] = Some(Mark { range, text: label.text.clone(), position });
        }
        let end = self.text.len();
        self.text.push('\n');
        match self.chunks.last_mut() {
            Some(chunk) if chunk.name == source.name && chunk.first_line + chunk.lines == line => {
                chunk.range.end = end;
                chunk.lines += 1;
            }
            _ => self.chunks.push(Chunk {
                name: source.name.clone(),
                range: at..end,
                first_line: line,
                lines: 1,
            }),
        }
    }
}

/// A part of a line that starts at an offset, with a star in the place of each byte that is not shown.
fn masked<'t>(line: &'t str, start: usize, parts: &[Span]) -> Cow<'t, str> {
    if parts.is_empty() {
        return Cow::Borrowed(line);
    }
    let mut masked = String::with_capacity(line.len());
    for part in parts {
        let within = |at: u32| (at as usize).saturating_sub(start).clamp(masked.len(), line.len());
        let (from, to) = (within(part.start), within(part.end));
        masked.push_str(line.cut(masked.len()..from));
        masked.extend(std::iter::repeat_n('*', to - from));
    }
    masked.push_str(line.cut(masked.len()..));
    Cow::Owned(masked)
}

/// The parts of a line that are shown, of `widest` bytes together or little more.
#[expect(clippy::single_range_in_vec_init, reason = "a line has one window or more")]
fn windows(line: &str, labels: &[Range<usize>], widest: usize) -> Vec<Range<usize>> {
    let width = line.len();
    if width <= widest {
        return vec![0..width];
    }
    let floor = |at: usize| line.cut(..at).len();
    if labels.is_empty() {
        return vec![0..floor(widest)];
    }
    let share = (widest / labels.len()).max(NARROWEST);
    let mut windows: Vec<Range<usize>> = labels
        .iter()
        .map(|label| {
            let length = label.len().min(share / 2);
            let around = (share - length) / 2;
            floor(label.start.saturating_sub(around))..floor(label.start + length + around)
        })
        .collect();
    windows.sort_by_cached_key(|window| window.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for window in windows {
        match merged.last_mut() {
            Some(last) if window.start <= last.end => last.end = last.end.max(window.end),
            _ => merged.push(window),
        }
    }
    merged
}
