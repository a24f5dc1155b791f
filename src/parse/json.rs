//! The JSON parser: keeps positions, recovers from faults, does not recurse.

use std::sync::Arc;

use super::scalar::inside;
use super::{Duplicate, Fault, FaultKind, MAX_DEPTH, MAX_NODES, Parsed, encoding_fault, merge_conflict};
use crate::placeholder;
use crate::source::{Cut, Source, Span};
use crate::tree::{Notation, Tree, Written};

/// No more faults than this are listed: such a text is something else.
pub(super) const MAX_FAULTS: usize = 1000;

/// What begins an expression in a string.
const OPENERS: [&str; 5] = ["${", "%{", "<%", "{{", "{%"];

/// How far, in bytes, to look for the end of a string that is cut off by a quotation mark inside it.
const LONGEST_REST: usize = 4096;

/// Reads a text. Comments and trailing commas are not faults if the name of the source ends in `.jsonc` or
/// `.json5`, formats that allow them.
pub(super) fn parse(source: Arc<Source>) -> Parsed {
    let read = |may_have_expressions: bool| {
        let mut parser = Parser { may_have_expressions, ..Parser::new(&source) };
        parser.faults.extend(encoding_fault(&source));
        parser.document();
        parser
    };
    let mut parser = read(false);
    // A quotation mark in an expression looks like the end of its string.
    if !parser.faults.is_empty() && OPENERS.iter().any(|sign| source.text.contains(sign)) {
        let other = read(true);
        if other.faults.len() < parser.faults.len() {
            parser = other;
        }
    }
    if let Some(fault) =
        Some(&parser).filter(|one| !one.faults.is_empty()).and_then(|one| merge_conflict(one.text))
    {
        // What could be read does not show what is meant.
        parser.faults = vec![fault];
        parser.tree.nodes.clear();
        parser.duplicates.clear();
        parser.holes.clear();
    }
    let is_cut_short = parser.is_full();
    let Parser { tree, mut faults, holes, mut comments, duplicates, .. } = parser;
    comments.dedup();
    faults.sort_by_cached_key(|fault| fault.span);
    Parsed { tree: Arc::new(tree), faults, holes, comments, duplicates, is_cut_short }
}

pub(super) struct Parser<'s> {
    pub(super) text: &'s str,
    pub(super) bytes: &'s [u8],
    /// The next byte to read.
    pub(super) at: usize,
    pub(super) tree: Tree,
    /// The open containers, outermost first, by index.
    pub(super) open: Vec<u32>,
    pub(super) faults: Vec<Fault>,
    pub(super) holes: Vec<Span>,
    /// The comments, if the format of the file allows them.
    pub(super) comments: Vec<Span>,
    pub(super) duplicates: Vec<Duplicate>,
    /// The file format allows comments and trailing commas.
    pub(super) relaxed: bool,
    /// Strings may contain expressions that contain quotation marks.
    pub(super) may_have_expressions: bool,
    /// A fault has been found that may make the rest look wrong.
    pub(super) broken: bool,
    /// The last thing read was a hole: it may also replace commas.
    pub(super) after_hole: bool,
    /// The position of the last comma.
    pub(super) comma: usize,
    /// The most recently closed container.
    pub(super) last_closed: u32,
    /// Where the last token ends, before the whitespace and comments that follow it.
    pub(super) token_end: usize,
}

/// What may come next inside a container or at the top.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Expect {
    /// The value of a member, or of the whole text.
    Value,
    /// The first item of a list, or its end.
    FirstItem,
    /// An item after a comma.
    Item,
    /// The first member of an object, or its end.
    FirstMember,
    /// A member after a comma.
    Member,
    /// A comma or a closing bracket.
    Separator,
}

