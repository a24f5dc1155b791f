//! Texts and places in them: what every other module uses to point.

use std::ops::{Bound, Range, RangeBounds};
use std::sync::OnceLock;

/// Parts of a text by byte offsets: the only way in which this crate slices a text.
///
/// Text that is cut off, recombined or misread puts computed offsets in unexpected places, and Rust's own
/// `text[from..to]` panics if one is inside a character or past the end. To rule that out for any input, the
/// compiler rejects it everywhere (`clippy::string_slice`, and the methods listed in `clippy.toml`), and this
/// function replaces it.
pub trait Cut {
    /// The part between two offsets, whatever they are: an offset past the end is the end, one inside a
    /// character is the start of that character, and if the second is less than the first, the part is empty.
    fn cut(&self, part: impl RangeBounds<usize>) -> &str;
}

impl Cut for str {
    #[inline]
    fn cut(&self, part: impl RangeBounds<usize>) -> &str {
        let bounds = (part.start_bound().cloned(), part.end_bound().cloned());
        self.get(bounds).unwrap_or_else(|| cut_inexactly(self, bounds))
    }
}

#[cold]
fn cut_inexactly(text: &str, (from, to): (Bound<usize>, Bound<usize>)) -> &str {
    let after = |at: usize| at.saturating_add(1);
    let from = match from {
        Bound::Included(at) => at,
        Bound::Excluded(at) => after(at),
        Bound::Unbounded => 0,
    };
    let to = match to {
        Bound::Included(at) => after(at),
        Bound::Excluded(at) => at,
        Bound::Unbounded => text.len(),
    };
    text.get(boundary(text, from)..boundary(text, to)).unwrap_or_default()
}

/// The last offset up to this one that is between two characters.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// A range of bytes in one source, end excluded. Lines and columns are computed from it only when a report is
/// written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset of the byte after the last one.
    pub end: u32,
}

impl Span {
    /// The span of the bytes `start..end`.
    pub const fn new(start: u32, end: u32) -> Span {
        Span { start, end }
    }

    /// The empty span in front of the byte at `offset`.
    pub const fn empty(offset: u32) -> Span {
        Span::new(offset, offset)
    }

    /// The span of a byte range of a text that [`Source::new`] accepted.
    pub fn of(range: Range<usize>) -> Span {
        Span::new(range.start as u32, range.end as u32)
    }

    /// The span as a range to slice a text with.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether another span is within this one.
    pub const fn holds(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span is empty.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }
}

/// The key of a source. Whoever provides the inputs assigns each a unique key, and keeps it over all runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A span in a certain source, made by [`Source::place`]. A finding may point into several of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The source that the span belongs to.
    pub source: SourceId,
    /// The bytes of the place.
    pub span: Span,
}

/// A line and a column, both from 1; the column counts characters, not bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
}

/// Why the bytes of a file cannot be read as UTF-8 text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// The text is UTF-8 throughout.
    Utf8,
    /// The file is in this encoding, whose characters have two or four bytes each: `UTF-16` or `UTF-32`. The
    /// text is converted, so its offsets are not those of the file.
    Wide(&'static str),
    /// These bytes, starting with the first invalid one, are not UTF-8. Each invalid byte is `?` in the text,
    /// so that all offsets are those of the file.
    Broken(Span),
}

/// The name of standard input, unless the user gives it the name of a file.
pub const STANDARD_INPUT: &str = "<stdin>";

/// One text with its name: a file, standard input, or a buffer of an editor.
#[derive(Debug)]
pub struct Source {
    /// Its key among the inputs.
    pub id: SourceId,
    /// The name to show: a path as the user would write it.
    pub name: String,
    /// The text. Line ends and a byte order mark are kept.
    pub text: String,
    /// How the bytes were read.
    pub encoding: Encoding,
    lines: OnceLock<Vec<u32>>,
    /// How many characters begin before each [`STRIDE`] of the text.
    characters: OnceLock<Vec<u32>>,
    /// See [`Source::indent`].
    indent: OnceLock<Box<str>>,
}

/// Within so many bytes, characters are counted one by one; a longer line has a table.
const STRIDE: usize = 512;

/// The largest text that can be read, in bytes: offsets are 32 bits wide.
pub const MAX_BYTES: usize = u32::MAX as usize - 1;

impl Source {
    /// A source from a text that is known to be UTF-8.
    pub fn new(id: SourceId, name: impl Into<String>, text: impl Into<String>) -> Source {
        let (name, text) = (name.into(), text.into());
        assert!(text.len() <= MAX_BYTES, "the reader of files refuses larger ones");
        Source {
            id,
            name,
            text,
            encoding: Encoding::Utf8,
            lines: OnceLock::new(),
            characters: OnceLock::new(),
            indent: OnceLock::new(),
        }
    }

