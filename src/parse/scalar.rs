//! Strings, numbers and words.

use super::FaultKind;
use super::json::Parser;
use crate::placeholder::expression;
use crate::source::{Cut, Span};
use crate::tree::{RawNode, Run, Tree, Written, hash};

impl Parser<'_> {
    pub(super) fn push(&mut self, written: Written, span: Span, text: Span) {
        let link = self.tree.nodes.len() as u32 + 1;
        self.tree.nodes.push(RawNode::new(written, span, text, link));
    }

    /// Pushes a key or a text whose value is a slice of the source.
    pub(super) fn push_named(&mut self, written: Written, span: Span, text: Span) {
        self.push(written, span, text);
        if written == Written::Key {
            let node = self.tree.nodes.last_mut().expect("just pushed");
            node.link = hash(self.text.cut(text.range()));
        }
    }

    /// Pushes a key or a text whose value has to be decoded.
    pub(super) fn push_decoded(&mut self, written: Written, span: Span, inside: Span) {
        let start = self.tree.strings.len();
        unescape(self.text.cut(inside.range()), inside.start, &mut self.tree);
        let text = Span::of(start..self.tree.strings.len());
        self.push(written, span, text);
        let index = self.tree.nodes.len() as u32 - 1;
        self.tree.mark_decoded(index);
        if written == Written::Key {
            self.tree.nodes[index as usize].link = hash(self.tree.strings.cut(text.range()));
        }
    }

    /// Reads a string that starts here with a double quote.
    pub(super) fn string(&mut self, written: Written) {
        if self.may_have_expressions
            && let Some(end) = self.string_with_expression()
        {
            return self.unrendered_string(written, end);
        }
        let (start, faults) = (self.at, self.faults.len());
        let mut at = start + 1;
        let mut escaped = false;
        let mut control = None;
        loop {
            at += plain_length(&self.bytes[at..]);
            match self.bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    at = self.escape(at);
                }
                Some(b'\n') if self.lacks_quote(at) => return self.unclosed_string(written, start, at),
                Some(_) => {
                    control.get_or_insert(at);
                    at += 1;
                }
                None => return self.unclosed_string(written, start, at),
            }
        }
        self.at = at + 1;
        if let Some(control) = control {
            self.fault(FaultKind::ControlCharacter, Span::of(control..control + 1));
        }
        let (span, inside) = (Span::of(start..self.at), Span::of(start + 1..at));
        if escaped {
            self.push_decoded(written, span, inside);
        } else {
            self.push_named(written, span, inside);
        }
        if self.faults.len() > faults && written == Written::Text {
            // What was meant by it is a guess.
            self.tree.forget(self.tree.nodes.len() as u32 - 1);
        }
        self.tree.holds_empty_text |= written == Written::Text && at == start + 1;
    }

    /// Where the string ends that starts here, if it has an expression with a quotation mark of its own.
    fn string_with_expression(&self) -> Option<usize> {
        let mut at = self.at + 1;
        let mut has_any = false;
        loop {
            match self.bytes.get(at)? {
                b'"' => return has_any.then_some(at + 1),
                b'\\' => at += 2,
                b'\n' => return None,
                b'$' | b'%' | b'<' | b'{' => {
                    let rest = self.text.cut(at..);
                    let quoted = expression(rest).filter(|length| rest.cut(..*length).contains('"'));
                    has_any |= quoted.is_some();
                    at += quoted.unwrap_or(1);
                }
                _ => at += 1,
            }
        }
    }

    /// A string that is known only when its expressions are filled in.
    fn unrendered_string(&mut self, written: Written, end: usize) {
        let span = Span::of(self.at..end);
        self.at = end;
        self.holes.push(span);
        if written == Written::Key {
            self.mark_open_incomplete();
            self.push(Written::Key, span, span);
            self.tree.mark_shadowed(self.tree.nodes.len() as u32 - 1);
        } else {
            self.push(Written::Hole, span, inside(span));
        }
    }

    /// Whether a line end inside a string means that its closing quote was forgotten: the next line starts
    /// like a line of JSON, not with the closing quote.
    pub(super) fn lacks_quote(&self, newline: usize) -> bool {
        let rest = self.text.cut(newline..).trim_start();
        let after_quote = rest.strip_prefix('"').map(|after| after.trim_start_matches([' ', '\t', '\r']));
        let closes = after_quote.is_some_and(|after| after.starts_with([',', '}', ']', '\n']));
        rest.is_empty() || !closes && rest.starts_with(['}', ']', '"', '{', '['])
    }

    pub(super) fn unclosed_string(&mut self, written: Written, start: usize, end: usize) {
        let body = self.text.cut(start..end).trim_end().trim_end_matches(',').trim_end().len().max(1);
        self.at = start + body;
        let span = Span::of(start..self.at);
        self.fault(FaultKind::UnclosedString, span);
        if written == Written::Key {
            self.mark_open_incomplete();
            self.push_named(Written::Key, span, Span::of(start + 1..self.at.max(start + 1)));
        } else {
            self.push(Written::Hole, span, span);
        }
    }

    /// Checks an escape and returns where it ends.
    pub(super) fn escape(&mut self, at: usize) -> usize {
        let rest = self.text.cut(at + 1..);
        let is_hex = |digits: &str| digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        match rest.bytes().next() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => at + 2,
            Some(b'u') if rest.get(1..5).is_some_and(is_hex) => at + 6,
            Some(b'\n') | None => {
                self.fault(FaultKind::BadEscape, Span::of(at..at + 1));
                at + 1
            }
            Some(_) => {
                let end = at + 1 + rest.chars().next().map_or(0, char::len_utf8);
                self.fault(FaultKind::BadEscape, Span::of(at..end));
                end
            }
        }
    }

    pub(super) fn single_quoted(&mut self, written: Written) {
        let start = self.at;
        let rest = self.text.cut(start + 1..);
        let length = rest.find(['\'', '\n']).unwrap_or(rest.len());
        let (length, closed) = match rest.cut(length..).starts_with('\'') {
            true => (length, 1),
            false => (rest.cut(..length).trim_end_matches([',', '\r', ' ']).len(), 0),
        };
        let text = Span::of(start + 1..start + 1 + length);
        self.at = text.end as usize + closed;
        let span = Span::of(start..self.at);
        self.fault(FaultKind::SingleQuotes, span);
        self.push_named(written, span, text);
        self.tree.holds_empty_text |= written == Written::Text && text.is_empty();
    }

    /// Whether the `u` here belongs to a string as Python 2 prints it: `u'a'`.
    pub(super) fn is_prefix(&self) -> bool {
        matches!(self.bytes.get(self.at + 1), Some(b'\'' | b'"'))
    }

    pub(super) fn prefixed_string(&mut self, written: Written) {
        let (start, faults) = (self.at, self.faults.len());
        self.at += 1;
        if self.peek() == Some(b'"') {
            self.string(written)
        } else {
            self.single_quoted(written)
        }
        self.faults.truncate(faults);
        let span = Span::of(start..self.at);
        self.fault(FaultKind::SingleQuotes, span);
        if let Some(node) = self.tree.nodes.last_mut() {
            node.span = span;
        }
    }

    pub(super) fn number(&mut self) {
        let start = self.at;
        let rest = &self.bytes[start..];
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_');
        let length = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len());
        self.at += length;
        let span = Span::of(start..self.at);
        if is_number(&rest[..length]) {
            self.push(Written::Number, span, span);
        } else if rest[..length].iter().any(u8::is_ascii_alphabetic) && !is_number_like(&rest[..length]) {
            // `111122223333.dkr.ecr…` begins like a number but is a string without quotes.
            self.at = start;
            self.word();
        } else {
            self.fault(FaultKind::BadNumber, span);
            self.push(Written::Hole, span, span);
        }
    }

    /// Reads `true`, `false`, `null`, or something that is not a value.
    pub(super) fn word(&mut self) {
        let start = self.at;
        let rest = self.text.cut(start..);
        let letters = rest.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let written = match rest.cut(..letters) {
            "true" => Some(Written::True),
            "false" => Some(Written::False),
            "null" => Some(Written::Null),
            _ => None,
        };
        if let Some(written) = written {
            self.tree.holds_null |= written == Written::Null;
            self.at += letters;
            return self.push(written, Span::of(start..self.at), Span::default());
        }
        if self.foreign_word() || self.expression() {
            return;
        }
        let length = rest.find([',', ']', '}', '\n', '"']).unwrap_or(rest.len());
        let trimmed = rest.cut(..length).trim_end().len();
        let length = trimmed.max(rest.chars().next().map_or(1, char::len_utf8));
        self.at += length;
        // Only the first quotation mark may be missing.
        let after = rest.cut(length..).strip_prefix('"').map(|after| after.trim_start_matches([' ', '\t']));
        let is_end = |after: &str| after.is_empty() || after.starts_with([',', ']', '}', '\r', '\n']);
        self.at += usize::from(after.is_some_and(is_end));
        let span = Span::of(start..self.at);
        self.fault(FaultKind::UnquotedValue, span);
        self.push(Written::Hole, span, span);
    }
}

