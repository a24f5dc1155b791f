//! Regular expressions in the syntax of Go's `regexp`, which compiles the patterns of log drivers.
//!
//! Only whether an expression compiles matters, so this parser has no result. Syntax that only some Go
//! releases accept, such as `(?<name>…)`, and names that depend on Go's Unicode tables, such as the one in
//! `\p{Greek}`, pass.

use crate::source::Cut;
use std::ops::Range;

/// Why an expression does not compile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RegexFaultKind {
    /// A range in brackets that ends before it starts, or an unknown class such as `[:foo:]`.
    CharRange,
    /// An invalid escape sequence: `\Z`, `\1`.
    Escape,
    /// A group with an invalid name.
    NamedCapture,
    /// `(?` with something that Go does not support, such as look-around.
    PerlSyntax,
    /// Two consecutive repetition operators: `a++`.
    NestedRepeat,
    /// More than 1000 times, or a maximum below the minimum.
    RepeatCount,
    /// `[` without `]`.
    MissingBracket,
    /// `(` without `)`.
    MissingParen,
    /// A repetition operator without an operand: `*a`.
    NothingToRepeat,
    /// A backslash at the end.
    TrailingBackslash,
    /// `)` without `(`.
    UnexpectedParen,
}

impl RegexFaultKind {
    /// Go's wording.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            RegexFaultKind::CharRange => "invalid character class range",
            RegexFaultKind::Escape => "invalid escape sequence",
            RegexFaultKind::NamedCapture => "invalid named capture",
            RegexFaultKind::PerlSyntax => "invalid or unsupported Perl syntax",
            RegexFaultKind::NestedRepeat => "invalid nested repetition operator",
            RegexFaultKind::RepeatCount => "invalid repeat count",
            RegexFaultKind::MissingBracket => "missing closing ]",
            RegexFaultKind::MissingParen => "missing closing )",
            RegexFaultKind::NothingToRepeat => "missing argument to repetition operator",
            RegexFaultKind::TrailingBackslash => "trailing backslash at end of expression",
            RegexFaultKind::UnexpectedParen => "unexpected )",
        }
    }
}

/// A fault in an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RegexFault {
    /// What is wrong.
    pub kind: RegexFaultKind,
    /// The bytes of the expression that cause it.
    pub at: Range<usize>,
}

impl RegexFault {
    /// The fault as Go reports it: ``invalid escape sequence: `\Z` ``.
    pub(crate) fn reported(&self, pattern: &str) -> String {
        let expression = match self.kind {
            RegexFaultKind::MissingParen | RegexFaultKind::UnexpectedParen => pattern,
            RegexFaultKind::TrailingBackslash => "",
            RegexFaultKind::MissingBracket => pattern.cut(self.at.start..),
            _ => pattern.cut(self.at.clone()),
        };
        format!("{}: `{expression}`", self.kind.words())
    }
}

/// The first fault of an expression; `None` if it compiles, or may compile.
pub(crate) fn regex_fault(pattern: &str) -> Option<RegexFault> {
    Reader { pattern, at: 0 }.read().err()
}

/// The maximum number of repetitions of an expression, or of a part of it, in total.
const MOST: i64 = 1000;

type Read<T> = Result<T, RegexFault>;

struct Reader<'p> {
    pattern: &'p str,
    at: usize,
}

/// What precedes a repetition operator.
#[derive(Clone, Copy, Default)]
struct Group {
    opened_at: usize,
    /// Whether there is anything to repeat.
    has_operand: bool,
    /// How often the last operand already repeats something.
    operand_repeats: i64,
    /// The same for all operands of the group.
    repeats: i64,
}

impl Group {
    fn push(&mut self, repeats: i64) {
        self.has_operand = true;
        self.operand_repeats = repeats;
        self.repeats = self.repeats.max(repeats);
    }
}