impl<'s> Parser<'s> {
    fn new(source: &'s Arc<Source>) -> Parser<'s> {
        let lower = source.name.to_ascii_lowercase();
        Parser {
            text: &source.text,
            bytes: source.text.as_bytes(),
            at: 0,
            tree: Tree::empty(Arc::clone(source), Notation::Json),
            open: Vec::new(),
            faults: Vec::new(),
            holes: Vec::new(),
            comments: Vec::new(),
            duplicates: Vec::new(),
            relaxed: lower.ends_with(".jsonc") || lower.ends_with(".json5"),
            may_have_expressions: false,
            broken: false,
            after_hole: false,
            comma: 0,
            last_closed: 0,
            token_end: 0,
        }
    }

    // ── The whole text ──────────────────────────────────────────────────────────────────────

    fn document(&mut self) {
        if self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
        }
        self.trivia();
        if self.at == self.bytes.len() {
            return self.fault(FaultKind::Empty, Span::empty(0));
        }
        let start = self.at;
        let prose = self.first_value();
        if let Some(prose) = prose {
            if self.is_fragment(start) {
                return self.nothing(FaultKind::Fragment, start);
            }
            let is_bracket = |c: &u8| matches!(c, b'{' | b'[');
            let Some(json) = self.line_starting_with(is_bracket, prose) else {
                return self.nothing(FaultKind::NotJson, start);
            };
            self.at = json;
            self.value();
            if self.broken {
                // What looked like JSON after the text is not JSON either.
                return self.nothing(FaultKind::NotJson, start);
            }
            let before = self.text.cut(start..json).trim_end().len();
            self.fault(FaultKind::TextBefore, Span::of(start..start + before));
        }
        while !self.broken && !self.is_full() {
            self.trivia();
            let Some(next) = self.peek() else { return };
            if matches!(next, b'{' | b'[') && self.hole_length().is_none() {
                let first = self.at;
                self.value();
                if !self.faults.iter().any(|fault| fault.kind == FaultKind::SeveralValues) {
                    self.fault(FaultKind::SeveralValues, Span::of(first..first + 1));
                }
            } else if let Some(length) = self.hole_length() {
                self.hole_value(length);
            } else {
                let end = self.at + self.text.cut(self.at..).trim_end().len();
                return self.fault(FaultKind::TextAfter, Span::of(self.at..end));
            }
        }
    }

    /// Reads the first value of the text. Returns where prose begins if the text does not start with a value.
    fn first_value(&mut self) -> Option<usize> {
        while let Some(length) = self.hole_length() {
            self.hole_value(length);
            self.trivia();
        }
        let start = self.at;
        match self.peek()? {
            b'{' | b'[' => self.value(),
            b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => {
                // A word that is a JSON value may also begin a sentence.
                let faults = self.faults.len();
                self.value();
                self.trivia();
                if self.at < self.bytes.len() || self.faults.len() > faults {
                    self.faults.truncate(faults);
                    self.broken = false;
                    self.tree.nodes.clear();
                    return Some(start);
                }
            }
            _ => return Some(start),
        }
        None
    }

    /// The text is not a JSON value.
    fn nothing(&mut self, kind: FaultKind, start: usize) {
        let line = self.text.cut(start..).lines().next().unwrap_or_default().trim_end();
        self.faults.retain(|fault| fault.kind == FaultKind::NotUtf8);
        self.broken = false;
        self.tree.nodes.clear();
        self.duplicates.clear();
        self.fault(kind, Span::of(start..start + line.len()));
    }

    /// Whether the text starts with a key and its colon: the brackets around them were left behind.
    fn is_fragment(&self, start: usize) -> bool {
        let line = self.text.cut(start..).lines().next().unwrap_or_default();
        let key = line.strip_prefix('"').and_then(|rest| rest.split_once('"'));
        key.is_some_and(|(_, after)| after.trim_start().starts_with(':'))
    }

