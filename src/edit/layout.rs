//! The layout of a text, which every notation continues.

use crate::source::{Cut, Source};

/// How the text around a place is laid out.
pub(super) struct Layout {
    /// The line end in use; `None` if everything is on one line.
    pub newline: Option<&'static str>,
    /// What one level of nesting adds.
    pub unit: String,
    /// The whitespace at the start of the line.
    pub depth: String,
}

impl Layout {
    /// The layout around an offset of a text.
    pub(super) fn around(source: &Source, offset: u32) -> Layout {
        let text = &source.text;
        let line = text.cut(..offset as usize).rfind('\n').map_or(0, |newline| newline + 1);
        let indent =
            |line: &str| line.cut(..line.len() - line.trim_start_matches([' ', '\t']).len()).to_owned();
        let depth = indent(text.cut(line..offset as usize));
        let newline = text.find('\n').map(|at| if text.cut(..at).ends_with('\r') { "\r\n" } else { "\n" });
        let first = text.lines().skip(1).map(indent).find(|blanks| !blanks.is_empty());
        // A node that does not begin its line stays on that line.
        let begins = depth.len() == offset as usize - line && line > 0;
        let unit = first.unwrap_or_else(|| "  ".to_owned());
        Layout { newline: newline.filter(|_| begins), unit, depth }
    }
}