/// A string without its quotation marks.
pub(super) fn inside(string: Span) -> Span {
    Span::new(string.start + 1, string.end - 1)
}

/// How many bytes from the start are not a quote, a backslash or a control character.
fn plain_length(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let has_zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let mut length = 0;
    while let Some(chunk) = bytes.get(length..length + 8) {
        let word = u64::from_le_bytes(chunk.try_into().expect("eight bytes"));
        let quote = has_zero(word ^ (ONES * u64::from(b'"')));
        let backslash = has_zero(word ^ (ONES * u64::from(b'\\')));
        let control = word.wrapping_sub(ONES * 0x20) & !word;
        let special = (quote | backslash | control) & HIGHS;
        if special != 0 {
            return length + special.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    let rest = bytes[length..].iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20));
    length + rest.unwrap_or(bytes.len() - length)
}

/// Whether something was meant as a number: `0x1F`, `1_000`, `.5`, `+1`, `1.e3`.
fn is_number_like(bytes: &[u8]) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_hexdigit() || b"xX._+-".contains(byte);
    bytes.iter().all(is_part) && bytes.iter().filter(|byte| **byte == b'.').count() < 2
}

/// JSON's grammar of numbers.
pub(super) fn is_number(bytes: &[u8]) -> bool {
    let digits = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let bytes = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let whole = digits(bytes);
    if whole == 0 || (whole > 1 && bytes[0] == b'0') {
        return false;
    }
    let mut rest = &bytes[whole..];
    if let Some(fraction) = rest.strip_prefix(b".") {
        let length = digits(fraction);
        if length == 0 {
            return false;
        }
        rest = &fraction[length..];
    }
    if let Some((b'e' | b'E', exponent)) = rest.split_first() {
        let exponent = exponent.strip_prefix(b"+").or(exponent.strip_prefix(b"-")).unwrap_or(exponent);
        let length = digits(exponent);
        return length > 0 && length == exponent.len();
    }
    rest.is_empty()
}

