//! Scalars: what they mean, and where their parts are.

use std::borrow::Cow;

use granit_parser::ScalarStyle;

use crate::parse::scalar::is_number;
use crate::source::{Cut, Span};
use crate::tree::{Run, Text, Written};

/// Words that are a boolean in YAML 1.1 and a string in YAML 1.2, or the other way round, in lower case.
const AMBIGUOUS: &[&str] = &["y", "n", "yes", "no", "on", "off", ".inf", "-.inf", "+.inf", ".nan", "="];

/// A scalar of the text.
pub(super) struct Scalar<'t> {
    pub value: Cow<'t, str>,
    pub style: ScalarStyle,
    /// The token; for a block scalar, from its first character to the token that follows.
    pub span: Span,
}

impl Scalar<'_> {
    /// Whether nothing is written.
    pub(super) fn is_nothing(&self) -> bool {
        self.style == ScalarStyle::Plain && self.span.is_empty()
    }

    fn is_block(&self) -> bool {
        matches!(self.style, ScalarStyle::Literal | ScalarStyle::Folded)
    }

    /// Where it is, as a value: the body of a block scalar, and for nothing, where it could be written.
    /// `before` is where the token before it ends.
    pub(super) fn place(&self, text: &str, before: u32) -> Span {
        let Span { start, end } = self.span;
        if self.is_nothing() {
            let rest = text.cut(end as usize..);
            let colon = rest.trim_start_matches([' ', '\t']);
            let after = (rest.len() - colon.len() + 1) as u32;
            return Span::empty(if colon.starts_with(':') { end + after } else { end });
        }
        if !self.is_block() {
            return self.span;
        }
        let body = text.cut(self.span.range()).trim_end().len() as u32;
        if body == 0 {
            let header = text.cut(before as usize..).lines().next().unwrap_or_default().trim_end();
            return Span::empty(before + header.len() as u32);
        }
        Span::new(start, start + body)
    }

    /// What kind of value it is, with the type that its tag names. A hole if it is not known.
    pub(super) fn written(&self, type_: Option<&str>) -> Written {
        match type_ {
            Some("str") => Written::Text,
            None if self.style != ScalarStyle::Plain => Written::Text,
            None => plain(&self.value, self.is_nothing()),
            Some("int" | "float" | "bool" | "null") => match plain(&self.value, self.is_nothing()) {
                Written::Text => Written::Hole,
                known => known,
            },
            Some(_) => Written::Hole,
        }
    }

    /// The text of a scalar at a place. `runs` takes the runs of a text that is written in another way.
    pub(super) fn text<'r>(&'r self, text: &str, place: Span, runs: &'r mut Vec<Run>) -> Text<'r> {
        let inside = match self.style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted if place.len() >= 2 => {
                Span::new(place.start + 1, place.end - 1)
            }
            _ => place,
        };
        let written = text.cut(inside.range());
        if written == self.value {
            return Text::Source(inside);
        }
        let is_aligned = match self.style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                align_escapes(written, &self.value, self.style, inside.start, runs)
            }
            ScalarStyle::Literal => align_lines(written, &self.value, inside.start, runs),
            _ => false,
        };
        if is_aligned { Text::Aligned(&self.value, runs) } else { Text::Decoded(&self.value) }
    }
}

/// What a plain scalar is. YAML 1.1 and YAML 1.2 must agree.
fn plain(text: &str, is_nothing: bool) -> Written {
    match text {
        _ if is_nothing => Written::Null,
        "~" | "null" | "Null" | "NULL" => Written::Null,
        "true" | "True" | "TRUE" => Written::True,
        "false" | "False" | "FALSE" => Written::False,
        _ if is_number(text.as_bytes()) && !text.contains(['e', 'E']) => Written::Number,
        _ if is_ambiguous(text) => Written::Hole,
        _ => Written::Text,
    }
}

/// Whether a plain scalar, which is not a number of JSON, is a string in one version of YAML and something
/// else in another.
fn is_ambiguous(text: &str) -> bool {
    // Not longer than a time with a fraction and a zone.
    const LONGEST: usize = 40;
    if text.len() > LONGEST {
        return false;
    }
    let is_capitalized = || {
        let rest = text.cut(1..);
        rest.chars().all(|c| !c.is_ascii_uppercase()) || text.chars().all(|c| !c.is_ascii_lowercase())
    };
    if AMBIGUOUS.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return is_capitalized() || text.contains('.');
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !unsigned.trim_start_matches('.').starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    is_odd_number(unsigned) || is_of_base_60(unsigned) || is_date(text)
}

/// A number in a form that JSON does not have: `010`, `1_000`, `0x1F`, `.5`, `1e3`.
fn is_odd_number(text: &str) -> bool {
    for (prefix, base) in [("0o", 8), ("0x", 16), ("0b", 2)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            return !digits.is_empty() && digits.chars().all(|c| c == '_' || c.is_digit(base));
        }
    }
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (text, None),
    };
    let is_digits = |text: &str| text.chars().all(|c| c == '_' || c.is_ascii_digit());
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let has_exponent = exponent.is_none_or(|digits| !digits.is_empty() && is_digits(digits));
    is_digits(whole) && is_digits(fraction) && has_exponent
}

