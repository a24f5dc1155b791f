//! Variables of which a part is commented out: the name, the value, or both.

use std::ops::Range;

use super::misread::is_name;
use super::scan::Secrets;
use super::value::{is_open, is_random};
use crate::parse::Parsed;
use crate::settings::MARK;
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
    for comment in &parsed.comments {
        let said = text.cut(comment.range());
        // It names rules, which may be about secrets.
        let is_for_linter = said.contains(MARK);
        if !is_for_linter && is_beside_secret(text, comment.start as usize) {
            found.push((*comment, String::new()));
        } else {
            let tokens = tokens_behind_name(said).into_iter();
            let from = comment.start as usize;
            found.extend(tokens.map(|range| (Span::of(from + range.start..from + range.end), String::new())));
        }
    }
    let mut comments = parsed.comments.iter().peekable();
    // The last line with the name of a secret, and the line before this one, if it has a value.
    let (mut name, mut value): (Option<Line>, Option<Line>) = (None, None);
    let mut is_below = false;
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
        // What a comment goes on with below its `value: >-`.
        if std::mem::take(&mut is_below) && is_comment && !said.is_empty() {
            found.push((Span::of(at..end), String::new()));
        } else if let Some(rest) = after_key(said, ["name", "Name"]) {
            let own = said.cut(rest.clone());
            let bare = own.trim_start_matches(['#', ' ']);
            let is_hidden = is_comment || bare.len() < own.len();
            name = is_name(bare).then(|| Line { is_comment: is_hidden, ..line(rest) });
            add_if_commented(text, name.as_ref(), before.as_ref(), found);
        } else if let Some(rest) = after_key(said, ["value", "Value", "Default", "default"]) {
            let is_open = matches!(said.cut(rest.clone()).trim_end_matches(['+', '-']), "" | "|" | ">");
            is_below = is_open && is_comment && name.is_some();
            value = Some(line(rest));
            add_if_commented(text, name.as_ref(), value.as_ref(), found);
        } else if is_comment && said.strip_suffix(':').is_some_and(is_name) {
            name = Some(line(0..said.len() - 1));
        } else if let Some((key, rest)) = said.split_once(':')
            && rest.trim_start().starts_with('#')
            && is_name(key)
        {
            found.push((Span::of(end - rest.len()..end), String::new()));
        }
    }
}

/// What may be a secret of the comments in a text that has none by its notation: `} // was hunter2`.
pub(super) fn in_misread(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut reached = 0;
    for (at, _) in text.match_indices("//") {
        if at < reached || text.cut(..at).ends_with(':') {
            continue;
        }
        let comment = beginning(text.cut(at..)).lines().next().unwrap_or_default();
        reached = at + comment.len();
        if is_beside_secret(text, at) {
            found.push(at..at + comment.len());
        } else {
            let tokens = tokens_behind_name(comment).into_iter();
            found.extend(tokens.map(|range| at + range.start..at + range.end));
        }
    }
    found
}

/// Whether a comment is behind the name of a secret, or behind the value in the line below, or between the two.
fn is_beside_secret(text: &str, at: usize) -> bool {
    let mut lines = latest(text.cut(..at)).rsplit('\n');
    let own = lines.next().unwrap_or_default();
    let is_of_value = || {
        let said = own.trim_start_matches([' ', '\t', '"']);
        said.is_empty() || said.starts_with("value") || said.starts_with("Value")
    };
    names_secret(own) || is_of_value() && lines.next().is_some_and(names_secret)
}

/// So much of a line is looked at, in bytes: all of a text may be one line.
const LONGEST: usize = 320;

