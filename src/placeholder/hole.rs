//! Template holes: what a tool fills in.
//!
//! Every search for the end of a hole is cached, so that a text consisting only of opening signs costs no
//! more than any other.

use std::ops::Range;

use super::{Kind, Wants, expression};

/// A longer text between two signs is not a hole.
const LONGEST: usize = 1024;

/// The first hole of a text.
pub(super) fn find(text: &str, wants: Wants) -> Option<(Range<usize>, Kind)> {
    let mut holes = Holes::of(text, wants.is_prose());
    let mut starts = text.bytes().enumerate().filter(|(_, byte)| may_start(*byte));
    starts.find_map(|(at, _)| {
        let (end, kind) = holes.at(at)?;
        Some((at..end, kind))
    })
}

/// Whether a text begins with a hole, and whether it ends with one.
pub(super) fn at_ends(text: &str) -> (bool, bool) {
    let mut holes = Holes::of(text, false);
    let begins = holes.at(0).is_some();
    let mut starts = text.bytes().enumerate().filter(|(_, byte)| may_start(*byte));
    let ends = starts.any(|(at, _)| holes.at(at).is_some_and(|(end, _)| end == text.len()));
    (begins, ends)
}

/// The length in bytes of the hole at the start of a text, or of a control tag such as `{% if x %}`, which
/// controls a template and produces no output.
pub(super) fn length(text: &str) -> Option<usize> {
    let mut holes = Holes::of(beginning(text, LONGEST), false);
    let control = [("{%", "%}"), ("<%", "%>"), ("%{", "}")];
    let mut tag = || control.into_iter().find_map(|(open, close)| holes.enclosed(0, open, close));
    let tag = tag();
    let end = holes.at(0).map(|(end, _)| end).or(tag)?;
    let has_own = text.get(2..end).is_some_and(|inner| inner.contains(['"', '{']));
    if has_own { expression(text).or(Some(end)) } else { Some(end) }
}

/// The length in bytes of a shell variable at the start of a text, spliced in between quotation marks:
/// `'$PORT'`, `'"${PORT}"'`.
pub(super) fn spliced(text: &str) -> Option<usize> {
    let inner = beginning(text, LONGEST).strip_prefix('\'')?;
    let inner = inner.split(['\'', '\n']).next()?;
    let is_closed = text.as_bytes().get(inner.len() + 1) == Some(&b'\'');
    let variable = inner.strip_prefix('"').unwrap_or(inner);
    let is_variable = variable.starts_with(['$', '`']) && length(variable).is_some();
    (is_closed && is_variable).then_some(inner.len() + 2)
}

/// The beginning of a text, up to a number of bytes.
pub(super) fn beginning(text: &str, length: usize) -> &str {
    let end = (0..=length.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    text.get(..end.unwrap_or(0)).unwrap_or(text)
}

/// Whether a text has the form of a whole Region: in `$ap-northeast-1`, `$ap` is hardly a variable.
pub(crate) fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [country, .., direction, number] = parts.as_slice() else { return false };
    let is_country = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_direction =
        ["north", "south", "east", "west", "central"].iter().any(|one| direction.ends_with(one));
    (3..=4).contains(&parts.len()) && is_country && is_direction && matches!(number.as_bytes(), [b'1'..=b'9'])
}

/// Whether a text is the ARN of a Lambda function, and what is left of it is the version `$LATEST`, which AWS
/// itself writes like this.
fn is_latest_version(text: &str, rest: &str) -> bool {
    rest == "$LATEST" && text.starts_with("arn:") && text.contains(":lambda:")
}

fn may_start(byte: u8) -> bool {
    matches!(byte, b'{' | b'$' | b'<' | b'%' | b'#' | b'@' | b'[' | b'(' | b'_' | b'~' | b'|' | b'`')
}

/// The holes of a text.
struct Holes<'t> {
    text: &'t str,
    is_prose: bool,
    /// For each closing sign, where the last search started and what it found; `None` if there are no more.
    closings: Vec<(&'static str, usize, Option<usize>)>,
}