impl<'p> Reader<'p> {
    fn read(&mut self) -> Read<()> {
        let mut groups: Vec<Group> = Vec::new();
        let mut group = Group::default();
        let mut last_repeat: Option<usize> = None;
        while let Some(c) = self.rest().chars().next() {
            let start = self.at;
            let mut is_repeat = false;
            match c {
                '(' => {
                    let opens = if self.rest().starts_with("(?") { self.flags()? } else { self.skip(1) };
                    if opens {
                        groups.push(group);
                        group = Group { opened_at: start, ..Group::default() };
                    }
                }
                ')' => {
                    self.skip(1);
                    let outer = groups.pop().ok_or(fault(RegexFaultKind::UnexpectedParen, start..self.at))?;
                    let repeats = group.repeats;
                    group = outer;
                    group.push(repeats);
                }
                '|' => {
                    self.skip(1);
                    group.has_operand = false;
                }
                '[' => {
                    self.class()?;
                    group.push(0);
                }
                '*' | '+' | '?' => {
                    self.skip(1);
                    self.repeat(start, last_repeat, &mut group, None)?;
                    is_repeat = true;
                }
                '{' => match self.counts() {
                    // A brace that does not contain a count is an ordinary character.
                    None => {
                        self.skip(1);
                        group.push(0);
                    }
                    Some(counts) => {
                        self.repeat(start, last_repeat, &mut group, Some(counts))?;
                        is_repeat = true;
                    }
                },
                '\\' => {
                    if self.escape()? {
                        group.push(0);
                    }
                }
                _ => {
                    self.skip(c.len_utf8());
                    group.push(0);
                }
            }
            last_repeat = is_repeat.then_some(start);
        }
        match groups.pop() {
            None => Ok(()),
            Some(_) => {
                let start = group.opened_at;
                Err(fault(RegexFaultKind::MissingParen, start..start + 1))
            }
        }
    }

