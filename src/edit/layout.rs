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
        let (text, offset) = (&source.text, offset as usize);
        let starts = source.line_starts();
        let line = starts[starts.partition_point(|start| *start as usize <= offset) - 1] as usize;
        let own = text.cut(line..offset);
        let depth = own.cut(..own.len() - own.trim_start_matches([' ', '\t']).len()).to_owned();
        let first_line = starts.get(1).map(|next| text.cut(..*next as usize));
        let newline = first_line.map(|line| if line.ends_with("\r\n") { "\r\n" } else { "\n" });
        // A node that does not begin its line stays on that line.
        let begins = depth.len() == own.len() && line > 0;
        let unit = match source.indent() {
            "" => "  ".to_owned(),
            blanks => blanks.to_owned(),
        };
        Layout { newline: newline.filter(|_| begins), unit, depth }
    }
}
