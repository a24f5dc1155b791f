//! The values that texts assign to names of secrets, in whatever notation: on a command line, in an assignment, in braces
//! that were not read, as what a placeholder falls back to.

use std::ops::Range;

use super::name::is_secretive;
use super::value::{is_open, is_random};
use crate::placeholder::{self, Wants};
use crate::source::Cut;

/// The values of `value` in braces that were not read, where other members may come first.
pub(super) fn values_in_braces(text: &str) -> Vec<Range<usize>> {
    let keys = text.match_indices("value").chain(text.match_indices("Value"));
    let values = keys.filter_map(|(at, key)| {
        let is_key = text.cut(..at).ends_with(['"', '\'', '{', ',', ' ']);
        let value = value_at(text, value_after(text, at + key.len(), key).filter(|_| is_key)?);
        let word = text.cut(value.clone());
        (word.contains(char::is_alphanumeric) && !is_open(word)).then_some(value)
    });
    values.collect()
}

/// What a placeholder stands for if nothing fills it in: `hunter2` of `${DB_PASSWORD:-hunter2}` and of
/// `{{ env `DB_PASSWORD` `hunter2` }}`.
pub(super) fn fallbacks(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Most texts have none of what a placeholder begins with.
    if !['{', '<'].iter().any(|sign| text.contains(*sign)) {
        return found;
    }
    for (at, _) in text.match_indices("${") {
        let from = at + "${".len();
        let inside = text.cut(from..).split('}').next().unwrap_or_default();
        let name = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(inside.len());
        let rest = inside.cut(name..);
        if let Some(fallback) = [":-", ":=", "-", "="].iter().find_map(|sign| rest.strip_prefix(sign)) {
            found.push(from + inside.len() - fallback.len()..from + inside.len());
        }
        // It never ends, and neither do the others in it.
        if from + inside.len() == text.len() {
            break;
        }
    }
    let expressions = [("{{", "}}"), ("{%", "%}"), ("<%", "%>"), ("${", "}")];
    let expressions = expressions.iter().flat_map(|(open, close)| {
        // What is in one is not in another. The last one may have no end.
        let mut next = 0;
        std::iter::from_fn(move || {
            let at = next + text.cut(next..).find(open)?;
            let inside = text.cut(at..).split(close).next().unwrap_or_default();
            next = at + inside.len().max(open.len());
            Some((at, inside))
        })
    });
    for (at, inside) in expressions {
        for quote in ['"', '\'', '`'] {
            let mut from = at;
            for (position, piece) in inside.split(quote).enumerate() {
                let end = from + piece.len();
                // `tags["name"]`
                let is_index =
                    || text.cut(..from - 1).ends_with('[') && text.cut(end..).cut(1..).starts_with(']');
                if position % 2 == 1 && !is_secretive(piece) && !is_index() {
                    found.push(from..end);
                }
                from = end + 1;
            }
        }
    }
    found.retain(|range| !is_open(text.cut(range.clone())));
    found
}

/// `hunter2` of the image `web:hunter2@registry/app`, or of the registry `web:hunter2@registry.example`.
pub(super) fn password_of_registry(image: &str) -> Option<Range<usize>> {
    let image = image.split("@sha256:").next().unwrap_or(image);
    let (user, rest) = image.rsplit_once('@')?;
    // `${REPOSITORY}:latest@${DIGEST}` is a tag and a digest.
    if placeholder::find(rest, Wants::Image).is_some_and(|hole| hole.range == (0..rest.len())) {
        return None;
    }
    let (name, password) = user.split_once(':')?;
    // `npm:web@1.2` is a version.
    let is_host =
        rest.contains('/') || rest.contains('.') && rest.ends_with(|c: char| c.is_ascii_alphabetic());
    (is_host && !is_open(password)).then(|| name.len() + 1..user.len())
}

/// The values that a text assigns to names of secrets: `DB_PASSWORD=hunter2`, `--password hunter2`,
/// `password: hunter2`.
pub(super) fn assigned(text: &str) -> Vec<Range<usize>> {
    let is_in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text.cut(at..).find(is_in_name).map(|from| at + from) {
        let rest = text.cut(start..);
        let name = rest.find(|c| !is_in_name(c)).map_or(rest, |end| rest.cut(..end));
        let end = start + name.len();
        at = end;
        if SCHEMES.iter().any(|scheme| name.eq_ignore_ascii_case(scheme))
            && let Some(token) = token_of_scheme(text, end)
        {
            at = token.end;
            found.push(token);
            continue;
        }
        if !is_secretive(name) {
            continue;
        }
        let Some(from) = value_after(text, end, name).or_else(|| value_behind(text, start, name)) else {
            continue;
        };
        let value = with_scheme(text, value_at(text, from));
        if !value.is_empty() && !is_open(text.cut(value.clone())) {
            at = value.end;
            found.push(value);
        }
    }
    found
}

/// Words in front of a token that say how it is used.
const SCHEMES: &[&str] = &["basic", "bearer", "token"];