    fn rest(&self) -> &'p str {
        self.pattern.cut(self.at..)
    }

    fn skip(&mut self, bytes: usize) -> bool {
        self.at += bytes;
        true
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest().chars().next()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// A repetition operator.
    fn repeat(
        &mut self,
        start: usize,
        last_repeat: Option<usize>,
        group: &mut Group,
        counts: Option<(i64, i64)>,
    ) -> Read<()> {
        let is_too_often = |least: i64, most: i64| least > MOST || most > MOST || (most >= 0 && least > most);
        if let Some((least, most)) = counts
            && is_too_often(least, most)
        {
            return Err(fault(RegexFaultKind::RepeatCount, start..self.at));
        }
        if self.rest().starts_with('?') {
            self.skip(1);
        }
        if let Some(first) = last_repeat {
            return Err(fault(RegexFaultKind::NestedRepeat, first..self.at));
        }
        if !group.has_operand {
            return Err(fault(RegexFaultKind::NothingToRepeat, start..self.at));
        }
        if let Some((least, most)) = counts {
            let times = if most < 0 { least } else { most };
            let repeats = times.max(times.saturating_mul(group.operand_repeats));
            if times >= 2 && repeats > MOST {
                return Err(fault(RegexFaultKind::RepeatCount, start..self.at));
            }
            group.push(repeats);
        }
        Ok(())
    }

    /// `{2}`, `{2,}` or `{2,4}`: the minimum and the maximum, -1 if there is no maximum. Numbers that are far
    /// too large become just larger than the limit.
    fn counts(&mut self) -> Option<(i64, i64)> {
        let inner = self.rest().cut(1..);
        let inner = inner.cut(..inner.find(|c: char| !c.is_ascii_digit() && c != ',')?);
        let end = 1 + inner.len();
        let (least, most) = match inner.split_once(',') {
            Some((least, "")) => (count(least)?, -1),
            Some((least, most)) => (count(least)?, count(most)?),
            None => (count(inner)?, count(inner)?),
        };
        (self.rest().as_bytes()[end] == b'}').then(|| self.skip(end + 1))?;
        Some((least, most))
    }

    /// `(?`: flags, or a group with flags or a name. Returns whether it opens a group.
    fn flags(&mut self) -> Read<bool> {
        let start = self.at;
        let after = self.rest().cut(2..);
        let named = after.strip_prefix("P<").or(after.strip_prefix('<'));
        // `(?<name>` since Go 1.22; `(?<=` and `(?<!` never.
        if let Some(named) = named.filter(|named| !named.starts_with(['=', '!'])) {
            let Some(length) = named.find('>') else {
                return Err(fault(RegexFaultKind::NamedCapture, start..self.pattern.len()));
            };
            let name = named.cut(..length);
            self.at = self.pattern.len() - named.len() + length + 1;
            let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            return if is_name { Ok(true) } else { Err(fault(RegexFaultKind::NamedCapture, start..self.at)) };
        }
        self.skip(2);
        let (mut is_negative, mut saw_flag) = (false, false);
        while let Some(c) = self.next() {
            match c {
                'i' | 'm' | 's' | 'U' => saw_flag = true,
                '-' if !is_negative => (is_negative, saw_flag) = (true, false),
                ':' | ')' if !is_negative || saw_flag => return Ok(c == ':'),
                _ => break,
            }
        }
        Err(fault(RegexFaultKind::PerlSyntax, start..self.at))
    }

    /// `[…]`
    fn class(&mut self) -> Read<()> {
        let start = self.at;
        self.skip(1);
        if self.rest().starts_with('^') {
            self.skip(1);
        }
        let mut is_first = true;
        while is_first || !self.rest().starts_with(']') {
            is_first = false;
            if self.posix_class()? || self.unicode_class()? || self.perl_class() {
                continue;
            }
            let from = self.at;
            let low = self.class_character(start)?;
            let is_range =
                self.rest().strip_prefix('-').is_some_and(|rest| !rest.is_empty() && !rest.starts_with(']'));
            if is_range {
                self.skip(1);
                if self.class_character(start)? < low {
                    return Err(fault(RegexFaultKind::CharRange, from..self.at));
                }
            }
        }
        self.skip(1);
        Ok(())
    }

    fn class_character(&mut self, class: usize) -> Read<u32> {
        if self.rest().starts_with('\\') {
            return self.escaped_character();
        }
        let missing = fault(RegexFaultKind::MissingBracket, class..class + 1);
        self.next().map(u32::from).ok_or(missing)
    }

    /// `[:alpha:]` inside brackets.
    fn posix_class(&mut self) -> Read<bool> {
        const NAMES: [&str; 14] = [
            "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct",
            "space", "upper", "word", "xdigit",
        ];
        let Some((name, _)) = self.rest().strip_prefix("[:").and_then(|rest| rest.split_once(":]")) else {
            return Ok(false);
        };
        let start = self.at;
        self.skip(name.len() + 4);
        let is_class = NAMES.contains(&name.strip_prefix('^').unwrap_or(name));
        if is_class { Ok(true) } else { Err(fault(RegexFaultKind::CharRange, start..self.at)) }
    }

    /// `\pL` or `\p{Greek}`, with any name.
    fn unicode_class(&mut self) -> Read<bool> {
        let Some(name) = self.rest().strip_prefix("\\p").or(self.rest().strip_prefix("\\P")) else {
            return Ok(false);
        };
        let length = match name.chars().next() {
            Some('{') => name.find('}').map(|end| end + 1),
            Some(letter) if letter.is_ascii_alphabetic() => Some(1),
            _ => None,
        };
        let Some(length) = length else {
            return Err(fault(RegexFaultKind::CharRange, self.at..self.pattern.len()));
        };
        Ok(self.skip(2 + length))
    }

    /// `\d` and the like.
    fn perl_class(&mut self) -> bool {
        let mut letters = self.rest().chars();
        let is_class = letters.next() == Some('\\') && letters.next().is_some_and(|c| "dDsSwW".contains(c));
        is_class && self.skip(2)
    }

    /// A backslash outside brackets. Returns whether there is something that can be repeated.
    fn escape(&mut self) -> Read<bool> {
        if let Some(literal) = self.rest().strip_prefix("\\Q") {
            let length = literal.find("\\E");
            self.skip(2 + length.map_or(literal.len(), |length| length + 2));
            return Ok(length.unwrap_or(literal.len()) > 0);
        }
        let is_anchor = self.rest().cut(1..).starts_with(['A', 'b', 'B', 'z']);
        if is_anchor {
            return Ok(self.skip(2));
        }
        if !self.unicode_class()? && !self.perl_class() {
            self.escaped_character()?;
        }
        Ok(true)
    }

    /// A backslash and what forms a single character with it.
    fn escaped_character(&mut self) -> Read<u32> {
        let start = self.at;
        self.skip(1);
        let Some(c) = self.next() else {
            return Err(fault(RegexFaultKind::TrailingBackslash, start..self.at));
        };
        let is_octal = |c: char| ('0'..='7').contains(&c);
        let character = match c {
            // A single digit other than 0 would be a backreference.
            '0'..='7' if c == '0' || self.rest().starts_with(is_octal) => {
                let more: String = self.rest().chars().take_while(|c| is_octal(*c)).take(2).collect();
                self.skip(more.len());
                u32::from_str_radix(&format!("{c}{more}"), 8).ok()
            }
            'x' => self.hexadecimal(),
            'a' => Some(7),
            'f' => Some(12),
            'n' => Some(10),
            'r' => Some(13),
            't' => Some(9),
            'v' => Some(11),
            _ if c.is_ascii() && !c.is_ascii_alphanumeric() => Some(u32::from(c)),
            _ => None,
        };
        character.ok_or(fault(RegexFaultKind::Escape, start..self.at))
    }

    /// What follows `\x`: two digits, or any number of digits in braces.
    fn hexadecimal(&mut self) -> Option<u32> {
        let first = self.next()?;
        if first != '{' {
            let second = self.next()?;
            return Some(first.to_digit(16)? * 16 + second.to_digit(16)?);
        }
        let mut value = None;
        loop {
            match self.next()? {
                '}' => return value,
                digit => {
                    let sum = value.unwrap_or(0) * 16 + digit.to_digit(16)?;
                    value = Some(sum).filter(|sum| *sum <= u32::from(char::MAX));
                    value?;
                }
            }
        }
    }
}