    /// Where the first line after `from` starts that begins, after whitespace, with such a byte.
    fn line_starting_with(&self, wanted: impl Fn(&u8) -> bool, from: usize) -> Option<usize> {
        let newlines = self.text.cut(from..).match_indices('\n');
        let starts = newlines.filter_map(|(newline, _)| {
            let line = from + newline + 1;
            let blanks = self.bytes[line..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            self.bytes.get(line + blanks).map(|byte| (line + blanks, byte))
        });
        starts.into_iter().find(|(_, byte)| wanted(byte)).map(|(at, _)| at)
    }

    // ── Values ──────────────────────────────────────────────────────────────────────────────

    /// Reads one value with everything in it.
    fn value(&mut self) {
        let mut expect = Expect::Value;
        loop {
            if self.is_full() {
                return self.abandon();
            }
            self.trivia();
            let next = match expect {
                Expect::Value | Expect::FirstItem | Expect::Item => self.item(expect),
                Expect::FirstMember | Expect::Member => self.member(expect),
                Expect::Separator => self.separator(),
            };
            expect = match next {
                Some(next) => next,
                None => return self.abandon(),
            };
            if expect == Expect::Separator && self.open.is_empty() {
                return;
            }
        }
    }

    /// Reads a value or the end of a list. `None` ends the text.
    fn item(&mut self, expect: Expect) -> Option<Expect> {
        let in_list = expect != Expect::Value;
        if self.ellipsis() {
            return Some(Expect::Separator);
        }
        let byte = self.peek().or_else(|| self.end_of_text())?;
        if let Some(length) = self.hole_length().or_else(|| self.word_to_replace()) {
            self.hole_value(length);
            return Some(Expect::Separator);
        }
        let (start, faults) = (self.at, self.faults.len());
        match byte {
            b'{' => return self.open_container(Written::Object),
            b'[' => return self.open_container(Written::List),
            b'"' => self.string(Written::Text),
            b'-' | b'0'..=b'9' | b'+' | b'.' => self.number(),
            b'\'' => self.single_quoted(Written::Text),
            b'u' if self.is_prefix() => self.prefixed_string(Written::Text),
            b':' if self.symbol(Written::Text) => {}
            b']' if in_list => {
                if expect == Expect::Item {
                    self.trailing_comma();
                }
                return Some(self.close());
            }
            b',' if in_list => {
                self.extra_comma();
                return Some(Expect::Item);
            }
            b',' | b']' | b'}' => {
                if !in_list || byte != b',' {
                    self.missing_value();
                }
                return Some(Expect::Separator);
            }
            _ if self.typographic_string(Written::Text) => {}
            _ => self.word(),
        }
        self.join_expression(start, faults);
        self.after_hole = false;
        Some(Expect::Separator)
    }

    /// Whether reading has stopped.
    fn is_full(&self) -> bool {
        self.tree.nodes.len() > MAX_NODES
    }

    fn missing_value(&mut self) {
        let span = Span::empty(self.at as u32);
        let key = self.tree.nodes.last().filter(|node| node.written == Written::Key).map(|node| node.span);
        if let Some(key) = key {
            self.fault_with(FaultKind::MissingValue, key, None);
            self.push(Written::Hole, span, span);
        }
    }

    /// Reads a key and its colon, or the end of an object.
    fn member(&mut self, expect: Expect) -> Option<Expect> {
        if self.ellipsis() {
            return Some(Expect::Separator);
        }
        let byte = self.peek().or_else(|| self.end_of_text())?;
        if let Some(length) = self.hole_length() {
            let span = self.hole(length);
            self.mark_open_incomplete();
            self.trivia();
            if self.peek() != Some(b':') {
                return Some(Expect::Separator);
            }
            self.at += 1;
            self.push(Written::Key, span, span);
            self.tree.mark_shadowed(self.tree.nodes.len() as u32 - 1);
            return Some(Expect::Value);
        }
        match byte {
            b'"' => self.string(Written::Key),
            b'\'' => self.single_quoted(Written::Key),
            b'u' if self.is_prefix() => self.prefixed_string(Written::Key),
            b':' if self.symbol(Written::Key) => {}
            b'[' | b'l' | b'a' if self.computed_member() => return Some(Expect::Separator),
            b'}' => {
                if expect == Expect::Member {
                    self.trailing_comma();
                }
                return Some(self.close());
            }
            b',' => {
                self.extra_comma();
                return Some(Expect::Member);
            }
            b']' => return Some(Expect::Separator),
            b'{' | b'[' => {
                let from = self.at;
                self.fault(FaultKind::StrayText, Span::of(from..from + 1));
                self.mark_open_incomplete();
                self.push(Written::Key, Span::of(from..from), Span::of(from..from));
                self.tree.mark_shadowed(self.tree.nodes.len() as u32 - 1);
                return Some(Expect::Value);
            }
            _ if self.typographic_string(Written::Key) => {}
            _ => self.bare_key()?,
        }
        self.after_hole = false;
        let key = self.tree.nodes.len() - 1;
        self.trivia();
        match self.peek() {
            Some(b':') => {
                self.at += 1;
                if self.peek() == Some(b':') {
                    self.more_colons();
                }
            }
            Some(b'=') => self.foreign_colon(),
            Some(b'+') if self.bytes.get(self.at + 1) == Some(&b':') => self.more_colons(),
            Some(b',' | b'}') => {
                // `"key",`: the colon and the value are missing together.
                self.missing_value();
                return Some(Expect::Separator);
            }
            _ => {
                let span = self.tree.nodes[key].span;
                self.fault(FaultKind::MissingColon, span);
            }
        }
        Some(Expect::Value)
    }

    /// A key without quotes, or characters that are not a key.
    fn bare_key(&mut self) -> Option<()> {
        let from = self.at;
        let rest = self.text.cut(from..);
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '-');
        let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        if length > 0 {
            self.at += length;
            let text = Span::of(from..self.at);
            // Only the first quotation mark may be missing.
            self.at += usize::from(
                self.peek() == Some(b'"') && self.text.cut(self.at + 1..).trim_start().starts_with(':'),
            );
            let span = Span::of(from..self.at);
            self.fault(FaultKind::UnquotedKey, span);
            self.push_named(Written::Key, span, text);
            return Some(());
        }
        let span = self.stray();
        self.push_named(Written::Key, span, span);
        self.tree.mark_shadowed(self.tree.nodes.len() as u32 - 1);
        Some(())
    }

