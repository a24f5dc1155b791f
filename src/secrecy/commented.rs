//! Variables of which a part is commented out: the name, the value, or both.

use std::ops::Range;

use super::misread::is_name;
use super::scan::Secrets;
use super::value::is_open;
use crate::parse::Parsed;
use crate::source::{Cut, Span};

/// A line that begins with `name` or `value`.
struct Line {
    is_comment: bool,
    /// What follows the key.
    rest: Range<usize>,
}

/// Adds the values of secret variables if they are in a comment, or their names are. Those in a comment are only not
/// shown, because their words may be any.
pub(super) fn add(parsed: &Parsed, found: &mut Secrets) {
    if parsed.comments.is_empty() {
        return;
    }
    let text = &parsed.tree.source.text;
    let mut comments = parsed.comments.iter().peekable();
    // The last line with the name of a secret, and the line before this one, if it has a value.
    let (mut name, mut value): (Option<Line>, Option<Line>) = (None, None);
    let mut start = 0;
    for whole in text.split_inclusive('\n') {
        let end = start + whole.trim_end().len();
        let signs = [' ', '\t', '-', '{', '#', '/', '*', '"', '\''];
        let at = start + whole.len() - whole.trim_start_matches(signs).len();
        start += whole.len();
        let said = text.cut(at.min(end)..end);
        while comments.next_if(|comment| comment.end as usize <= at).is_some() {}
        let is_comment = comments.peek().is_some_and(|comment| comment.start as usize <= at);
        let line = |rest: Range<usize>| Line { is_comment, rest: at + rest.start..at + rest.end };
        let before = value.take();
        if let Some(rest) = after_key(said, ["name", "Name"]) {
            name = is_name(said.cut(rest.clone())).then(|| line(rest));
            add_if_commented(text, name.as_ref(), before.as_ref(), found);
        } else if let Some(rest) = after_key(said, ["value", "Value"]) {
            value = Some(line(rest));
            add_if_commented(text, name.as_ref(), value.as_ref(), found);
        } else if let Some((key, rest)) = said.split_once(':')
            && rest.trim_start().starts_with('#')
            && is_name(key)
        {
            found.push((Span::of(end - rest.len()..end), String::new()));
        }
    }
}

/// Where what follows one of some keys is in a line, without quotation marks and commas.
fn after_key(said: &str, keys: [&str; 2]) -> Option<Range<usize>> {
    let rest = keys.iter().find_map(|key| said.strip_prefix(key))?;
    let rest = rest.trim_start_matches(['"', '\'']).trim_start().strip_prefix([':', '='])?;
    let rest = rest.trim_start_matches([' ', '\t', '"', '\'']);
    let start = said.len() - rest.len();
    Some(start..start + rest.trim_end_matches([' ', ',', '"', '\'', '}']).len())
}

fn add_if_commented(text: &str, name: Option<&Line>, value: Option<&Line>, found: &mut Secrets) {
    let (Some(name), Some(value)) = (name, value) else { return };
    let told = text.cut(value.rest.clone());
    // YAML takes `#hunter2` for a comment.
    if (name.is_comment || value.is_comment || told.starts_with('#')) && !told.is_empty() && !is_open(told) {
        let value_in_messages = if value.is_comment { String::new() } else { told.to_owned() };
        found.push((Span::of(value.rest.clone()), value_in_messages));
    }
}