impl<'t> Holes<'t> {
    fn of(text: &'t str, is_prose: bool) -> Holes<'t> {
        Holes { text, is_prose, closings: Vec::new() }
    }

    /// The end of the hole that begins at an offset.
    fn at(&mut self, at: usize) -> Option<(usize, Kind)> {
        let rest = self.text.get(at..)?;
        let bytes = rest.as_bytes();
        let is_value = !self.is_prose;
        let end = match bytes.first()? {
            b'{' if rest.starts_with("{{") => self.enclosed(at, "{{", "}}"),
            b'{' if rest.starts_with("{%") => self.enclosed(at, "{%", "%}"),
            // Python's style, and that of hand-written templates. No AWS value contains braces, except JSON
            // in a string.
            b'{' if is_value => self.enclosed_by(at, "{", "}", |inner| !inner.contains([':', '"'])),
            b'$' => match bytes.get(1)? {
                b'{' if rest.starts_with("${{") => self.enclosed(at, "${{", "}}"),
                b'{' => {
                    let end = self.enclosed(at, "${", "}")?;
                    return Some((end, if is_value { Kind::Hole } else { Kind::Variable }));
                }
                b'(' if is_value => self.enclosed(at, "$(", ")"),
                b'[' if is_value => self.enclosed(at, "$[", "]"),
                _ if is_latest_version(self.text, rest) => None,
                _ if at == 0 && is_region(rest.trim_start_matches('$')) => None,
                first if is_value && (first.is_ascii_alphabetic() || *first == b'_') => {
                    let length = bytes[1..].iter().take_while(|byte| is_word(**byte)).count();
                    Some(at + 1 + length)
                }
                _ => None,
            },
            b'<' if rest.starts_with("<%") => self.enclosed(at, "<%", "%>"),
            b'<' if is_value && !rest.starts_with("<!") => {
                self.enclosed_by(at, "<", ">", |inner| !inner.contains(['<', '"', '\n']))
            }
            b'#' if rest.starts_with("#{") => {
                let end = self.enclosed(at, "#{", "}")?;
                Some(if self.text.as_bytes().get(end) == Some(&b'#') { end + 1 } else { end })
            }
            b'#' => self.fenced(at, "#"),
            // Python's style.
            b'%' if is_value && rest.starts_with("%(") => {
                let end = self.enclosed_by(at, "%(", ")", is_dotted_name)?;
                let is_converted = matches!(self.text.as_bytes().get(end), Some(b's' | b'd'));
                Some(end + usize::from(is_converted))
            }
            b'%' if rest.starts_with("%%") => self.fenced(at, "%%"),
            // `%C3%A9` is a character of a URL.
            b'%' if bytes.get(1..3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
                && bytes.get(3) == Some(&b'%') =>
            {
                None
            }
            b'%' => self.fenced(at, "%"),
            b'_' => self.fenced(at, "__"),
            b'@' if rest.starts_with("@@") => self.fenced(at, "@@"),
            b'@' if is_value && rest.starts_with("@(") => self.enclosed(at, "@(", ")"),
            b'@' if is_value && rest.starts_with("@{") => self.enclosed(at, "@{", "}"),
            b'@' if is_value => self.enclosed_by(at, "@", "@", is_dotted_name),
            b'[' if rest.starts_with("[[") => self.enclosed_by(at, "[[", "]]", is_name),
            b'(' if rest.starts_with("((") => {
                self.enclosed_by(at, "((", "))", |inner| is_value || is_dotted_name(inner))
            }
            b'~' if is_value => self.enclosed_by(at, "~", "~", is_dotted_name),
            b'|' if is_value => self.enclosed_by(at, "|", "|", is_dotted_name),
            b'`' if is_value => self.enclosed(at, "`", "`"),
            _ => None,
        }?;
        Some((end, Kind::Hole))
    }

    /// A shell's `${}` and an empty `{{}}` are not holes.
    fn enclosed(&mut self, at: usize, open: &str, close: &'static str) -> Option<usize> {
        self.enclosed_by(at, open, close, |_| true)
    }

    fn enclosed_by(
        &mut self,
        at: usize,
        open: &str,
        close: &'static str,
        holds: impl Fn(&str) -> bool,
    ) -> Option<usize> {
        if !self.text.get(at..)?.starts_with(open) {
            return None;
        }
        let start = at + open.len();
        let end = self.next(close, start).filter(|end| end - start <= LONGEST)?;
        let inner = self.text.get(start..end)?;
        (!inner.trim().is_empty() && holds(inner)).then_some(end + close.len())
    }

    /// `#NAME#`, `%NAME%`, `__NAME__`, `@@NAME@@`: a name between two fences. In lower case, it must be a word of its
    /// own (`my__own__name`), and may be meant by a shell or a program.
    fn fenced(&mut self, at: usize, fence: &'static str) -> Option<usize> {
        let is_prose = self.is_prose;
        let end = self.enclosed_by(at, fence, fence, |word| {
            let is_capital = |byte: u8| is_word(byte) && !byte.is_ascii_lowercase();
            let in_capitals =
                word.starts_with(|c: char| c.is_ascii_uppercase()) && word.bytes().all(is_capital);
            if is_prose { in_capitals && word.len() > 1 } else { in_capitals || is_name(word) }
        })?;
        let bytes = self.text.as_bytes();
        let inner = bytes.get(at + fence.len()..end - fence.len())?;
        let joins = |byte: Option<&u8>| byte.is_some_and(|byte| is_word(*byte));
        let is_inside =
            at.checked_sub(1).is_some_and(|before| joins(bytes.get(before))) || joins(bytes.get(end));
        if is_inside && inner.iter().any(u8::is_ascii_lowercase) {
            return None;
        }
        // `AIRFLOW__CORE__EXECUTOR` is one name.
        let is_capital =
            |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let is_of_name = fence == "__" && is_capital(before) && is_capital(bytes.get(end));
        (!is_of_name).then_some(end)
    }

    /// The next position of a sign. Offsets only increase, so a cached position ahead is still valid.
    fn next(&mut self, sign: &'static str, from: usize) -> Option<usize> {
        let known = self.closings.iter().position(|(known, ..)| *known == sign);
        if let Some(&(_, searched, found)) = known.map(|known| &self.closings[known])
            && searched <= from
            && found.is_none_or(|found| from <= found)
        {
            return found;
        }
        let found = self.text.get(from..)?.find(sign).map(|length| from + length);
        match known {
            Some(known) => self.closings[known] = (sign, from, found),
            None => self.closings.push((sign, from, found)),
        }
        found
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// An identifier as in a program, which no JSON value is: `[[1]]` and `[[true]]` are lists.
pub(super) fn is_name(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    begins && text.bytes().all(is_word) && !matches!(text, "true" | "false" | "null")
}

fn is_dotted_name(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    begins && text.bytes().all(|byte| is_word(byte) || matches!(byte, b'-' | b'.'))
}