fn fault(kind: RegexFaultKind, at: Range<usize>) -> RegexFault {
    RegexFault { kind, at }
}

/// A number without leading zeros.
fn count(digits: &str) -> Option<i64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = digits == "0" || !digits.starts_with('0');
    (is_number && is_plain).then(|| digits.parse().unwrap_or(MOST + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each of these was tested with Go 1.19.
    #[test]
    fn what_compiles_has_no_fault() {
        for pattern in [
            "",
            "^INFO",
            "^\\[\\d{4}-\\d{2}-\\d{2}",
            "^{\"time\"",
            "a{,5}",
            "x{2}{",
            "[\\w-.]+",
            "[]a]",
            "[^]a-]",
            "[[:alpha:]_]",
            "\\Q[(\\E*",
            "(?i)error|(?P<level>warn)",
            "(?s-i:a.b)*?",
            "\\x{1F600}\\x41\\012\\0",
            "\\pL\\p{^Greek}",
            "(a{10}){100}",
            "^*()*(|a)",
            "\\_\\-\\/\\\"",
            "é+",
        ] {
            assert_eq!(regex_fault(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn faults_are_reported_as_go_reports_them() {
        for (pattern, reported) in [
            ("^(?!\\s)", "invalid or unsupported Perl syntax: `(?!`"),
            ("(?=a)", "invalid or unsupported Perl syntax: `(?=`"),
            ("(?<=a)b", "invalid or unsupported Perl syntax: `(?<`"),
            ("(?>a)", "invalid or unsupported Perl syntax: `(?>`"),
            ("(?x)a", "invalid or unsupported Perl syntax: `(?x`"),
            ("(a)\\1", "invalid escape sequence: `\\1`"),
            ("end\\Z", "invalid escape sequence: `\\Z`"),
            ("[\\b]", "invalid escape sequence: `\\b`"),
            ("\\d{6}+00", "invalid nested repetition operator: `{6}+`"),
            ("a**", "invalid nested repetition operator: `**`"),
            ("*ERROR", "missing argument to repetition operator: `*`"),
            ("a|+b", "missing argument to repetition operator: `+`"),
            ("[\\d{4}-(?:0]", "invalid character class range: `}-(`"),
            ("[[:alfa:]]", "invalid character class range: `[:alfa:]`"),
            ("[a", "missing closing ]: `[a`"),
            ("a(b", "missing closing ): `a(b`"),
            ("ab)", "unexpected ): `ab)`"),
            ("a{1001}", "invalid repeat count: `{1001}`"),
            ("a{3,2}", "invalid repeat count: `{3,2}`"),
            ("(a{100}){11}", "invalid repeat count: `{11}`"),
            ("a\\", "trailing backslash at end of expression: ``"),
            ("(?P<a b>c)", "invalid named capture: `(?P<a b>`"),
        ] {
            let fault = regex_fault(pattern).map(|fault| fault.reported(pattern));
            assert_eq!(fault.as_deref(), Some(reported), "{pattern}");
        }
    }
}
