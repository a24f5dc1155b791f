//! What is between the tokens: whitespace, comments, template holes; and the list of faults.

use super::json::{MAX_FAULTS, Parser};
use super::{Fault, FaultKind};
use crate::placeholder;
use crate::source::{Cut, Span};
use crate::tree::Written;

impl Parser<'_> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The length of the template hole that starts here.
    #[inline(always)]
    pub(super) fn hole_length(&self) -> Option<usize> {
        let byte = self.peek()?;
        let may_start = match byte {
            b'{' => matches!(self.bytes.get(self.at + 1), Some(b'{' | b'%')),
            b'[' => self.bytes.get(self.at + 1) == Some(&b'[') && !self.is_list_in_list(),
            b'$' | b'<' | b'%' | b'#' | b'_' | b'@' | b'(' | b'~' | b'|' => true,
            b'\'' => matches!(self.bytes.get(self.at + 1), Some(b'$' | b'"')),
            _ => false,
        };
        if may_start { placeholder::unquoted(self.text.cut(self.at..)) } else { None }
    }

    /// Whether a hole begins here, where a value or a comment may.
    fn is_hole(&self) -> bool {
        self.hole_length().or_else(|| self.word_to_replace()).is_some()
    }

    /// The length of a word in place of a value that nobody can mean as JSON, so that something replaces it: `TASK_CPU`,
    /// `{cpu}`, `%%cpu%%`, `!!cpu!!`.
    pub(super) fn word_to_replace(&self) -> Option<usize> {
        let byte = self.peek()?;
        let is_first = match byte {
            b'{' => self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_alphabetic),
            b'A'..=b'Z' | b'!' | b'$' | b'%' | b'#' | b'&' | b'^' | b'@' => true,
            _ => false,
        };
        if is_first { placeholder::unquoted_word(self.text.cut(self.at..)) } else { None }
    }

    /// Whether the two brackets here open JSON lists: `[[80]]` looks like a hole, but a text that is JSON is
    /// not a template.
    #[cold]
    fn is_list_in_list(&self) -> bool {
        let inside = self.text.cut(self.at + 2..);
        let word = inside.cut(..inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len()));
        matches!(word, "true" | "false" | "null") || word.starts_with(|c: char| c.is_ascii_digit())
    }

    pub(super) fn hole(&mut self, length: usize) -> Span {
        let span = Span::of(self.at..self.at + length);
        self.holes.push(span);
        self.at += length;
        self.after_hole = true;
        span
    }

    /// Consumes a hole in the place of a value.
    pub(super) fn hole_value(&mut self, length: usize) {
        let span = self.hole(length);
        self.push(Written::Hole, span, span);
    }

    /// Skips whitespace and comments.
    pub(super) fn trivia(&mut self) {
        self.token_end = self.at;
        self.blanks();
        while let Some(b'/' | b'#' | 0xC2 | 0xE1..=0xE3 | 0xEF) = self.peek() {
            if !self.comment() && !self.odd_blank() {
                return;
            }
            self.blanks();
        }
    }

    fn blanks(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' => self.at += spaces(&self.bytes[self.at..]),
                b'\n' | b'\r' | b'\t' => self.at += 1,
                _ => return,
            }
        }
    }

    #[cold]
    pub(super) fn comment(&mut self) -> bool {
        let rest = self.text.cut(self.at..);
        let (mut kind, length) = if let Some(inside) = rest.strip_prefix("/*") {
            match inside.find("*/") {
                Some(inner) => (FaultKind::Comment, inner + 4),
                None => (FaultKind::UnclosedComment, rest.len()),
            }
        } else if rest.starts_with("//") || (rest.starts_with('#') && !self.is_hole()) {
            let line = rest.find('\n').unwrap_or(rest.len());
            (FaultKind::Comment, rest.cut(..line).trim_end().len())
        } else {
            return false;
        };
        let says = rest.trim_start_matches(['/', '#', '*']).trim_start_matches([' ', '\t']);
        let stands_for_part = !self.open.is_empty() && ELLIPSES.iter().any(|sign| says.starts_with(sign));
        let is_allowed = self.relaxed && kind == FaultKind::Comment;
        if kind == FaultKind::Comment && stands_for_part {
            // Not a comment about the document, but a placeholder for a part of it.
            kind = FaultKind::Ellipsis;
            self.mark_open_incomplete();
        }
        let span = Span::of(self.at..self.at + length);
        if is_allowed {
            self.comments.push(span);
        } else {
            self.fault(kind, span);
        }
        self.at += length;
        true
    }

    /// `...`, which documentation uses to leave something out: other members or items, or the whole value of
    /// a key.
    #[inline]
    pub(super) fn ellipsis(&mut self) -> bool {
        matches!(self.peek(), Some(b'.' | 0xE2)) && self.take_ellipsis()
    }

    #[cold]
    fn take_ellipsis(&mut self) -> bool {
        let rest = self.text.cut(self.at..);
        let Some(sign) = ELLIPSES.into_iter().find(|sign| rest.starts_with(sign)) else { return false };
        let after = rest.cut(sign.len()..).trim_start_matches('.');
        // Words that say what is left out: `... other containers ...`.
        let words = after.cut(..after.find(['"', ',', ':', '{', '}', '[', ']', '\n']).unwrap_or(after.len()));
        let words = words.split("//").next().unwrap_or_default().trim_end();
        let span = Span::of(self.at..self.at + (rest.len() - after.len()) + words.len());
        self.at = span.end as usize;
        // `...rest` inserts the members of another object.
        let is_path = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '.' | '(' | ')');
        let is_spread = *sign == *"..." && !words.is_empty() && words.chars().all(is_path);
        self.fault(if is_spread { FaultKind::Expression } else { FaultKind::Ellipsis }, span);
        let is_value = self.tree.nodes.last().is_some_and(|node| node.written == Written::Key);
        if is_value {
            self.push(Written::Hole, span, span);
        } else {
            self.mark_open_incomplete();
        }
        self.after_hole = true;
        true
    }

    #[cold]
    pub(super) fn odd_blank(&mut self) -> bool {
        let Some(c) = self.text.cut(self.at..).chars().next() else { return false };
        // Some whitespace has no width, so it cannot be seen.
        let odd = c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
        if odd {
            let span = Span::of(self.at..self.at + c.len_utf8());
            self.fault(FaultKind::OddBlank, span);
            self.at += c.len_utf8();
        }
        odd
    }

    pub(super) fn trailing_comma(&mut self) {
        if !self.relaxed && !self.after_hole {
            self.fault(FaultKind::TrailingComma, Span::of(self.comma..self.comma + 1));
        }
    }

    pub(super) fn extra_comma(&mut self) {
        if !self.after_hole {
            self.fault(FaultKind::ExtraComma, Span::of(self.at..self.at + 1));
        }
        self.comma = self.at;
        self.at += 1;
    }

    pub(super) fn fault(&mut self, kind: FaultKind, span: Span) {
        self.fault_with(kind, span, None);
    }

    #[cold]
    pub(super) fn fault_with(&mut self, kind: FaultKind, span: Span, related: Option<Span>) {
        if self.broken || self.faults.len() >= MAX_FAULTS {
            return;
        }
        self.broken = kind.breaks_structure();
        self.faults.push(Fault { kind, span, related });
    }
}

/// Characters that mark something left out.
const ELLIPSES: [&str; 2] = ["...", "…"];

/// How many bytes from the start are spaces, which make up much of an indented text.
fn spaces(bytes: &[u8]) -> usize {
    let mut length = 0;
    while let Some(eight) = bytes[length..].first_chunk() {
        let others = u64::from_le_bytes(*eight) ^ u64::from_le_bytes([b' '; 8]);
        if others != 0 {
            return length + others.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    length + bytes[length..].iter().take_while(|byte| **byte == b' ').count()
}