    /// Reads a comma or a closing bracket.
    fn separator(&mut self) -> Option<Expect> {
        let in_object = self.open_kind() == Written::Object;
        let next = if in_object { Expect::Member } else { Expect::Item };
        let first = if in_object { Expect::FirstMember } else { Expect::FirstItem };
        if self.ellipsis() {
            return Some(Expect::Separator);
        }
        let byte = self.peek().or_else(|| self.end_of_text())?;
        if let Some(length) = self.hole_length() {
            let is_spliced = self.text.cut(..self.at).ends_with("'\"") && self.unescaped_quote();
            if !is_spliced {
                self.hole(length);
                self.mark_open_incomplete();
            }
            return Some(Expect::Separator);
        }
        match byte {
            b',' => {
                self.comma = self.at;
                self.at += 1;
                Some(if std::mem::take(&mut self.after_hole) { first } else { next })
            }
            b'}' if in_object => Some(self.close()),
            b']' if !in_object => Some(self.close()),
            b'}' | b']' => Some(self.mismatched_bracket(byte)),
            b':' | b'=' if !in_object => {
                // `"key": value` in a list: the value follows as a separate item.
                if byte == b':' {
                    self.fault(FaultKind::MemberInList, Span::of(self.at..self.at + 1));
                    self.at += 1;
                } else {
                    self.foreign_colon();
                }
                self.mark_open_incomplete();
                // Keys and values that follow one another are not items.
                let list = *self.open.last().expect("a separator stands inside a container");
                self.tree.forget(list);
                Some(Expect::Item)
            }
            b':' if self.second_colon() => Some(Expect::Value),
            _ if self.unescaped_quote() => Some(Expect::Separator),
            b'"' | b'{' | b'[' | b'-' | b'0'..=b'9' | b'\'' => {
                if in_object && !matches!(byte, b'"' | b'\'') {
                    self.forget_last();
                }
                if !std::mem::take(&mut self.after_hole) {
                    // After the value, but before any comment about it.
                    self.fault(FaultKind::MissingComma, Span::empty(self.token_end as u32));
                }
                Some(first)
            }
            b'+' if self.joined_container() => Some(Expect::Separator),
            b'f' | b'i' if self.comprehension() => Some(Expect::Separator),
            _ if in_object && self.bare_member() => {
                self.fault(FaultKind::MissingComma, Span::empty(self.token_end as u32));
                Some(first)
            }
            _ => {
                self.forget_last();
                self.stray();
                Some(Expect::Separator)
            }
        }
    }

    /// A colon behind a value, as in `"Fn": "Sub": "x"`: where the key ends is not known, nor what the object says.
    fn second_colon(&mut self) -> bool {
        let rest = self.text.cut(self.at + 1..).trim_start();
        let Some(last) = self.tree.nodes.last() else { return false };
        let value = last.span;
        let is_value = rest.starts_with(|c: char| "\"{[-tfn".contains(c) || c.is_ascii_digit());
        if last.written != Written::Text || !is_value {
            return false;
        }
        // `"a" "b": 1` lacks the first of the two colons.
        let key = self.tree.nodes.iter().rev().nth(1).map(|node| node.span);
        let lacks_colon = |fault: &Fault| fault.kind == FaultKind::MissingColon && Some(fault.span) == key;
        if !self.faults.iter().any(lacks_colon) {
            self.fault_with(FaultKind::SecondColon, Span::of(self.at..self.at + 1), key);
        }
        self.tree.forget(self.tree.nodes.len() as u32 - 1);
        self.mark_open_incomplete();
        // What the whole text is, is known without this member.
        if let [_, .., open] = self.open.as_slice() {
            self.tree.forget(*open);
        }
        self.at += 1;
        self.push(Written::Key, Span::empty(value.end), Span::empty(value.end));
        self.tree.mark_shadowed(self.tree.nodes.len() as u32 - 1);
        true
    }

    /// What is behind the last scalar belongs to it, or is not there to stay: its value is not known.
    fn forget_last(&mut self) {
        let scalars = [Written::Text, Written::Number, Written::True, Written::False, Written::Null];
        if self.tree.nodes.last().is_some_and(|node| scalars.contains(&node.written)) {
            self.tree.forget(self.tree.nodes.len() as u32 - 1);
        }
    }

    /// Skips unexpected characters, at least one, up to what may be a token.
    fn stray(&mut self) -> Span {
        let rest = self.text.cut(self.at..);
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length = rest.find(['"', ',', '{', '}', '[', ']', '\n']).unwrap_or(rest.len());
        let length = rest.cut(..length).trim_end().len().max(first);
        let span = Span::of(self.at..self.at + length);
        self.at += length;
        self.fault(FaultKind::StrayText, span);
        self.mark_open_incomplete();
        span
    }

    fn mismatched_bracket(&mut self, byte: u8) -> Expect {
        let at = self.at;
        let opener = self.open.last().map(|open| self.tree.nodes[*open as usize].span.start);
        let related = opener.map(|start| Span::new(start, start + 1));
        self.fault_with(FaultKind::MismatchedBracket, Span::of(at..at + 1), related);
        // Which bracket is the extra one is a guess: the bracket that seems to be missing from an outer
        // container may be in the wrong one.
        for open in &self.open {
            self.tree.mark_incomplete(*open);
        }
        let wanted = if byte == b'}' { Written::Object } else { Written::List };
        if self.open.iter().any(|open| self.tree.nodes[*open as usize].written == wanted) {
            // The inner container was never closed: look at the same bracket again.
            self.cut_off()
        } else {
            self.at += 1;
            Expect::Separator
        }
    }