/// The first part of a text.
fn beginning(text: &str) -> &str {
    let to = (0..=LONGEST.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    text.cut(..to.unwrap_or_default())
}

/// The last part of a text.
fn latest(text: &str) -> &str {
    let from = (text.len().saturating_sub(LONGEST)..=text.len()).find(|at| text.is_char_boundary(*at));
    text.cut(from.unwrap_or_default()..)
}

/// Whether the last variable of a part of a line is a secret.
fn names_secret(line: &str) -> bool {
    let is_separator =
        |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | ':' | '=' | '{' | '}' | '[' | ']');
    let last = line.rsplit('}').find(|part| part.contains(char::is_alphanumeric));
    last.is_some_and(|last| last.split(is_separator).any(is_name))
}

/// The words of a comment that may be the secret, behind the name of one: `# the password is hunter2`.
pub(super) fn tokens_behind_name(comment: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut is_behind = false;
    // Whether the next word is what the name stands for.
    let mut is_next = false;
    let mut at = 0;
    let names_one = |at: usize| {
        let rest = beginning(comment.cut(at..)).split('\n').next().unwrap_or_default();
        rest.split([' ', '\t', ',', '"', '\'', '`', ':', '=', '.']).any(is_name)
    };
    let names_rules = |at: usize| latest(comment.cut(..at)).rsplit('\n').next().is_some_and(is_list_of_rules);
    for word in comment.split_inclusive([' ', '\t', '\n', ',', '"', '\'', '`', ':', '=']) {
        let bare = word.trim_end_matches([' ', '\t', '\n', ',', '"', '\'', '`', ':', '=', '.', ';', ')']);
        let is_own_name = is_name(bare) && !names_rules(at);
        // A token may also be in front of what it is called: `# k9hUnTeR is the password`.
        let is_token = is_random(bare, 6) && !is_ticket(bare) || is_odd(bare);
        let may_be_secret = is_behind && is_next || is_token && (is_behind || names_one(at));
        if !is_own_name && may_be_secret && !bare.is_empty() && !is_open(bare) {
            found.push(at..at + bare.len());
        }
        is_behind = is_behind && !word.contains('\n') || is_own_name;
        let links = matches!(bare, "is" | "was" | "to" | "->" | "=>") || word.ends_with([':', '=']);
        is_next = is_behind && (links || bare.is_empty() && is_next);
        at += word.len();
    }
    found
}

/// Whether a line names rules up to its end: in a comment that ignores findings, or in the settings.
fn is_list_of_rules(line: &str) -> bool {
    let of_comment = line.split_once(MARK).is_some_and(|(_, rest)| !rest.contains(':'));
    let of_settings =
        ["rule =", "rules =", "rule=", "rules="].iter().filter_map(|sign| line.rfind(sign)).max();
    of_comment || of_settings.is_some_and(|at| !line.cut(at..).contains("reason"))
}

/// Whether a word has capitals in it like no name and no sentence: `hUnTeR`.
fn is_odd(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let rises = letters.windows(2).filter(|pair| pair[0].is_lowercase() && pair[1].is_uppercase()).count();
    word.len() >= 6 && rises > 1
}

/// Whether a word is the number of a ticket: `OPS-1234`.
fn is_ticket(word: &str) -> bool {
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_project = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase());
    word.split_once('-').is_some_and(|(project, number)| is_project(project) && is_number(number))
}

/// Where what follows one of some keys is in a line, without quotation marks and commas.
fn after_key<const COUNT: usize>(said: &str, keys: [&str; COUNT]) -> Option<Range<usize>> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_name_of_a_secret_stands_for_is_not_shown() {
        for comment in [
            "# the password is hunter",
            "# DB_PASSWORD: hunter",
            "// db_password = \"hunter\"",
            "# the API token was changed to hunter",
        ] {
            let found: Vec<&str> =
                tokens_behind_name(comment).into_iter().map(|range| comment.cut(range)).collect();
            assert!(found.contains(&"hunter"), "{comment}: {found:?}");
        }
        assert_eq!(tokens_behind_name("# the password, hUnTeR, and no more").len(), 1);
        for comment in ["# the password comes from the console", "# the log level is debug, the image hUnTeR"]
        {
            assert!(tokens_behind_name(comment).is_empty(), "{comment}");
        }
    }
}