/// Decodes the escapes of a string that starts at an offset of the source. Invalid escapes stay as they are.
fn unescape(raw: &str, start: u32, tree: &mut Tree) {
    let Tree { strings: into, runs, .. } = tree;
    let unit = |text: &str| text.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let mut rest = raw;
    loop {
        let read = (raw.len() - rest.len()) as u32;
        runs.push(Run { decoded: into.len() as u32, source: start + read });
        let Some(backslash) = rest.find('\\') else { break };
        into.push_str(rest.cut(..backslash));
        rest = rest.cut(backslash + 1..);
        let Some(c) = rest.chars().next() else { break };
        rest = rest.cut(c.len_utf8()..);
        match c {
            'n' => into.push('\n'),
            't' => into.push('\t'),
            'r' => into.push('\r'),
            'b' => into.push('\u{8}'),
            'f' => into.push('\u{c}'),
            'u' => {
                let Some(high) = unit(rest) else { continue };
                rest = rest.cut(4..);
                let low =
                    rest.strip_prefix("\\u").and_then(unit).filter(|low| (0xDC00..0xE000).contains(low));
                let code = match low {
                    Some(low) if (0xD800..0xDC00).contains(&high) => {
                        rest = rest.cut(6..);
                        0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)
                    }
                    _ => high,
                };
                into.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            other => into.push(other),
        }
    }
    into.push_str(rest);
}
