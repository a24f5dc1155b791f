//! What is next to the name of a secret in YAML, whatever it was read as: a blank or a quotation mark that is missing
//! makes a value a key, a text of its own or nothing.

use std::ops::Range;

use super::misread::{VALUES, is_name};
use super::value::is_open;
use crate::source::Cut;

/// The lines behind a name in which its value may be.
const LINES: usize = 3;

/// The rest of each line with the name of a secret, and what follows it without a key of its own.
pub(super) fn behind_names(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut lines_left = 0;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end().len();
        let said = line.trim_end().trim_start_matches([' ', '\t', '-', '?', '{', '[']);
        let rest = match Named::read(line.trim_end()) {
            Some(named) => {
                lines_left = if named.is_followed { LINES } else { 0 };
                Some(named.rest)
            }
            None if lines_left == 0 || said.is_empty() => None,
            None => {
                let key = said.split_once(':').map(|(key, _)| key.trim_end()).filter(|key| is_word(key));
                lines_left = if key.is_none_or(|key| VALUES.contains(&key)) { lines_left - 1 } else { 0 };
                (lines_left > 0 || key.is_none()).then_some(said)
            }
        };
        if let Some(value) = rest.map(value_in).filter(|value| may_be_secret(value)) {
            // Where the rest ends, the line ends.
            let from = end - value.len();
            found.push(from..from + value.trim_end_matches(['}', ']', ',', '"', '\'']).len());
        }
        start += line.len();
    }
    found
}

/// The name of a secret at the beginning of a line.
struct Named<'t> {
    /// What follows it in the line.
    rest: &'t str,
    /// Whether its value may be in the lines below: an item of a list may be the name of anything.
    is_followed: bool,
}

impl<'t> Named<'t> {
    fn read(line: &'t str) -> Option<Named<'t>> {
        let said = line.trim_start_matches([' ', '\t', '?', '{', '[']);
        let said = said.strip_prefix("- ").unwrap_or(said).trim_start_matches([' ', '{', '[']);
        let of_name = said.strip_prefix("name:").or(said.strip_prefix("Name:"));
        let begun = of_name.unwrap_or(said).trim_start_matches([' ', '"', '\'']);
        let length = begun.find(|c: char| !is_of_name(c)).unwrap_or(begun.len());
        let (name, rest) = begun.split_at_checked(length)?;
        let rest = rest.trim_start_matches(['"', '\'']);
        let is_item = of_name.is_none()
            && rest.is_empty()
            && !name.starts_with('-')
            && line.trim_start().starts_with('-');
        // The value of an option is in the same line, or in the next one.
        let has_value = name.starts_with('-') && !rest.trim().is_empty();
        is_name(name).then_some(Named { rest, is_followed: !is_item && !has_value })
    }
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

fn is_word(key: &str) -> bool {
    let key = key.trim_matches(['"', '\'']);
    !key.is_empty() && key.chars().all(is_of_name)
}

/// What is left of a line without the signs and the key before a value.
fn value_in(rest: &str) -> &str {
    let bare = |rest: &'_ str| {
        rest.len() - rest.trim_start_matches([' ', '\t', ',', ':', '=', '>', '"', '\'']).len()
    };
    let rest = rest.cut(bare(rest)..);
    let behind_key =
        VALUES.iter().filter_map(|key| rest.strip_prefix(key)).find(|rest| rest.starts_with([':', '=', ' ']));
    let rest = behind_key.unwrap_or(rest);
    let rest = rest.cut(bare(rest)..);
    // `{a,hunter2}` is an object, `{password}` a hole.
    if rest.contains(',') { rest.trim_start_matches('{') } else { rest }
}

/// Whether it is more than a sign, a stand-in, or the beginning of a block.
fn may_be_secret(value: &str) -> bool {
    // `!Ref DbPassword` is read for what it is.
    let is_function = value.starts_with('!') && value.contains(' ');
    !is_function
        && value.chars().filter(|c| c.is_alphanumeric()).count() > 2
        && !is_open(value)
        && !is_open(value.trim_matches(['"', '\'', '}']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_in_whatever_form() {
        for text in [
            "environment:\n  DB_PASSWORD:hunter2\n",
            "environment:\n  - DB_PASSWORD:hunter2\n",
            "- {DB_PASSWORD hunter2}\n",
            "- {name: DB_PASSWORD, value= hunter2}\n",
            "- name: DB_PASSWORD\nvalue: hunter2\n",
            "- name: DB_PASSWORD\n- value: hunter2\n",
            "- name: DB_PASSWORD\n  value: >-\n  hunter2\n",
            "- name: DB_PASSWORD\n  value: \"x\n hunter2\"\n",
            "- name: DB_PASSWORD\n  valueFrom: \"hunter2\n",
            "DbPassword:\n  Default: hunter2\n",
            "? DB_PASSWORD\n: hunter2\n",
            "- --password\n- hunter2\n",
            "- --password\n-hunter2\n",
        ] {
            let found = behind_names(text);
            assert!(found.iter().any(|range| text.cut(range.clone()) == "hunter2"), "{text}: {found:?}");
        }
        for text in
            ["- name: DB_PASSWORD\n  value: a}hunter2}\n", "- name: DB_PASSWORD\n  value: {a,hunter2}\n"]
        {
            assert!(
                behind_names(text).iter().any(|range| text.cut(range.clone()).ends_with("hunter2")),
                "{text}"
            );
        }
    }

    #[test]
    fn what_has_a_name_of_its_own_is_shown() {
        for text in [
            "- name: DB_PASSWORD\n  value: ${DB_PASSWORD}\n- name: LOG_LEVEL\n  value: debug\n",
            "DB_PASSWORD: \"${X}\"\nLOG_LEVEL: debug\n",
            "- name: token-service\n  image: web:1.2\n",
            "image: token-service:1.2\n",
            "DependsOn:\n  - DbPassword\n  - Cluster\n",
            "secrets:\n  - name: DB_PASSWORD\n    valueFrom: arn:aws:ssm:eu-west-1:111122223333:parameter/x\n",
            "- Name: DB_PASSWORD\n  Value: !Ref DbPassword\n",
            "DbPassword:\n  Type: String\n  Default: \"\"\n",
        ] {
            let found = behind_names(text);
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }
}
