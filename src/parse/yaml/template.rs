//! Texts that become YAML only when something fills in their holes: templates of Jinja, Go and others.

use std::sync::Arc;

use crate::parse::Parsed;
use crate::placeholder::expression;
use crate::source::{Cut, Source, Span};
use crate::tree::Notation;

/// What begins a hole that stands for more than a value, behind `{{` and blanks.
const CONTROL: &[&str] = &[
    "if", "else", "end", "range", "with", "define", "block", "template", "include", "tpl", "toYaml", "#",
    "/", "^", ">", "-", "/*",
];

/// What begins a directive of Terraform, behind `%{` and blanks.
const DIRECTIVES: &[&str] = &["if", "else", "endif", "for", "endfor"];

/// Reads a text that is not YAML as a template. `None` if it has no holes. If more than values is filled in,
/// the text cannot be read before it is rendered, and nothing is.
pub(super) fn unrendered(source: &Arc<Source>, read: impl Fn(&str, &[Span]) -> Parsed) -> Option<Parsed> {
    let text = &source.text;
    let read = |which| {
        let (masked, holes) = mask(text, which)?;
        Some(read(&masked, &holes)).filter(|parsed| parsed.faults.is_empty() && !parsed.holes.is_empty())
    };
    read(Which::Special).or_else(|| read(Which::All)).or_else(|| {
        // YAML of CloudFormation and of shells contains `${}` too.
        // So is a dynamic reference: `{{resolve:ssm:/web/port}}`.
        let is_hole = |at: &usize| !text.cut(*at..).starts_with("{{resolve:");
        let braces = text.match_indices("{{").map(|(at, _)| at).find(is_hole);
        let first = [braces, text.find("{%"), text.find("<%"), directive(text)];
        let first = first.into_iter().flatten().min()?;
        let line = text.cut(first..).lines().next().unwrap_or_default();
        let length = expression(line).or(line.find("%}").map(|at| at + 2)).unwrap_or(line.trim_end().len());
        let hole = Span::of(first..first + length);
        Some(Parsed { holes: vec![hole], ..Parsed::without_nodes(source, Notation::Yaml) })
    })
}

/// Which of the holes that begin with `${` are masked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    /// Those that YAML would misread anywhere. What is read of the others is a text with a hole.
    Special,
    /// Those too that YAML misreads within brackets.
    All,
}

/// The text with letters in the place of its holes, and where these are. `None` if not all of them stand for
/// values.
fn mask(text: &str, which: Which) -> Option<(String, Vec<Span>)> {
    let has_code =
        || text.match_indices("<%").any(|(at, sign)| !text.cut(at + sign.len()..).starts_with('='));
    if text.contains("{%") || directive(text).is_some() || has_code() {
        return None;
    }
    let mut masked = String::with_capacity(text.len());
    let mut holes = Vec::new();
    let mut at = 0;
    let begins_value = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| text.as_bytes().get(before));
        before.is_none_or(|before| matches!(before, b' ' | b'\t' | b'\n' | b'[' | b','))
    };
    let next = |from: usize| {
        let pairs = text.as_bytes().get(from..)?.windows(2);
        let mut pairs = pairs.enumerate().map(|(at, two)| (from + at, two));
        let found = pairs.find(|(at, two)| match *two {
            b"{{" | b"<%" | b"${" => true,
            [b'@' | b'%' | b'{' | b'[', _] => begins_value(*at),
            _ => false,
        });
        found.map(|(at, _)| at)
    };
    let mut from = 0;
    while let Some(start) = next(from) {
        let end = match meaning(text.cut(start..), which) {
            Meaning::Hole(length) => start + length,
            Meaning::Text(length) => {
                from = start + length;
                continue;
            }
            Meaning::Control => return None,
        };
        masked.push_str(text.cut(at..start));
        masked.extend(std::iter::repeat_n('x', end - start));
        holes.push(Span::of(start..end));
        (at, from) = (end, end);
    }
    masked.push_str(text.cut(at..));
    Some((masked, holes))
}

