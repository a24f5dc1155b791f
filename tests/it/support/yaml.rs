//! Writes values as YAML, in the styles that people use.

use serde_json::Value;

/// How lists and objects, and texts, are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// One line for each member, lists indented below their key, texts without quotes if they can be.
    Block,
    /// The same with lists at the indentation of their key, and all texts in double quotes.
    Quoted,
    /// Brackets on one line.
    Flow,
}

/// All styles.
pub const STYLES: [Style; 3] = [Style::Block, Style::Quoted, Style::Flow];

/// A value as a YAML document.
pub fn yaml(value: &Value, style: Style) -> String {
    let mut text = String::new();
    match style {
        Style::Flow => flow(value, &mut text),
        _ => block(value, style, 0, &mut text),
    }
    text.trim_start().to_owned() + "\n"
}

/// Writes a value behind a key, a dash or at the start of the text.
fn block(value: &Value, style: Style, depth: usize, text: &mut String) {
    let line = |text: &mut String, depth: usize| {
        text.push('\n');
        text.push_str(&" ".repeat(depth));
    };
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (at, (key, member)) in members.iter().enumerate() {
                // The first member of an item is on the line of its dash.
                if at > 0 || !text.ends_with("- ") {
                    line(text, depth);
                }
                scalar(&key.as_str().into(), style, text);
                text.push(':');
                let is_list = member.as_array().is_some_and(|items| !items.is_empty());
                let deeper = if is_list && style == Style::Quoted { depth } else { depth + 2 };
                block_behind_key(member, style, deeper, text);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (at, item) in items.iter().enumerate() {
                if at > 0 || !text.ends_with("- ") {
                    line(text, depth);
                }
                text.push_str("- ");
                block(item, style, depth + 2, text);
            }
        }
        other => scalar(other, style, text),
    }
}

fn block_behind_key(value: &Value, style: Style, depth: usize, text: &mut String) {
    let is_empty = match value {
        Value::Object(members) => members.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => true,
    };
    if is_empty {
        text.push(' ');
    }
    block(value, style, depth, text);
}

fn flow(value: &Value, text: &mut String) {
    match value {
        Value::Object(members) => {
            text.push('{');
            for (at, (key, member)) in members.iter().enumerate() {
                text.push_str(if at > 0 { ", " } else { "" });
                scalar(&key.as_str().into(), Style::Flow, text);
                text.push_str(": ");
                flow(member, text);
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at > 0 { ", " } else { "" });
                flow(item, text);
            }
            text.push(']');
        }
        other => scalar(other, Style::Flow, text),
    }
}

fn scalar(value: &Value, style: Style, text: &mut String) {
    match value {
        Value::String(word) if style == Style::Block && word.len() > 1 && word.ends_with('\n') => {
            text.push_str(&serde_json::to_string(word).expect("a string"));
        }
        Value::String(word) if style != Style::Quoted && is_plain(word) => text.push_str(word),
        other => text.push_str(&other.to_string()),
    }
}

/// Whether a text means itself without quotes, in any style.
fn is_plain(word: &str) -> bool {
    let is_word = word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        && word.chars().all(|c| c.is_ascii_alphanumeric() || "-_./:@".contains(c))
        && !word.ends_with(':');
    let lower = word.to_ascii_lowercase();
    is_word && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&lower.as_str())
}