    /// A source from the bytes of a file, whatever they contain.
    pub fn from_bytes(id: SourceId, name: impl Into<String>, bytes: Vec<u8>) -> Source {
        let (text, encoding) = decode(bytes);
        Source { encoding, ..Source::new(id, name, text) }
    }

    /// Whether it was piped in, rather than read from a file.
    pub fn is_standard_input(&self) -> bool {
        self.name == STANDARD_INPUT
    }

    /// The place of a span of this source. Every place is made here, so that everything that is reported or
    /// changed begins and ends between two characters of its text.
    pub fn place(&self, span: Span) -> Place {
        let end = boundary(&self.text, span.end as usize);
        let start = boundary(&self.text, span.start as usize).min(end);
        Place { source: self.id, span: Span::of(start..end) }
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.text.cut(span.range())
    }

    /// The offsets at which the lines start; the first is 0.
    pub fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let newlines = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(newlines.map(|(at, _)| at as u32 + 1)).collect()
        })
    }

    /// The blanks at the start of the first line that is indented; empty if none is, below the first.
    pub(crate) fn indent(&self) -> &str {
        self.indent.get_or_init(|| {
            let lines = self.line_starts().iter().skip(1).map(|start| self.text.cut(*start as usize..));
            let blanks = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
            let first = lines.map(|line| line.cut(..blanks(line))).find(|blanks| !blanks.is_empty());
            first.unwrap_or_default().into()
        })
    }

    /// Line and column of an offset; those of the end if it is past the end.
    pub fn position(&self, offset: u32) -> Position {
        let starts = self.line_starts();
        // The first line starts at 0, and no offset is before it.
        let line = starts.partition_point(|start| *start <= offset);
        let start = starts[line - 1] as usize;
        let end = boundary(&self.text, offset as usize);
        let column = if end - start <= STRIDE {
            begun(&self.text, start..end)
        } else {
            self.characters_before(end) - self.characters_before(start)
        };
        Position { line, column: column as usize + 1 }
    }

    /// How many characters begin before an offset. Many findings may be on one long line, so that none may
    /// count it from its start.
    fn characters_before(&self, offset: usize) -> u32 {
        let length = self.text.len();
        let counts = self.characters.get_or_init(|| {
            let strides = (0..length).step_by(STRIDE);
            let counts = strides.scan(0, |count, from| {
                *count += begun(&self.text, from..length.min(from + STRIDE));
                Some(*count)
            });
            std::iter::once(0).chain(counts).collect()
        });
        let stride = offset / STRIDE;
        counts[stride] + begun(&self.text, stride * STRIDE..offset)
    }
}

/// How many characters begin in a part of a text. A byte order mark is not one.
fn begun(text: &str, part: Range<usize>) -> u32 {
    let bytes = text.as_bytes();
    let is_begin = |at: &usize| {
        text.is_char_boundary(*at) && (bytes[*at] != 0xEF || !bytes[*at..].starts_with("\u{feff}".as_bytes()))
    };
    part.filter(is_begin).count() as u32
}

fn decode(bytes: Vec<u8>) -> (String, Encoding) {
    if let Some((text, name)) = transcribe(&bytes) {
        return (text, Encoding::Wide(name));
    }
    let fault = match String::from_utf8(bytes) {
        Ok(text) => return (text, Encoding::Utf8),
        Err(fault) => fault,
    };
    let start = fault.utf8_error().valid_up_to();
    let length = fault.utf8_error().error_len().unwrap_or(1);
    let mut bytes = fault.into_bytes();
    let mut from = start;
    while let Err(error) = std::str::from_utf8(&bytes[from..]) {
        let bad = from + error.valid_up_to();
        bytes[bad] = b'?';
        from = bad;
    }
    let text = String::from_utf8(bytes).expect("every byte that was no UTF-8 has been replaced");
    (text, Encoding::Broken(Span::of(start..start + length)))
}

