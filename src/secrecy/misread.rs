//! Values in a text with faults of syntax. What they were taken for cannot be relied on, only that the name of a secret
//! is near.

use std::ops::Range;

use super::name::is_secretive;
use super::value::is_open;
use crate::names::is_field;
use crate::source::Cut;

/// Keys of values; a longer one comes before what it begins with.
pub(super) const VALUES: &[&str] = &["valueFrom", "ValueFrom", "value", "Value", "default", "Default"];

/// The words that are in the same brackets as the name of a secret, or in brackets that open behind it, however deep.
pub(super) fn near_names(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // How many brackets are open that have opened behind a name.
    let mut behind = 0_usize;
    let mut start = 0;
    let mut is_hole = false;
    let brackets = text.match_indices(['{', '}', '[', ']']).filter(|(at, bracket)| {
        // Those of `${X}` are a part of a word.
        let is_of_hole = if is_hole { *bracket == "}" } else { text.cut(..*at).ends_with('$') };
        is_hole = if is_of_hole { *bracket == "{" } else { false };
        !is_of_hole
    });
    for (end, bracket) in brackets.chain([(text.len(), "")]) {
        // Outside of all brackets there may be anything.
        let words = if start > 0 { words(text, start..end) } else { Vec::new() };
        let is_named = words.iter().any(|word| is_name(text.cut(word.clone())));
        if is_named || behind > 0 {
            found.extend(words.into_iter().filter(|word| may_be_secret(text.cut(word.clone()))));
        }
        behind = match bracket {
            "{" | "[" if is_named || behind > 0 => behind + 1,
            // A closing bracket may be one too many.
            _ if is_named && text.cut(start..end).trim_end().ends_with([':', '=']) => 1,
            _ => behind.saturating_sub(1),
        };
        start = end + bracket.len();
    }
    found
}

/// What is found in the lines of a text, one by one: in YAML, a line with brackets stands for itself.
pub(super) fn in_lines(text: &str, find: fn(&str) -> Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        found.extend(find(line).into_iter().map(|range| start + range.start..start + range.end));
        start += line.len();
    }
    found
}

/// The values of `value: …`, and of parameters, in YAML of which a part was not read: the names beside them are not known.
pub(super) fn values_of_lines(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut is_below = false;
    for line in text.split_inclusive('\n') {
        let said = line.trim_start_matches([' ', '\t', '-', '{', ',']);
        // The colon may have been forgotten.
        let is_value = |said: &&str| said.starts_with([':', ' ']);
        let is_reference = |said: &&str| {
            let value = said.trim_start_matches([':', ' ']);
            ["!Sub ${", "!Ref ", "!GetAtt ", "!ImportValue ", "arn:"]
                .iter()
                .any(|sign| value.starts_with(sign))
        };
        let value = VALUES.iter().find_map(|key| said.strip_prefix(key)).filter(is_value);
        let value = value.filter(|value| {
            !said.starts_with("valueFrom") && !said.starts_with("ValueFrom") || !is_reference(value)
        });
        let value = value.map(|value| value.strip_prefix(':').unwrap_or(value)).or_else(|| of_name(said));
        let begins = value.is_some_and(|value| value.trim().is_empty())
            || said.trim_end().strip_suffix(':').is_some_and(is_name);
        // What should be in a block, or behind a key, is not, if it is not indented.
        let may_be_value = |line: &&str| is_below && !line.contains(": ") && !line.trim_end().ends_with(':');
        // `: hunter2` below `value: ? x`
        let of_explicit_key = said.strip_prefix(": ").filter(|_| is_below);
        let value = value.or(of_explicit_key);
        let value =
            value.or(Some(line).filter(may_be_value)).map(str::trim).filter(|value| !value.is_empty());
        is_below = begins || is_below && line.trim().is_empty();
        if let Some(value) = value {
            let from = start + line.trim_end().len() - value.len();
            let is_block = matches!(value.trim_end_matches(['+', '-']), "|" | ">");
            is_below = is_block || value.starts_with("? ");
            // A password that begins like an alias, an anchor or a tag is called without that sign.
            let bare = value.trim_start_matches(['*', '&', '!']);
            let end = from + value.len();
            let mut spelled = vec![from..end, end - bare.len()..end];
            // What follows a quotation mark inside is called without what comes before.
            let mut at = from;
            for piece in value.split_inclusive(['\'', '"']).filter(|_| value.contains(['\'', '"'])) {
                spelled.push(at..at + piece.trim_end_matches(['\'', '"']).len());
                at += piece.len();
            }
            spelled.retain(|range| range.len() > 2 && !is_block && !is_open(text.cut(range.clone())));
            spelled.dedup();
            found.extend(spelled);
        }
        start += line.len();
    }
    found
}

