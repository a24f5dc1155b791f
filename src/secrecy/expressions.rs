//! Secrets in expressions of templates: `{{ env "DB_PASSWORD" "hunter2" }}`, `${try(var.db_password, "hunter2")}`.

use std::ops::Range;

use super::assigned::{assigned, fallbacks};
use super::name::is_secretive;
use crate::source::Cut;

/// How expressions begin and end.
const SIGNS: [(&str, &str); 5] = [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<%", "%>"), ("${", "}")];

/// No expression that people write is longer, in bytes: a private key may be in one.
const LONGEST: usize = 4096;

/// What the expressions of a text that name a secret have besides the name.
pub(super) fn in_expressions(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // An expression may be in another, but not in one of its own kind.
    let mut reached = [0; SIGNS.len()];
    // Where the next sign is that closes one: each part of the text is searched once.
    let mut closes = [0; SIGNS.len()];
    // One character is found faster than two.
    for (at, _) in ['{', '<', '$'].into_iter().flat_map(|letter| text.match_indices(letter)) {
        let kind = SIGNS.iter().position(|(open, _)| text.cut(at..).starts_with(open));
        let Some(kind) = kind.filter(|kind| at >= reached[*kind]) else { continue };
        let ((open, close), reached) = (SIGNS[kind], &mut reached[kind]);
        let length = match close {
            "}" => length_in_braces(text.cut(at..at + SHORT), open),
            _ => {
                if closes[kind] < at + open.len() {
                    let from = at + open.len();
                    closes[kind] = text.cut(from..).find(close).map_or(usize::MAX, |end| from + end);
                }
                closes[kind].checked_sub(at).map(|length| length.saturating_add(close.len()))
            }
        };
        let Some(length) = length.filter(|length| *length <= LONGEST) else { continue };
        *reached = at + length;
        let inside = text.cut(at..at + length);
        let is_in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        if inside.split(|c| !is_in_name(c)).any(is_secretive) {
            let values = fallbacks(inside).into_iter().chain(assigned(inside));
            found.extend(values.map(|value| at + value.start..at + value.end));
        }
    }
    found
}

/// No expression in single braces is longer, in bytes.
const SHORT: usize = 400;

/// How long the expression at the start of a text is that ends with a brace. Braces may have braces in them.
fn length_in_braces(text: &str, open: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let end = text.char_indices().skip(open.len() - 1).find(|(_, letter)| {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    end.map(|(at, _)| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_expression_falls_back_to_is_secret_if_its_name_is() {
        for text in [
            "{{ env `DB_PASSWORD` `hunter2` }}",
            r#"{{ env "DB_PASSWORD" "hunter2" }}"#,
            r#"{{ .Values.dbPassword | default "hunter2" }}"#,
            r#"${try(var.db_password, "hunter2")}"#,
            r#"${jsonencode({ a = coalesce(var.db_password, "hunter2") })}"#,
            "${{ secrets.DB_PASSWORD || 'hunter2' }}",
            "<%= ENV.fetch('DB_PASSWORD', 'hunter2') %>",
            "{% set db_password = 'hunter2' %}",
            "{# db_password: hunter2 #}",
            "${DB_PASSWORD:-hunter2}",
        ] {
            let found: Vec<&str> = in_expressions(text).into_iter().map(|range| text.cut(range)).collect();
            assert!(
                found.contains(&"hunter2") && found.iter().all(|one| *one == "hunter2"),
                "{text}: {found:?}"
            );
        }
        for text in [
            r#"{{ env "LOG_LEVEL" "hunter2" }}"#,
            r#"{{ must_env "DB_PASSWORD" }}"#,
            r#"${var.secrets["web"]}"#,
            "${DB_PASSWORD}",
            "{{ never ends db_password 'hunter2'",
        ] {
            assert!(in_expressions(text).is_empty(), "{text}");
        }
    }
}
