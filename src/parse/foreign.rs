//! What other notations use where JSON has a token: it is named, and reading continues after it.

use super::FaultKind;
use super::json::Parser;
use crate::source::{Cut, Span};
use crate::tree::Written;

/// Words that mean a JSON value in some language, and which value. `None` if JSON has no such value.
const WORDS: &[(&str, Option<Written>)] = &[
    ("True", Some(Written::True)),
    ("TRUE", Some(Written::True)),
    ("False", Some(Written::False)),
    ("FALSE", Some(Written::False)),
    ("None", Some(Written::Null)),
    ("nil", Some(Written::Null)),
    ("Null", Some(Written::Null)),
    ("NULL", Some(Written::Null)),
    ("undefined", Some(Written::Null)),
    ("NaN", None),
    ("Infinity", None),
    ("-Infinity", None),
];

/// Words that begin an expression, whatever follows.
const KEYWORDS: &[&str] = &[
    "if",
    "local",
    "function",
    "import",
    "importstr",
    "error",
    "assert",
    "new",
    "lambda",
    "not",
    "await",
    "typeof",
];

/// What the parts of an expression can be attached to, such as `std` in `std.extVar("a")`.
const HEADS: &[&str] = &[
    "std",
    "self",
    "super",
    "this",
    "$",
    "var",
    "local",
    "data",
    "module",
    "each",
    "count",
    "path",
    "terraform",
    "process",
    "os",
    "env",
    "ENV",
    "config",
    "params",
    "args",
    "context",
    "event",
];

/// Expressions of more bytes than this are not recognized.
const LONGEST: usize = 4096;

/// How far an expression may reach.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// To the next comma of the container, or to the end of the line.
    Container,
    /// To the closing bracket of that container.
    Brackets,
}

/// Which typographic quotation marks end a string that one of them begins.
fn closers(open: char) -> Option<&'static [char]> {
    match open {
        '“' | '”' | '„' | '‟' | '«' | '»' => Some(&['“', '”', '«', '»', '"']),
        '‘' | '’' | '‚' => Some(&['‘', '’', '\'']),
        _ => None,
    }
}