/// What YAML takes for an alias, an anchor or a tag in the place of a value, without its sign, next to the name of a
/// secret: a password may begin with any of these.
pub(super) fn with_signs(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut is_named = false;
    for line in text.split_inclusive('\n') {
        let said = line.trim_start_matches([' ', '\t', '-']).trim_end();
        if let Some(name) = said.strip_prefix("name:").or(said.strip_prefix("Name:")) {
            is_named = is_name(name.trim());
        }
        let value = said.strip_prefix("value:").or(said.strip_prefix("Value:")).filter(|_| is_named);
        let value = value.or_else(|| of_name(said)).map(str::trim);
        if let Some(value) = value.filter(|value| value.starts_with(['*', '&', '!']) && !value.contains(' '))
        {
            let end = start + line.trim_end().len();
            found.push(end - value.len() + 1..end);
        }
        start += line.len();
    }
    found
}

/// What follows the name of a secret that is a key.
fn of_name(said: &str) -> Option<&str> {
    let (name, value) = said.split_once(':')?;
    (is_name(name.trim_matches(['"', '\''])) && !value.trim().is_empty()).then_some(value)
}

/// What is not between quotation marks, commas and blanks. A word with signs in front of it is there without these too.
fn words(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | ',' | '(' | ')');
    let mut words = Vec::new();
    let mut at = range.start;
    for word in text.cut(range).split_inclusive(is_end) {
        let whole = word.trim_end_matches(is_end);
        let bare = whole.trim_start_matches(|c: char| !c.is_alphanumeric());
        let ends = at + whole.len();
        if !bare.is_empty() {
            words.push(at..ends);
        }
        if !bare.is_empty() && bare.len() < whole.len() {
            words.push(ends - bare.len()..ends);
        }
        at += word.len();
    }
    words
}

pub(super) fn is_name(word: &str) -> bool {
    is_secretive(word) && !is_field(word) && !word.starts_with("arn:")
}

fn may_be_secret(word: &str) -> bool {
    let word = word.trim_end_matches([':', '=']);
    let is_value_key = matches!(word, "value" | "Value" | "valueFrom" | "ValueFrom");
    !is_value_key && !is_field(word) && !is_name(word) && !is_open(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, find: fn(&str) -> Vec<Range<usize>>) -> Vec<&str> {
        find(text).into_iter().map(|range| text.cut(range)).collect()
    }

    #[test]
    fn values_are_found_whatever_they_were_taken_for() {
        for text in [
            r#"{"name":"DB_PASSWORD","value":= "hunter2"}"#,
            r#"{"name":"DB_PASSWORD","value": : "hunter2"}"#,
            r#"{"name":"DB_PASSWORD","value":@"hunter2"}"#,
            r#"{"name":"DB_PASSWORD","value","hunter2"}"#,
            r#"{"name":"DB_PASSWORD","value":{"hunter2"}}"#,
            r#"{"name":"DB_PASSWORD","value":("hunter2")}"#,
            r#"{"value":> "hunter2","name":"DB_PASSWORD"}"#,
            r#"{"DB_PASSWORD", "hunter2"}"#,
            r#"{"name":"DB_PASSWORD","value":""hunter2"}"#,
            "{\"name\":\"DB_PASSWORD\",\"value\":`hunter2`}",
            r#"{"name":"DB_PASSWORD","value":]"hunter2"}"#,
        ] {
            assert!(found(text, near_names).contains(&"hunter2"), "{text}");
            assert!(found(text, |text| in_lines(text, near_names)).contains(&"hunter2"), "{text}");
        }
        for text in
            [r#"{"name":"LOG_LEVEL","value":= "debug"}"#, r#"{"secrets":[{"name":"A","valueFrom":"b"}]"#]
        {
            assert_eq!(found(text, near_names), [""; 0], "{text}");
        }
        let text =
            r#"{"name":"DB_PASSWORD","value":= "${DB_PASSWORD}"}, {"name":"LOG_LEVEL","value":"debug"}"#;
        assert_eq!(found(text, near_names), [""; 0]);
        let text = r#"[{"name":"URI","valueFrom":"arn:${P}:secretsmanager:${R}:1:secret:web"}"#;
        assert_eq!(found(text, near_names), [""; 0]);
        assert_eq!(found("# of the old stack\nDB_PASSWORD=hunter2\n", near_names), [""; 0]);
    }

    #[test]
    fn values_of_lines_are_found() {
        assert_eq!(found("- name: A\n  value: *hunter2\n", values_of_lines), ["*hunter2", "hunter2"]);
        assert_eq!(found("  value: |\n\nhunter2\n  x: 1\n", values_of_lines), ["hunter2"]);
        assert_eq!(found("- name: A\n  value hunter2\n", values_of_lines), ["hunter2"]);
        assert_eq!(found("  value:\nhunter2\nimage: c\n", values_of_lines), ["hunter2"]);
        assert_eq!(found("  splunk-token:\nhunter2\n", values_of_lines), ["hunter2"]);
        assert_eq!(found("  value: ? x\n    : hunter2\n", values_of_lines), ["? x", "hunter2"]);
        assert_eq!(found("- {name: A, value: b}\nimage: c\n", values_of_lines), [""; 0]);
        assert_eq!(found("  value:\n- name: B\n", values_of_lines), [""; 0]);
    }
}