    /// A string that contains quotation marks ends at the first one that is followed by what may follow a
    /// string. True if that is what was found in the place of a comma.
    fn unescaped_quote(&mut self) -> bool {
        let Some(last) = self.tree.nodes.last() else { return false };
        let span = last.span;
        if last.written != Written::Text || self.bytes[span.start as usize] != b'"' {
            return false;
        }
        let string = self.text.cut(span.range()).trim_matches('"');
        let in_hole = placeholder::leaves_braces_open(string);
        let touching = span.end as usize == self.at;
        if !(touching || in_hole) {
            return false;
        }
        let line = self.text.cut(self.at..self.at + LONGEST_REST);
        let line = line.lines().next().unwrap_or_default();
        let is_hole = in_hole || placeholder::is_spliced(string, line);
        let from = if in_hole { line.find("}}").unwrap_or(0) } else { 0 };
        let may_end = |rest: &str| {
            let rest = rest.trim_start();
            rest.is_empty() || rest.starts_with([',', ']', '}'])
        };
        let quotes = line.cut(from..).match_indices('"').map(|(at, _)| from + at + 1);
        let Some(length) = quotes.into_iter().find(|end| may_end(line.cut(*end..))) else { return false };
        self.at += length;
        let whole = Span::new(span.start, self.at as u32);
        if is_hole {
            self.holes.push(whole);
        } else {
            self.fault(FaultKind::UnescapedQuote, Span::new(span.end - 1, span.end));
        }
        let node = self.tree.nodes.last_mut().expect("it was there above");
        node.span = whole;
        node.written = Written::Hole;
        if is_hole {
            self.tree.mark_hole(self.tree.nodes.len() as u32 - 1, inside(whole));
        }
        true
    }

    // ── Containers ──────────────────────────────────────────────────────────────────────────

    fn open_container(&mut self, written: Written) -> Option<Expect> {
        let start = self.at;
        if self.open.len() == MAX_DEPTH {
            self.fault(FaultKind::TooDeep, Span::of(start..start + 1));
            let span = Span::empty(start as u32);
            self.push(Written::Hole, span, span);
            self.at = self.bytes.len();
            return None;
        }
        self.at += 1;
        self.after_hole = false;
        let span = Span::of(start..start + 1);
        self.open.push(self.tree.nodes.len() as u32);
        self.push(written, span, span);
        Some(if written == Written::Object { Expect::FirstMember } else { Expect::FirstItem })
    }

    fn open_kind(&self) -> Written {
        let open = self.open.last().expect("a separator stands inside a container");
        self.tree.nodes[*open as usize].written
    }

    pub(super) fn mark_open_incomplete(&mut self) {
        if let Some(open) = self.open.last() {
            self.tree.mark_incomplete(*open);
        }
    }

    /// Consumes the closing bracket.
    fn close(&mut self) -> Expect {
        self.at += 1;
        self.after_hole = false;
        self.finish()
    }

    /// Ends the innermost container here, without a closing bracket.
    fn cut_off(&mut self) -> Expect {
        self.tree.mark_unclosed(*self.open.last().expect("a container is open"));
        self.finish()
    }

    /// Ends the innermost container here.
    fn finish(&mut self) -> Expect {
        let index = self.open.pop().expect("a closing bracket is read inside a container");
        let end = self.tree.nodes.len() as u32;
        let node = &mut self.tree.nodes[index as usize];
        node.span.end = self.at as u32;
        node.link = end;
        self.last_closed = index;
        if node.written == Written::Object {
            let found = self.tree.take_keys(index);
            self.duplicates.extend(found);
        }
        Expect::Separator
    }

    /// The text ends inside a container.
    fn end_of_text(&mut self) -> Option<u8> {
        let opener = self.open.last().map(|open| self.tree.nodes[*open as usize].span.start);
        let end = self.text.trim_end().len();
        let related = Some(Span::of(end..end));
        if let Some(start) = opener {
            self.fault_with(FaultKind::Unclosed, Span::new(start, start + 1), related);
        }
        None
    }