/// What something that looks like a hole is, and how many bytes of it.
enum Meaning {
    /// It stands for a value.
    Hole(usize),
    /// YAML reads it.
    Text(usize),
    /// It stands for more than a value.
    Control,
}

/// What the text is that begins with the sign of a hole.
fn meaning(text: &str, which: Which) -> Meaning {
    if text.starts_with("${") {
        return match expression(text) {
            None => Meaning::Text(2),
            Some(length) if which == Which::Special && !text.cut(2..length).contains(['"', '{', ':']) => {
                Meaning::Text(length)
            }
            Some(length) => Meaning::Hole(length),
        };
    }
    if text.starts_with("{{") || text.starts_with("<%") {
        let is_value = |length: &usize| !text.cut(..*length).contains('\n') && !is_control(text);
        return expression(text).filter(is_value).map_or(Meaning::Control, Meaning::Hole);
    }
    signed(text).map_or(Meaning::Text(1), Meaning::Hole)
}

/// The length of a hole in signs that no plain scalar begins with, at the start of a text: `@CPU@`, `%%CPU%%`,
/// `@{CPU}`, `%(cpu)s`, `{cpu}`, `[[cpu]]`.
pub(super) fn signed(text: &str) -> Option<usize> {
    let name = |from: usize| {
        let rest = text.get(from..)?;
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        let says = rest.trim_start_matches(' ');
        let is_name = says.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let length = says.find(|c| !is_of_name(c)).filter(|_| is_name)?;
        Some(from + blanks + length)
    };
    let closed = |open: usize, close: &str| {
        let end = name(open)?;
        let rest = text.get(end..)?;
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        rest.trim_start_matches(' ').starts_with(close).then_some(end + blanks + close.len())
    };
    let sign = text.chars().next()?;
    // More than two are not a hole.
    let signs = text.chars().take(3).take_while(|c| *c == sign).count();
    match sign {
        '{' if signs == 1 => closed(1, "}"),
        '[' if signs == 2 => closed(2, "]]"),
        '@' | '%' => match text.get(signs..)?.chars().next()? {
            '{' => closed(signs + 1, "}"),
            '(' => {
                let end = closed(signs + 1, ")")?;
                Some(end + usize::from(text.get(end..)?.starts_with(['s', 'd'])))
            }
            ' ' => None,
            _ => closed(signs, text.get(..signs)?),
        },
        _ => None,
    }
}

/// The length of a hole in the place of a value that is a comment for YAML, at the start of a text: `#{CPU}`,
/// `#{CPU}#`.
pub(super) fn commented(text: &str) -> Option<usize> {
    let line = text.lines().next()?.strip_prefix("#{")?;
    let says = line.split('}').next().filter(|says| !says.trim().is_empty() && says.len() < line.len())?;
    let end = 2 + says.len() + 1;
    let rest = text.get(end..)?;
    Some(end + rest.find(char::is_whitespace).unwrap_or(rest.len()))
}

/// Whether the hole at the start of a text stands for more than a value.
fn is_control(text: &str) -> bool {
    let Some(says) = text.strip_prefix("{{").map(str::trim_start) else { return false };
    CONTROL.iter().any(|word| {
        says.strip_prefix(word).is_some_and(|rest| {
            !word.ends_with(|c: char| c.is_ascii_alphabetic())
                || !rest.starts_with(|c: char| c.is_alphanumeric())
        })
    })
}

/// Where the first directive of Terraform begins: `%{ if x }`, `%{~ endfor ~}`.
fn directive(text: &str) -> Option<usize> {
    let begins_directive = |after: &str| {
        let says = after.trim_start_matches('~').trim_start();
        let word = says.split(|c: char| !c.is_ascii_alphabetic()).next();
        word.is_some_and(|word| DIRECTIVES.contains(&word))
    };
    let mut signs = text.match_indices("%{");
    signs.find(|(at, sign)| begins_directive(text.cut(at + sign.len()..))).map(|(at, _)| at)
}