impl Parser<'_> {
    /// `=>` or `=` between a key, the last node, and its value. If the key is unquoted too, it is one
    /// mistake.
    pub(super) fn foreign_colon(&mut self) {
        let start = self.at;
        let is_rocket = self.bytes.get(start + 1) == Some(&b'>');
        self.at += if is_rocket { 2 } else { 1 };
        let key = self.tree.nodes.last().map(|key| key.span);
        let of_key = |kind| matches!(kind, FaultKind::UnquotedKey | FaultKind::Symbol);
        let bare = self.faults.pop_if(|fault| of_key(fault.kind) && Some(fault.span) == key);
        let from = bare.map_or(start, |fault| fault.span.start as usize);
        let kind = if is_rocket { FaultKind::HashRocket } else { FaultKind::EqualSign };
        self.fault(kind, Span::of(from..self.at));
    }

    /// The rest of `::`, `:::` and `+:`, with which Jsonnet hides a member or adds to it.
    #[cold]
    pub(super) fn more_colons(&mut self) {
        let start = self.at;
        self.at += 1;
        while self.peek() == Some(b':') {
            self.at += 1;
        }
        self.fault(FaultKind::Expression, Span::of(start..self.at));
    }

    /// `:name` or `:"name"`, a Ruby symbol. False if there is something else here.
    pub(super) fn symbol(&mut self, written: Written) -> bool {
        let start = self.at;
        let rest = self.text.cut(start + 1..);
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '?' | '!');
        let (skipped, length, closed) = match rest.strip_prefix('"') {
            Some(inside) => match inside.find(['"', '\\', '\n']) {
                Some(length) if inside.cut(length..).starts_with('"') => (1, length, 1),
                _ => return false,
            },
            None => (0, rest.find(|c| !is_name(c)).unwrap_or(rest.len()), 0),
        };
        if length == 0 {
            return false;
        }
        let text = Span::of(start + 1 + skipped..start + 1 + skipped + length);
        self.at = text.end as usize + closed;
        let span = Span::of(start..self.at);
        self.fault(FaultKind::Symbol, span);
        self.push_named(written, span, text);
        true
    }

    /// Whether a member with an unquoted key begins here: `name = `, `name: `, `:name => `.
    pub(super) fn bare_member(&self) -> bool {
        let rest = self.text.cut(self.at..);
        let symbol = rest.strip_prefix(':').unwrap_or(rest);
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let after = symbol.trim_start_matches(is_name);
        let sign = after.trim_start_matches([' ', '\t']);
        let is_symbol = symbol.len() < rest.len();
        after.len() < symbol.len() && (sign.starts_with('=') || (sign.starts_with(':') && !is_symbol))
    }

    /// A string in typographic quotation marks. False if none starts here.
    pub(super) fn typographic_string(&mut self, written: Written) -> bool {
        let start = self.at;
        let mut letters = self.text.cut(start..).chars();
        let Some(closers) = letters.next().and_then(closers) else { return false };
        let inside = letters.as_str();
        let length = inside.find(|c| c == '\n' || closers.contains(&c)).unwrap_or(inside.len());
        let Some(closer) = inside.cut(length..).chars().next().filter(|c| *c != '\n') else { return false };
        let from = self.text.len() - inside.len();
        let text = Span::of(from..from + length);
        self.at = text.end as usize + closer.len_utf8();
        let span = Span::of(start..self.at);
        self.fault(FaultKind::TypographicQuotes, span);
        self.push_named(written, span, text);
        true
    }

    /// A word that is a value in another language. False if this is not one.
    pub(super) fn foreign_word(&mut self) -> bool {
        let rest = self.text.cut(self.at..);
        let is_part =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '(' | '[' | ':' | '/');
        let word = rest.cut(..rest.find(|c| !is_part(c)).unwrap_or(rest.len()));
        let Some((_, meaning)) = WORDS.iter().find(|(known, _)| *known == word) else { return false };
        let span = Span::of(self.at..self.at + word.len());
        self.at += word.len();
        self.fault(FaultKind::ForeignWord, span);
        match meaning {
            Some(written) => self.push(*written, span, Span::default()),
            None => self.push(Written::Hole, span, span),
        }
        true
    }

    /// A value that has to be computed, which begins with a word. False if there is none here.
    pub(super) fn expression(&mut self) -> bool {
        let rest = self.text.cut(self.at..);
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
        let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let (name, after) = (rest.cut(..length), rest.cut(length..));
        let is_expression = match after.chars().next() {
            _ if rest.starts_with(['`', '!', '(']) => true,
            Some('(') => !name.is_empty(),
            Some('[') => HEADS.contains(&name),
            Some('.') => HEADS.contains(&name) || name.starts_with("aws_"),
            Some('"' | '\'') => name == "f",
            Some(' ') if KEYWORDS.contains(&name) => true,
            // Jsonnet adds members to an object like this: `base { name: "a" }`.
            Some(' ') if is_object_behind(after) => !name.is_empty(),
            Some(_) => !name.is_empty() && is_operator(after),
            None => false,
        };
        if !is_expression {
            return false;
        }
        let Some(end) = self.end_of_expression(self.at, Within::Container) else { return false };
        self.computed(self.at, end);
        true
    }

    /// Looks past a value that has been read and starts here: if an operator follows, the value is only the
    /// first part of one that has to be computed. Faults from `faults` on are in its parts.
    #[inline]
    pub(super) fn join_expression(&mut self, start: usize, faults: usize) {
        let is_joined = match self.peek() {
            Some(b',' | b'}' | b']') | None => false,
            Some(_) => self.operator_follows(),
        };
        if !is_joined {
            return;
        }
        let Some(end) = self.end_of_expression(start, Within::Container) else { return };
        self.faults.truncate(faults);
        self.tree.nodes.pop();
        self.computed(start, end);
    }

    fn computed(&mut self, start: usize, end: usize) {
        let span = Span::of(start..end);
        self.at = end;
        self.fault(FaultKind::Expression, span);
        self.push(Written::Hole, span, span);
    }

    /// `[expression]: value` or `local name = value` in the place of a key. False if neither is here.
    pub(super) fn computed_member(&mut self) -> bool {
        let rest = self.text.cut(self.at..);
        let is_statement = ["local ", "assert "].iter().any(|word| rest.starts_with(word));
        if !is_statement && !rest.starts_with('[') {
            return false;
        }
        self.computed_part(Within::Container)
    }

    /// `for x in y` after an item or a member, which repeats it. False if it is not here.
    pub(super) fn comprehension(&mut self) -> bool {
        let rest = self.text.cut(self.at..);
        (rest.starts_with("for ") || rest.starts_with("if ")) && self.computed_part(Within::Brackets)
    }

    /// `+ other` after an object or a list, which may add anything. False if it is not here.
    pub(super) fn joined_container(&mut self) -> bool {
        let is_joined = self.computed_part(Within::Container);
        if is_joined {
            self.tree.mark_incomplete(self.last_closed);
        }
        is_joined
    }

    fn computed_part(&mut self, within: Within) -> bool {
        let Some(end) = self.end_of_expression(self.at, within) else { return false };
        let span = Span::of(self.at..end);
        self.at = end;
        self.fault(FaultKind::Expression, span);
        self.mark_open_incomplete();
        true
    }

    /// Whether what follows the value that ends here joins it to another value.
    #[cold]
    fn operator_follows(&self) -> bool {
        let rest = self.text.cut(self.at..);
        let after = rest.trim_start_matches([' ', '\t']);
        let words = || ["if ", "or ", "and ", "for ", "in "].iter().any(|word| after.starts_with(word));
        let mut bytes = after.bytes();
        match (bytes.next(), bytes.next()) {
            // The next line may begin with the operator.
            (Some(b'\r' | b'\n'), _) => after.trim_start().starts_with("+ "),
            (Some(b'.'), Some(letter)) => after.len() == rest.len() && letter.is_ascii_alphabetic(),
            (Some(b'a'..=b'z'), _) => after.len() < rest.len() && words(),
            _ => is_operator(rest),
        }
    }

    /// Where an expression ends: before the comma or the bracket that ends a value, or with its line if no
    /// operator continues it on the next. `None` if its brackets or quotation marks do not match.
    fn end_of_expression(&self, from: usize, within: Within) -> Option<usize> {
        let rest = self.text.cut(from..self.text.len().min(from + LONGEST));
        let mut depth = 0_usize;
        // The character before, and the last one before that is not whitespace.
        let (mut before, mut sign) = (' ', ' ');
        let mut letters = rest.char_indices();
        while let Some((at, c)) = letters.next() {
            match c {
                '"' | '\'' | '`' => {
                    let mut escaped = false;
                    let closes = |(_, inner): &(usize, char)| {
                        let is_end = (*inner == c || (*inner == '\n' && c != '`')) && !escaped;
                        escaped = *inner == '\\' && !escaped;
                        is_end
                    };
                    if letters.find(closes)?.1 == '\n' {
                        return None;
                    }
                }
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' if depth > 0 => depth -= 1,
                ')' | ']' | '}' if depth == 0 => return self.trimmed(from, at),
                ',' if depth == 0 && within == Within::Container => return self.trimmed(from, at),
                '\n' if depth == 0 && within == Within::Container => {
                    let goes_on = |c: char| matches!(c, '+' | '?' | '|' | '&' | '%' | '=' | '*');
                    let next = rest.cut(at..).trim_start().chars().next();
                    if !goes_on(sign) && !next.is_some_and(|c| goes_on(c) || c == '.') {
                        return self.trimmed(from, at);
                    }
                }
                '/' if depth == 0 && before == ' ' && is_comment(rest.cut(at..)) => {
                    return self.trimmed(from, at);
                }
                _ => {}
            }
            before = c;
            sign = if c.is_whitespace() { sign } else { c };
        }
        if depth == 0 && from + rest.len() == self.text.len() { self.trimmed(from, rest.len()) } else { None }
    }

    fn trimmed(&self, from: usize, length: usize) -> Option<usize> {
        let length = self.text.cut(from..from + length).trim_end().len();
        (length > 0).then_some(from + length)
    }
}

/// Whether a text begins with an operator of some language; JSON has none.
fn is_operator(text: &str) -> bool {
    let after = text.trim_start_matches([' ', '\t']);
    let is_apart = after.len() < text.len();
    let mut bytes = after.bytes();
    match (bytes.next(), bytes.next()) {
        (Some(b'+' | b'?'), _) | (Some(b'|'), Some(b'|')) | (Some(b'&'), Some(b'&')) => true,
        (Some(b'=' | b'!'), Some(b'=')) | (Some(b'%'), Some(b'(' | b'[')) => true,
        (Some(b'*' | b'/' | b'-' | b'%'), Some(b' ')) => is_apart,
        _ => false,
    }
}

/// Whether an object follows, rather than a template hole.
fn is_object_behind(text: &str) -> bool {
    let object = text.trim_start().strip_prefix('{');
    object.is_some_and(|inside| !inside.starts_with(['{', '%']))
}

fn is_comment(text: &str) -> bool {
    text.starts_with("//") || text.starts_with("/*")
}
