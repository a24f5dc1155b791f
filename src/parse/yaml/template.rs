//! Texts that become YAML only when something fills in their holes: templates of Jinja, Go and others.

use std::sync::Arc;

use crate::parse::Parsed;
use crate::source::{Cut, Source, Span};
use crate::tree::Notation;

/// What begins a hole that stands for more than a value, behind `{{` and blanks.
const CONTROL: &[&str] = &[
    "if", "else", "end", "range", "with", "define", "block", "template", "include", "tpl", "toYaml", "#",
    "/", "^", ">", "-", "/*",
];

/// Reads a text that is not YAML as a template. `None` if it has no holes. If more than values is filled in,
/// the text cannot be read before it is rendered, and nothing is.
pub(super) fn unrendered(source: &Arc<Source>, read: impl Fn(&str, &[Span]) -> Parsed) -> Option<Parsed> {
    let text = &source.text;
    let first = [text.find("{{"), text.find("{%")].into_iter().flatten().min()?;
    let masked = mask(text).map(|(masked, holes)| read(&masked, &holes));
    let read = masked.filter(|parsed| parsed.faults.is_empty() && !parsed.holes.is_empty());
    Some(read.unwrap_or_else(|| {
        let line = text.cut(first..).lines().next().unwrap_or_default();
        let length = line.find("}}").or(line.find("%}")).map_or(line.trim_end().len(), |at| at + 2);
        let hole = Span::of(first..first + length);
        Parsed { holes: vec![hole], ..Parsed::without_nodes(source, Notation::Yaml) }
    }))
}

/// The text with letters in the place of its holes, and where these are. `None` if not all of them stand for
/// values.
fn mask(text: &str) -> Option<(String, Vec<Span>)> {
    if text.contains("{%") {
        return None;
    }
    let mut masked = String::with_capacity(text.len());
    let mut holes = Vec::new();
    let mut at = 0;
    while let Some(start) = text.cut(at..).find("{{").map(|found| at + found) {
        let inside = text.cut(start + 2..).lines().next().unwrap_or_default();
        let length = inside.find("}}")?;
        let says = inside.cut(..length).trim_start();
        let is_control = CONTROL.iter().any(|word| {
            says.strip_prefix(word).is_some_and(|rest| {
                !word.ends_with(|c: char| c.is_ascii_alphabetic())
                    || !rest.starts_with(|c: char| c.is_alphanumeric())
            })
        });
        if is_control {
            return None;
        }
        let end = start + 2 + length + 2;
        masked.push_str(text.cut(at..start));
        masked.extend(std::iter::repeat_n('x', end - start));
        holes.push(Span::of(start..end));
        at = end;
    }
    masked.push_str(text.cut(at..));
    Some((masked, holes))
}