    /// Closes whatever is still open.
    fn abandon(&mut self) {
        if self.tree.nodes.last().is_some_and(|node| node.written == Written::Key) {
            let span = Span::empty(self.bytes.len() as u32);
            self.push(Written::Hole, span, span);
        }
        while !self.open.is_empty() {
            self.mark_open_incomplete();
            self.cut_off();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;
    use crate::tree::{Kind, Node};
    use FaultKind::*;

    fn read(text: &str) -> Parsed {
        parse(Arc::new(Source::new(SourceId(0), "a.json", text)))
    }

    fn faults(text: &str) -> Vec<(FaultKind, String)> {
        let parsed = read(text);
        parsed.faults.iter().map(|fault| (fault.kind, text.cut(fault.span.range()).to_owned())).collect()
    }

    fn value(node: Node) -> serde_json::Value {
        match node.kind() {
            Kind::Null | Kind::Unknown => serde_json::Value::Null,
            Kind::Bool => node.as_bool().into(),
            Kind::Number => serde_json::from_str(node.text()).expect("a number of JSON"),
            Kind::Text => node.text().into(),
            Kind::List => node.items().map(value).collect(),
            Kind::Object => {
                node.members().map(|(key, member)| (key.text().to_owned(), value(member))).collect()
            }
        }
    }

    #[test]
    fn values_are_those_of_the_text() {
        assert!(
            ["[[80]]", "[ [80] ]", "{\"a\": [[true], [[null]], [[1e5]]]}"]
                .iter()
                .all(|text| read(text).is_json())
        );
        let text = r#"{"a":[1,2.5e3,{"b":null}],"c":"x\u00e9\n\ud83d\ude00","d":true,"d":false,"":[[],{}]}"#;
        let parsed = read(text);
        assert!(parsed.is_json());
        assert_eq!(parsed.duplicates.len(), 1);
        let root = parsed.tree.roots().next().expect("a root");
        let expected: serde_json::Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(value(root), expected);
    }

    #[test]
    fn pointers_name_values_and_keys() {
        let parsed = read(r#"{"a/b":[0,{"~":1}]}"#);
        let node = parsed.tree.values().last().expect("a value");
        assert_eq!(node.pointer(), "/a~1b/1/~0");
        assert_eq!(node.key().expect("a key").pointer(), "/a~1b/1/~0");
    }

    #[test]
    fn a_word_that_no_value_looks_like_is_a_hole() {
        for hole in ["TASK_CPU", "{cpu}", "%(cpu)s", "%%cpu%%", "$$CPU$$", "!!cpu!!", "###CPU###", "^cpu^"] {
            let text = format!("{{\"a\": {hole}, \"b\": [{hole}]\n}}");
            let parsed = read(&text);
            assert!(parsed.faults.is_empty() && parsed.holes.len() == 2, "{text}: {:?}", parsed.faults);
        }
        for other in ["cpu", "TRUE", "YES", "Cpu", "#cpu", "{cpu: 1}", "CPU UNITS", "NGINX\""] {
            assert!(read(&format!("{{\"a\": {other}\n}}")).holes.is_empty(), "{other}");
        }
    }

    #[test]
    fn each_slip_is_one_fault() {
        assert_eq!(faults("{\"a\": 1,}"), [(TrailingComma, ",".into())]);
        assert_eq!(faults("[1, 2,\n]"), [(TrailingComma, ",".into())]);
        assert_eq!(faults("{\"a\": 1 // why\n}"), [(Comment, "// why".into())]);
        assert_eq!(faults("# head\n{\"a\": 1}"), [(Comment, "# head".into())]);
        assert_eq!(faults("{\"a\": 1\n \"b\": 2}"), [(MissingComma, "".into())]);
        assert_eq!(faults("{\"a\": 1 // why\n \"b\": 2}")[0], (MissingComma, "".into()));
        assert_eq!(read("{\"a\": 1 // why\n \"b\": 2}").faults[0].span, Span::empty(7));
        assert_eq!(faults("{\"a\": 1,, \"b\": 2}"), [(ExtraComma, ",".into())]);
        assert_eq!(faults("{'a': 'b'}"), [(SingleQuotes, "'a'".into()), (SingleQuotes, "'b'".into())]);
        assert_eq!(faults("{a: 1}"), [(UnquotedKey, "a".into())]);
        assert_eq!(faults("{\"a\": True}"), [(ForeignWord, "True".into())]);
        assert_eq!(faults("{\"a\": \"\\d\"}"), [(BadEscape, "\\d".into())]);
        assert_eq!(faults("{\"a\": \"x\ty\"}"), [(ControlCharacter, "\t".into())]);
        assert_eq!(faults("{\"a\": 01}"), [(BadNumber, "01".into())]);
        assert_eq!(faults("{\"a\": , \"b\": 1}"), [(MissingValue, "\"a\"".into())]);
        assert_eq!(faults("{\"a\" \"b\"}"), [(MissingColon, "\"a\"".into())]);
        assert_eq!(faults("{\"a\" \"b\": 1}"), [(MissingColon, "\"a\"".into())]);
        assert_eq!(faults("{\"a\": \"b\": \"c\", \"d\": 1}"), [(SecondColon, ":".into())]);
        assert_eq!(faults("[{\"a\": \"b\" : {\"c\": 1}}, 2]"), [(SecondColon, ":".into())]);
        assert_eq!(faults("{\"a\": \"b\n\", \"c\": 1}"), [(ControlCharacter, "\n".into())]);
        assert_eq!(faults("[\"a\": 1]"), [(MemberInList, ":".into())]);
        assert_eq!(faults("{\"a\": [1, 2"), [(Unclosed, "[".into())]);
        assert_eq!(faults("{\"a\": [1}"), [(MismatchedBracket, "}".into())]);
        assert_eq!(faults("{\"a\": \"b,\n \"c\": 1}"), [(UnclosedString, "\"b".into())]);
        assert_eq!(faults("{\"a\": \"say \"hi\" now\"}"), [(UnescapedQuote, "\"".into())]);
        assert_eq!(faults("=== x ===\n{\"a\": 1}"), [(TextBefore, "=== x ===".into())]);
        assert_eq!(faults("{\"a\": 1}\n$ aws ecs"), [(TextAfter, "$ aws ecs".into())]);
        assert_eq!(faults("{\"a\": 1}\n{\"b\": 1}"), [(SeveralValues, "{".into())]);
        assert_eq!(faults("name: x\nimage: y"), [(NotJson, "name: x".into())]);
        assert_eq!(faults("  \n"), [(Empty, "".into())]);
        assert_eq!(
            faults("{\n<<<<<<< HEAD\n\"a\": 1\n=======\n\"a\": 2\n>>>>>>> b\n}"),
            [(MergeConflict, "<<<<<<< HEAD".into())]
        );
        assert_eq!(faults("{\"a\": b.c/d:1, \"e\": 1.2.x/y:3}").len(), 2);
        assert_eq!(faults("{\n...\n\"a\": [1, ...]}"), [(Ellipsis, "...".into()), (Ellipsis, "...".into())]);
        assert_eq!(faults("{\"a\": ...,\n \"b\": [ ... more ... ]}").len(), 2);
        assert_eq!(faults("{\n// ... the rest\n}"), [(Ellipsis, "// ... the rest".into())]);
        assert_eq!(faults("{:a=>1}"), [(HashRocket, ":a=>".into())]);
        assert_eq!(faults("{\"a\" => :b}"), [(HashRocket, "=>".into()), (Symbol, ":b".into())]);
        assert_eq!(faults("{a = 1}"), [(EqualSign, "a =".into())]);
        assert_eq!(
            faults("{a = 1\n b = 2}"),
            [(EqualSign, "a =".into()), (MissingComma, "".into()), (EqualSign, "b =".into())]
        );
        assert_eq!(faults("{\"a\": \"b\" + c(\"d, e\")}"), [(Expression, "\"b\" + c(\"d, e\")".into())]);
        assert_eq!(faults("{\"a\": (b.c // \"d\")}"), [(Expression, "(b.c // \"d\")".into())]);
        assert_eq!(faults("{\"a\": `b${c}`, \"d\": var.e, \"f\": 2 * 3}").len(), 3);
        assert_eq!(faults("{[a]: 1, \"b\":: 2, ...c, \"d\": 3}").len(), 3);
        assert_eq!(faults("[{\"a\": 1} for b in [1, 2]]"), [(Expression, "for b in [1, 2]".into())]);
        assert_eq!(faults("{“a”: ‘b’}").len(), 2);
        assert_eq!(faults("{u'a': u\"b\"}").len(), 2);
        assert_eq!(
            faults("{\"a\": b\", c\": 1}"),
            [(UnquotedValue, "b\"".into()), (UnquotedKey, "c\"".into())]
        );
        assert_eq!(faults("\"a\": [\n{}\n]"), [(Fragment, "\"a\": [".into())]);
        assert_eq!(faults("{\u{a0}\"a\": 1}"), [(OddBlank, "\u{a0}".into())]);
        assert_eq!(faults(&"[".repeat(100_000)), [(TooDeep, "[".into())]);
    }

    #[test]
    fn what_follows_a_slip_is_still_read() {
        let parsed = read("{'a': 1,, b: True \"c\": [1, 2,], \"d\": 3,}");
        let root = parsed.tree.roots().next().expect("a root");
        let keys: Vec<_> = root.members().map(|(key, _)| key.text()).collect();
        assert_eq!(keys, ["a", "b", "c", "d"]);
        assert_eq!(root.get("d").and_then(Node::as_integer), Some(3));
    }

    #[test]
    fn what_other_notations_mean_is_read() {
        for text in [
            "{:a=>\"x\", \"b\"=>nil, c: :y, \"d\"=>True}",
            "{u'a': 'x', u'b': None, 'c': \"y\", 'd': True}",
            "{a = \"x\"\nb = null\nc = \"y\"\n d = true}",
            "{“a”: ‘x’, b: undefined, c: 'y', d: TRUE}",
        ] {
            let parsed = read(text);
            assert!(parsed.doubtful_from().is_none(), "{text}");
            let root = parsed.tree.roots().next().expect("a root");
            assert_eq!(value(root), serde_json::json!({"a": "x", "b": null, "c": "y", "d": true}), "{text}");
        }
        let parsed = read("{\"a\": f(x), \"b\": [1, \"c\" + d], ...e, \"f\": 1}");
        let root = parsed.tree.roots().next().expect("a root");
        assert_eq!(root.get("a").map(Node::kind), Some(Kind::Unknown));
        assert_eq!(root.get("f").and_then(Node::as_integer), Some(1));
        assert!(root.is_incomplete());
    }

    #[test]
    fn what_a_slip_has_touched_is_unknown() {
        for text in [
            "{\"a\": 1, \"b\": [\"x\ty\"]}",
            "{\"a\": 1, \"b\": [\"x\n\"]}",
            "{\"a\": 1, \"b\": [\"\\d\"]}",
            "{\"a\": 1, \"b\": [128 MB]}",
            "{\"a\": 1, \"b\": [\"x\" y]}",
            "{\"a\": 1, \"b\": [{\"Fn\": \"Sub\": \"x\"}]}",
            "{\"a\": 1, \"b\": [\"x\"y\"]}",
        ] {
            let parsed = read(text);
            let root = parsed.tree.roots().next().expect("a root");
            assert_eq!(value(root), serde_json::json!({"a": 1, "b": [null]}), "{text}");
            assert_eq!(parsed.faults.len(), 1, "{text}");
        }
        let parsed = read("{\"a\": 1 024, \"b\": 2}");
        let root = parsed.tree.roots().next().expect("a root");
        assert_eq!(root.get("a").map(Node::kind), Some(Kind::Unknown));
    }

    #[test]
    fn holes_are_no_faults() {
        for text in [
            "{\"a\": ${x}, \"b\": $PORT, \"c\": {{MEM}}, \"d\": <PORT>, \"e\": [ {{command}} ]}",
            "{\"a\": 1,\n{{#each x}}\n\"b\": 2\n{{/each}}\n}",
            "{\"a\": [{% for x in y %}{\"n\": 1},{% endfor %}]}",
            "{\"a\": [{{range .X}}{\"n\": 1},{{end}}]}",
            "{${KEY}: 1}",
            "{\"a\": \"{{ printf \"%.8s\" .X }}\", \"b\": 1}",
            "%{ if x }\n{\"a\": 1}\n%{ endif }",
            "{\"a\": {{ .secrets }}}",
            r#"{"a": "${lookup(m, "k")}", "b": "${m["}"]}-x", "c": [${jsonencode([{ d = "]" }])}]}"#,
            r#"{"a": "<%= ENV["A"] %>", "${m["k"]}": "%{ if x == "y" }1%{ else }2%{ endif }"}"#,
            "{\"a\": \"'\"${X}\"'\", \"b\": '$PORT', \"c\": '\"$Y\"', \"d\": ~Z~}",
            "{\"a\": \"arn:aws:iam::'\"$ACCOUNT\"':role/'$ROLE'\", \"b\": 1}",
        ] {
            let parsed = read(text);
            assert_eq!(parsed.faults, [], "{text}");
            assert!(!parsed.holes.is_empty(), "{text}");
        }
    }

    #[test]
    fn jsonc_may_have_comments_and_trailing_commas() {
        let source = Source::new(SourceId(0), "a.jsonc", "{ // why\n\"a\": [1,],}");
        assert!(parse(Arc::new(source)).is_json());
    }

    /// For every deletion, insertion and cut of one byte, parsing ends and leaves spans that are in order.
    #[test]
    fn no_text_breaks_the_parser() {
        let text = "{\"é\\u0041\": [1, -2.5, {\"k\": 'q'}], \"z\": ${x}, /*c*/ \"s\": \"a\\\"b\",}";
        let pieces = [
            "", "{", "}", "[", "]", ",", ":", "\"", "'", "\\", "\n", "/", "é", "$", "0", "{{", "}}", "<",
            "#", "\u{a0}", "\u{2003}", "…", "😀", "“",
        ];
        let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        for &at in &cuts {
            let next = at + text.cut(at..).chars().next().map_or(0, char::len_utf8);
            for piece in pieces {
                for end in [at, next] {
                    check(&format!("{}{piece}{}", text.cut(..at), text.cut(end..)));
                }
            }
            check(text.cut(..at));
        }
    }

    fn check(text: &str) {
        let parsed = read(text);
        let json = serde_json::from_str::<serde_json::Value>(text).is_ok();
        assert!(!json || parsed.is_json(), "serde_json accepts {text}");
        for node in parsed.tree.values() {
            assert!(text.get(node.span().range()).is_some(), "{text}");
            assert!(parsed.tree.roots().any(|root| root.index() <= node.index()), "{text}");
            let _ = (node.text(), node.pointer());
        }
        for fault in &parsed.faults {
            assert!(text.get(fault.span.range()).is_some(), "{text} {fault:?}");
        }
        for root in parsed.tree.roots() {
            value(root);
        }
    }
}