/// The text of bytes that are UTF-16 or UTF-32, and the name of the encoding. A byte order mark decides;
/// without one, the first two characters do, since JSON starts with ASCII (RFC 4627, section 3).
fn transcribe(bytes: &[u8]) -> Option<(String, &'static str)> {
    const BIG: bool = true;
    const LITTLE: bool = false;
    let (width, order, mark) = match bytes {
        [0, 0, 0xFE, 0xFF, ..] => (4, BIG, 4),
        [0xFF, 0xFE, 0, 0, ..] if bytes.len().is_multiple_of(4) => (4, LITTLE, 4),
        [0xFE, 0xFF, ..] => (2, BIG, 2),
        [0xFF, 0xFE, ..] => (2, LITTLE, 2),
        [0, 0, 0, 1..=0xFF, ..] => (4, BIG, 0),
        [1..=0xFF, 0, 0, 0, ..] => (4, LITTLE, 0),
        [0, 1..=0xFF, 0, 1..=0xFF, ..] => (2, BIG, 0),
        [1..=0xFF, 0, 1..=0xFF, 0, ..] => (2, LITTLE, 0),
        _ => return None,
    };
    let unit = |unit: &[u8]| {
        let digit = |number: u32, byte: &u8| number << 8 | u32::from(*byte);
        if order == BIG { unit.iter().fold(0, digit) } else { unit.iter().rev().fold(0, digit) }
    };
    let units = bytes.get(mark..)?.chunks_exact(width).map(unit);
    let lost = char::REPLACEMENT_CHARACTER;
    Some(match width {
        2 => {
            let characters = char::decode_utf16(units.map(|unit| unit as u16));
            (characters.map(|c| c.unwrap_or(lost)).collect(), "UTF-16")
        }
        _ => (units.map(|unit| char::from_u32(unit).unwrap_or(lost)).collect(), "UTF-32"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(bytes: &[u8]) -> Source {
        Source::from_bytes(SourceId(0), "a.json", bytes.to_vec())
    }

    #[test]
    fn every_cut_is_one_of_whole_characters() {
        let text = "aé😀";
        for from in 0..10 {
            for to in 0..10 {
                let part = text.cut(from..to);
                assert!(text.contains(part));
                assert_eq!(text.get(from..to).unwrap_or(part), part);
            }
        }
        assert_eq!((text.cut(..2), text.cut(2..), text.cut(1..=1)), ("a", "é😀", ""));
        let source = source(text.as_bytes());
        assert_eq!(source.place(Span::new(2, 5)).span, Span::new(1, 3));
        assert_eq!(source.place(Span::new(9, 4)).span, Span::new(3, 3));
        assert_eq!(source.position(99), Position { line: 1, column: 4 });
    }

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let source = source("{\n  \"é\": 1\r\n}".as_bytes());
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        let value = source.text.find('1').expect("the value is there") as u32;
        assert_eq!(source.position(value), Position { line: 2, column: 8 });
        let end = source.text.len() as u32;
        assert_eq!(source.position(end), Position { line: 3, column: 2 });
    }

    #[test]
    fn columns_of_a_long_line_count_characters() {
        let source = source(format!("\u{feff}é\n{}", "aé😀\u{feff}".repeat(500)).as_bytes());
        let line = source.line_starts()[1] as usize;
        for (offset, _) in source.text.char_indices().filter(|(offset, _)| *offset >= line) {
            let before = source.text.cut(line..offset).chars().filter(|c| *c != '\u{feff}').count();
            assert_eq!(source.position(offset as u32), Position { line: 2, column: before + 1 });
        }
    }

    #[test]
    fn broken_bytes_keep_the_offsets_of_the_file() {
        let source = source(b"{\"a\": \"\xff\xfe\", \"b\": 1}");
        assert_eq!(source.text, "{\"a\": \"??\", \"b\": 1}");
        assert_eq!(source.encoding, Encoding::Broken(Span::new(7, 8)));
    }

    #[test]
    fn wide_encodings_are_transcribed_with_and_without_a_mark() {
        let text = "{\"é\": \"😀\"}";
        for marked in [format!("\u{feff}{text}"), text.to_owned()] {
            let units: Vec<u16> = marked.encode_utf16().collect();
            let codes: Vec<u32> = marked.chars().map(u32::from).collect();
            for (name, bytes) in [
                ("UTF-16", units.iter().flat_map(|unit| unit.to_le_bytes()).collect::<Vec<u8>>()),
                ("UTF-16", units.iter().flat_map(|unit| unit.to_be_bytes()).collect()),
                ("UTF-32", codes.iter().flat_map(|code| code.to_le_bytes()).collect()),
                ("UTF-32", codes.iter().flat_map(|code| code.to_be_bytes()).collect()),
            ] {
                assert_eq!(source(&bytes).text, text, "{name}");
                assert_eq!(source(&bytes).encoding, Encoding::Wide(name));
            }
        }
        assert_eq!(source(b"{\"a\": \"\0\"}").encoding, Encoding::Utf8);
    }
}