/// Where the value of a name begins that ends at an offset, if it has one.
fn value_after(text: &str, end: usize, name: &str) -> Option<usize> {
    let rest = text.cut(end..);
    let after_quote = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
    let signs = after_quote.trim_start_matches([' ', '\t']);
    for sign in ["==", "!=", "=>", "=", ":"] {
        let Some(value) = signs.strip_prefix(sign) else { continue };
        // `secret:web` is a part of an ARN, and `token:1` an image.
        if sign != ":" || value.starts_with([' ', '\t', '"', '\'']) {
            return Some(text.len() - value.trim_start_matches([' ', '\t']).len());
        }
    }
    // An option has its value behind a blank.
    let value = rest.trim_start_matches(' ');
    let is_value = || {
        let word = || value.split(char::is_whitespace).next().unwrap_or_default();
        !value.starts_with('-') || is_random(word(), 8) && !word().contains('=')
    };
    let is_option = name.starts_with('-') && value.len() < rest.len() && is_value();
    is_option.then(|| text.len() - value.len())
}

/// The token behind its scheme: `Bearer hunter2`.
fn token_of_scheme(text: &str, end: usize) -> Option<Range<usize>> {
    let token = value_at(text, end + text.cut(end..).starts_with(' ').then_some(1)?);
    is_random(text.cut(token.clone()), 8).then_some(token)
}

/// Where the value of a name begins that is a tag, a word among others, or the name of a variable:
/// `<password>hunter2</password>`, `login web password hunter2`, `set aws_secret_access_key k9hunter2`, `PASSWORD 'hunter2'`.
fn value_behind(text: &str, start: usize, name: &str) -> Option<usize> {
    let end = start + name.len();
    // A text may be long, and have many names.
    let (before, rest) = (text.cut(start.saturating_sub(100)..start), text.cut(end..));
    let is_tag = before.ends_with('<') && rest.starts_with('>');
    let is_of_login = || {
        let mut words = before.rsplit(' ').filter(|word| !word.is_empty());
        rest.starts_with(' ') && words.nth(1) == Some("login")
    };
    let is_of_variable = || {
        // `secret:web:API_TOKEN:` is a part of an ARN.
        let is_word = before.chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '\''));
        let Some(value) = rest.strip_prefix([' ', ':']) else { return false };
        let word = value.split(char::is_whitespace).next().unwrap_or_default();
        match rest.starts_with(':') {
            true => is_word && !word.is_empty(),
            false => value.starts_with(['"', '\'']) || is_random(word, 6),
        }
    };
    (is_tag || is_of_login() || is_variable(name) && is_of_variable()).then_some(end + 1)
}

/// Whether a name is one that programs have, and not a word.
fn is_variable(name: &str) -> bool {
    name.contains('_') || name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// The value in a text that should be no more than the name of a secret: `DB_PASSWORD hunter2`, `DB_PASSWORD, value, x`.
pub(super) fn behind_name(text: &str) -> Option<Range<usize>> {
    let length = text.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-' | '.'))?;
    let name = text.cut(..length);
    let rest = text.cut(length..).strip_prefix([' ', ',', '\t', ';'])?;
    let signs = [' ', '\t', ',', ';', ':', '='];
    let value = rest.trim_start_matches(signs);
    let value = value.strip_prefix("value").map_or(value, |value| value.trim_start_matches(signs));
    (is_variable(name) && is_secretive(name) && !is_open(value)).then(|| text.len() - value.len()..text.len())
}

/// A value with the token behind it, if it only says what the token is: `Authorization: Bearer hunter2`.
fn with_scheme(text: &str, value: Range<usize>) -> Range<usize> {
    let is_scheme = SCHEMES.iter().any(|scheme| text.cut(value.clone()).eq_ignore_ascii_case(scheme));
    match text.cut(value.end..).strip_prefix(' ') {
        Some(_) if is_scheme => value_at(text, value.end + 1),
        _ => value,
    }
}

/// The value that begins at an offset: what is between quotation marks, which may have a `$` before them, or a word.
fn value_at(text: &str, from: usize) -> Range<usize> {
    let is_quoted = |rest: &str| rest.starts_with("$'") || rest.starts_with("$\"");
    let from = if is_quoted(text.cut(from..)) { from + 1 } else { from };
    let rest = text.cut(from..);
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(quote) = quote {
        let inside = rest.cut(1..);
        let length = inside.find([quote, '\n']).unwrap_or(inside.len());
        return from + 1..from + 1 + length;
    }
    let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | '}' | ']' | '<');
    from..from + rest.find(is_end).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_of_registries_and_fallbacks_may_have_any_signs() {
        for image in
            ["web:a@b@registry.example/app", "web:a@b@shared/app", "web:a@b@registry.example/app@sha256:01"]
        {
            assert_eq!(password_of_registry(image).map(|range| image.cut(range)), Some("a@b"), "{image}");
        }
        assert_eq!(password_of_registry("registry.example/app@sha256:01"), None);
        let fallback =
            |text: &'static str| fallbacks(text).into_iter().map(|range| text.cut(range)).collect::<Vec<_>>();
        assert_eq!(fallback("${A:-hunter2} ${B-hunter3}"), ["hunter2", "hunter3"]);
        assert_eq!(fallback("${A:-hunter2"), ["hunter2"]);
    }
}