/// `1:30`, which YAML 1.1 takes for ninety.
fn is_of_base_60(text: &str) -> bool {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let mut parts = whole.split(':');
    let first = parts.next().unwrap_or_default();
    let is_first = !first.is_empty() && first.chars().all(|c| c == '_' || c.is_ascii_digit());
    let is_part = |part: &str| part.len() <= 2 && part.parse::<u8>().is_ok_and(|number| number < 60);
    is_first && whole.contains(':') && parts.all(is_part)
}

/// `2026-01-31`, alone or with a time, which YAML 1.1 takes for a date.
fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let mut digits = |count: usize| {
        let part = parts.next().unwrap_or_default();
        (1..=count).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_year_and_month = digits(4) && digits(2) && text.find('-') == Some(4);
    let day = parts.next().unwrap_or_default();
    let (day, time) =
        day.split_at_checked(day.find(['T', 't', ' ']).unwrap_or(day.len())).unwrap_or_default();
    let is_day = (1..=2).contains(&day.len()) && day.bytes().all(|byte| byte.is_ascii_digit());
    is_year_and_month && is_day && (time.is_empty() || time.contains(':'))
}

/// Finds the runs of a quoted text with escapes. False if it is continued on another line.
fn align_escapes(written: &str, value: &str, style: ScalarStyle, start: u32, runs: &mut Vec<Run>) -> bool {
    let mut letters = value.char_indices();
    let mut rest = written;
    let mut is_broken = true;
    while let Some(c) = rest.chars().next() {
        let Some((decoded, letter)) = letters.next() else { return false };
        if std::mem::take(&mut is_broken) {
            runs.push(Run { decoded: decoded as u32, source: start + (written.len() - rest.len()) as u32 });
        }
        let length = match (c, style) {
            ('\'', ScalarStyle::SingleQuoted) => 2,
            ('\\', ScalarStyle::DoubleQuoted) => escape_length(rest),
            _ if c == letter => {
                rest = rest.cut(c.len_utf8()..);
                continue;
            }
            _ => return false,
        };
        rest = rest.cut(length..);
        is_broken = true;
    }
    if is_broken && !runs.is_empty() {
        runs.push(Run { decoded: value.len() as u32, source: start + written.len() as u32 });
    }
    letters.next().is_none()
}

/// The length of the escape that a text begins with.
fn escape_length(text: &str) -> usize {
    match text.as_bytes().get(1) {
        Some(b'x') => 4,
        Some(b'U') => 10,
        Some(b'u') => {
            let is_high = matches!(text.get(2..4), Some(high) if matches!(high.as_bytes(), [b'd' | b'D', b'8' | b'9' | b'a' | b'b' | b'A' | b'B']));
            if is_high && text.cut(6..).starts_with("\\u") { 12 } else { 6 }
        }
        _ => 1 + text.cut(1..).chars().next().map_or(0, char::len_utf8),
    }
}

/// Finds the runs of a literal block scalar: each line is written as it is, behind its indentation.
fn align_lines(written: &str, value: &str, start: u32, runs: &mut Vec<Run>) -> bool {
    let (mut decoded, mut source) = (0, 0);
    let mut lines = written.split_inclusive('\n');
    for line in value.split_inclusive('\n') {
        let own = line.trim_end_matches('\n');
        // What follows are empty lines.
        let Some(found) = lines.next() else { return own.is_empty() };
        let indented = found.trim_end_matches('\n').trim_end_matches('\r');
        if !indented.ends_with(own) {
            return own.trim().is_empty() && lines.next().is_none();
        }
        let at = source + indented.len() - own.len();
        runs.push(Run { decoded, source: start + at as u32 });
        decoded += line.len() as u32;
        source += found.len();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_versions_of_yaml_disagree_on_is_unknown() {
        for text in "yes No ON off y N 010 1_000 0o7 0x1F 0b1 +1 .5 1. 1e3 1.5e+3 -.5 1:30 12:30:45 \
                     2026-01-31 2026-01-31T10:00:00Z .inf -.INF .NaN 08"
            .split_whitespace()
        {
            assert_eq!(plain(text, false), Written::Hole, "{text}");
        }
        for text in
            "yEs 8080:80 8000-9000 1.2.3 10.0.0.1 v1 1a 12-3 2026-01 - -x .. 1m30s 0.5vcpu 20260131-1 \
                     1-2-3 tRUE nginx:1.29 64MB 123456789012.dkr"
                .split_whitespace()
        {
            assert_eq!(plain(text, false), Written::Text, "{text}");
        }
        for text in "0 -1 80 1.5 -0.5 123456789012".split_whitespace() {
            assert_eq!(plain(text, false), Written::Number, "{text}");
        }
        assert_eq!(plain("", true), Written::Null);
    }
}
