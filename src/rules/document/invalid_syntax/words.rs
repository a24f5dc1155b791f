//! The texts for each kind of mistake.

use super::{short, whole};
use crate::parse::{Fault, FaultKind, MAX_DEPTH};
use crate::source::{Cut, Encoding, Place, Source, Span};

/// Message, label and help.
pub(super) fn of(source: &Source, fault: &Fault) -> (String, String, String) {
    use FaultKind::*;
    let text = source.slice(fault.span);
    let short = short(source, fault.span);
    let (message, label, help): (String, &str, String) = match fault.kind {
        TrailingComma => (
            "JSON allows no comma after the last entry".into(),
            "delete this comma",
            "delete the comma".into(),
        ),
        Comment => ("JSON has no comments".into(), "delete this comment", "delete it".into()),
        UnclosedComment => (
            "JSON has no comments, and this one never ends".into(),
            "starts here",
            "delete the comment".into(),
        ),
        MissingComma => {
            ("a comma is missing between two entries".into(), "a comma belongs here", "add `,`".into())
        }
        ExtraComma => ("extra comma".into(), "nothing is before it", "delete the comma".into()),
        SingleQuotes => (
            "JSON strings use double quotes".into(),
            "single quotes",
            format!("use `\"{}\"`", text.trim_start_matches('u').trim_matches('\'')),
        ),
        TypographicQuotes => (
            "these are typographic quotation marks".into(),
            "JSON uses `\"`",
            "use `\"`; word processors and chat programs replace it".into(),
        ),
        UnquotedKey => {
            let key = text.trim_end_matches('"');
            ("keys must be quoted".into(), "not in quotation marks", format!("use `\"{key}\"`"))
        }
        UnquotedValue if may_be_replaced(source, fault) => (
            format!("`{short}` is not valid JSON, unless something replaces it"),
            "not a number",
            "write a number; if a script fills it in, lint what the script writes: `… | ecs-lint -`".into(),
        ),
        UnquotedValue => (
            "this value is not valid JSON".into(),
            "not quoted, and not a number, `true`, `false` or `null`",
            "put it in quotation marks if it is a string".into(),
        ),
        ForeignWord => return foreign_word(text),
        Expression => (
            "JSON has no expressions: a value must be written out".into(),
            "has to be computed first",
            "render the file and lint the result: `… | ecs-lint -`".into(),
        ),
        HashRocket | EqualSign | Symbol => {
            (format!("unexpected `{short}`"), "not JSON", "use `:` between a key and its value".into())
        }
        BadEscape => {
            (format!("`{short}` is not a valid escape"), "not an escape", "use `\\\\` for a backslash".into())
        }
        ControlCharacter if text == "\n" || text == "\r" => (
            "a string must not contain a line break".into(),
            "the line ends inside the string",
            "delete the line break, or write `\\n` for it".into(),
        ),
        ControlCharacter => (
            format!("a string must not contain {}", control_name(text)),
            "here",
            format!("use `{}` instead", control_escape(text)),
        ),
        BadNumber => (
            format!("`{short}` is not a valid number"),
            "not a JSON number",
            "use plain digits: no leading zero, plus sign or unit; or quote it if it is a string".into(),
        ),
        MissingValue => (
            format!("the key {short} has no value"),
            "a value must follow",
            "set a value, or delete the key".into(),
        ),
        OddBlank => (
            "invalid whitespace character".into(),
            "a no-break space or the like",
            "replace it with a normal space; such characters often come from web pages".into(),
        ),
        Ellipsis => (
            format!("`{short}` is not JSON: part of the document was left out"),
            "left out",
            "put in what belongs here".into(),
        ),
        // No key has blanks, unless it is in quotation marks.
        MissingColon if text.contains(' ') && !text.starts_with(['"', '\'']) => (
            format!("`{short}` is neither a key nor a comment"),
            "a colon or a `#` is missing",
            "add `#` before a comment, and `:` behind a key".into(),
        ),
        MissingColon => {
            ("a colon is missing between a key and its value".into(), "a colon must follow", "add `:`".into())
        }
        SecondColon => {
            ("unexpected `:` after a value".into(), "no key can end here", split_key(source, fault))
        }
        MemberInList => (
            "a list holds values, not `key: value` pairs".into(),
            "a colon in a list",
            "put `{` and `}` around the pairs".into(),
        ),
        Unclosed => {
            let close = if text == "{" { "}" } else { "]" };
            (format!("`{text}` is never closed"), "opens here", format!("add the missing `{close}`"))
        }
        MismatchedBracket => {
            let (open, close) = if text == "}" { ("[", "]") } else { ("{", "}") };
            (
                format!("`{open}` is not closed before this `{text}`"),
                if close == "]" { "`]` belongs before this" } else { "`}` belongs before this" },
                format!("add `{close}` before it, or delete the extra bracket"),
            )
        }
        UnclosedString if is_at_end(source, fault.span) => (
            "the text is cut off inside a string".into(),
            "starts here",
            "add what is missing, which begins with `\"`".into(),
        ),
        UnclosedString => {
            ("a string has no closing quotation mark".into(), "starts here", "add `\"` at its end".into())
        }
        UnescapedQuote => (
            "a quotation mark inside a string must be escaped".into(),
            "ends the string here",
            "use `\\\"` for each quotation mark inside the string".into(),
        ),
        StrayText => (format!("unexpected `{short}`"), "not expected here", "delete it, or quote it".into()),
        TextBefore => (
            "unexpected text before the JSON document".into(),
            "not JSON",
            "delete it: the file must hold one JSON value and nothing else".into(),
        ),
        TextAfter if text.chars().all(|c| matches!(c, '}' | ']')) => {
            ("extra closing bracket".into(), "closes nothing", "delete it".into())
        }
        TextAfter => (
            "unexpected text after the JSON document".into(),
            "not JSON",
            "delete it: the file must hold one JSON value and nothing else".into(),
        ),
        SeveralValues => (
            "a second JSON value follows the first".into(),
            "starts here",
            "keep one document in each file, or put them into a list".into(),
        ),
        TooDeep => (
            format!("the brackets are nested more than {MAX_DEPTH} deep"),
            "not read any further",
            "no ECS document is nested so deeply".into(),
        ),
        MergeConflict => (
            "the file contains an unfinished merge".into(),
            "the first conflict",
            "resolve the conflicts and delete their marks".into(),
        ),
        NotJson | NotHcl => return whole::words(source),
        Fragment => (
            "this is a member of a JSON object, without the object".into(),
            "JSON begins with `{` or `[`",
            "if something inserts it into a document, lint that document instead; if not, put `{` and `}` around it"
                .into(),
        ),
        Empty => {
            ("the file is empty".into(), "nothing here", "write the document, or delete the file".into())
        }
        YamlTab => ("YAML does not allow tabs as indentation".into(), "a tab", "indent with spaces".into()),
        YamlIndentation => (
            "the indentation of this line matches nothing above".into(),
            "not aligned with anything above",
            "align it with the other keys of its object, or with the `-` of its list".into(),
        ),
        YamlColon => ("unexpected `:`".into(), "no key can end here", second_key(source, fault)),
        YamlDash => (
            "a list cannot begin here".into(),
            "not expected here",
            "start the list on a line of its own, or quote a text that begins with `- `".into(),
        ),
        YamlCharacter => (
            format!("a value that begins with `{text}` must be quoted"),
            "not in quotation marks",
            "put the value in quotation marks".into(),
        ),
        UnknownAnchor => (
            format!("there is no anchor `&{}` above", short.trim_start_matches('*')),
            "refers to it",
            "define the anchor above this line, or quote the value if it is a text".into(),
        ),
        NotYaml => (
            "this is not valid YAML".into(),
            "cannot be read",
            "check the quotation marks, the brackets and the indentation up to here".into(),
        ),
        NotUtf8 => match source.encoding {
            Encoding::Wide(name) => (
                format!("the file is {name}, not UTF-8"),
                "",
                "save it as UTF-8; in Windows PowerShell, use `| Out-File -Encoding ascii`".into(),
            ),
            _ => ("the file is not valid UTF-8".into(), "invalid UTF-8", "save the file as UTF-8".into()),
        },
    };
    (message, label.to_owned(), help)
}

fn is_at_end(source: &Source, span: Span) -> bool {
    source.text.cut(span.end as usize..).trim().is_empty()
}

/// What to do about a second colon in JSON: the function of a template in two pieces is one key.
pub(super) fn split_key(source: &Source, fault: &Fault) -> String {
    let key = fault.related.map_or("", |key| source.slice(key).trim_matches('"'));
    let between = fault.related.map_or("", |key| source.slice(Span::new(key.end, fault.span.start)));
    let value = between.trim_matches([':', ' ', '"']);
    match key {
        "Fn" => format!("write the function as one key: `\"Fn::{value}\"`"),
        _ if key == value => format!("`\"{key}\":` is written twice: delete one"),
        _ => "delete the key or the value before it, or put `,` and a key between them".to_owned(),
    }
}

/// What to do about a second colon on a line of YAML.
fn second_key(source: &Source, fault: &Fault) -> String {
    let line = source.text.cut(..fault.span.start as usize).lines().next_back().unwrap_or_default();
    let keys = line.trim_start_matches([' ', '-', '{']).split_once(':');
    let rest = source.text.cut(fault.span.end as usize..).lines().next().unwrap_or_default();
    match keys.map(|(first, second)| (first.trim(), second.trim())) {
        Some(("Fn", name)) => format!("write the function as one key: `Fn::{name}`"),
        Some((first, second)) if first == second => format!("`{first}:` is written twice: delete one"),
        Some((_, second)) if rest.trim().is_empty() && second.contains(':') => {
            "put the value in quotation marks, because it ends with `:`".to_owned()
        }
        _ => "quote a value that contains `: `, or correct the indentation of the line".to_owned(),
    }
}

/// The JSON equivalent of a word of another language.
pub(super) fn meaning(word: &str) -> Option<&'static str> {
    Some(match word {
        "True" | "TRUE" => "true",
        "False" | "FALSE" => "false",
        "None" | "nil" | "Null" | "NULL" => "null",
        _ => return None,
    })
}

fn foreign_word(word: &str) -> (String, String, String) {
    let language = match word {
        "True" | "False" | "None" => Some("Python"),
        "nil" => Some("Ruby"),
        "undefined" | "NaN" | "Infinity" | "-Infinity" => Some("JavaScript"),
        _ => None,
    };
    let message = match language {
        Some(language) => format!("`{word}` is {language}, not JSON"),
        None => format!("`{word}` is not a JSON value"),
    };
    let help = match (meaning(word), word) {
        (Some("null"), _) | (_, "undefined") => "use `null`, or delete the key".to_owned(),
        (Some(meaning), _) => format!("use `{meaning}`"),
        (None, _) => "use a number, or delete the key".to_owned(),
    };
    (message, "not JSON".to_owned(), help)
}

/// What the fix of several mistakes of one kind does.
pub(super) fn title(faults: &[&Fault]) -> String {
    use FaultKind::*;
    let title = match faults[0].kind {
        _ if faults.iter().any(|fault| fault.kind != faults[0].kind) => return "write it as JSON".to_owned(),
        TrailingComma | ExtraComma => "delete the comma",
        Comment => "delete the comment",
        MissingComma => "insert the comma",
        OddBlank => return "replace it with a normal space".to_owned(),
        SingleQuotes | TypographicQuotes => return "use double quotes".to_owned(),
        UnquotedKey => "quote the key",
        _ => return "write it as JSON".to_owned(),
    };
    match faults.len() {
        1 => title.to_owned(),
        count => format!("{}s", title.replace("the ", &format!("the {count} "))),
    }
}

/// Where the lines that show a mistake may contain a secret: it must not be printed.
pub(super) fn secrets(source: &Source, fault: &Fault) -> Vec<Place> {
    match fault.kind {
        FaultKind::UnquotedValue if may_be_secret(source, fault.span) => vec![source.place(fault.span)],
        FaultKind::NotJson => whole::secrets(source),
        _ => Vec::new(),
    }
}

/// Whether a value may be a word that a script replaces by a number: it is one word in place of a number, where
/// nobody forgets quotation marks.
pub(super) fn may_be_replaced(source: &Source, fault: &Fault) -> bool {
    /// The common fields with a number. `cpu` and `memory` of a task definition are strings, whose quotation marks a
    /// template may well have somewhere else.
    const NUMBERS: [&str; 14] = [
        "cpu",
        "memory",
        "memoryReservation",
        "containerPort",
        "hostPort",
        "desiredCount",
        "startTimeout",
        "stopTimeout",
        "interval",
        "timeout",
        "retries",
        "startPeriod",
        "minimumHealthyPercent",
        "maximumPercent",
    ];
    let word = source.slice(fault.span);
    let is_word = word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
    fault.kind == FaultKind::UnquotedValue && is_word && NUMBERS.contains(&key_before(source, fault.span))
}

/// The key before a value, as it is written.
fn key_before(source: &Source, value: Span) -> &str {
    let before = source.text.cut(..value.start as usize).trim_end().trim_end_matches(':').trim_end();
    before.trim_end_matches('"').rsplit(['"', '{', ',', '\n', ' ']).next().unwrap_or_default()
}

/// Whether the key before a value is that of a variable, or has a name like those of secrets.
fn may_be_secret(source: &Source, value: Span) -> bool {
    let key = key_before(source, value).to_ascii_lowercase();
    key == "value" || ["secret", "password", "passwd", "token", "key"].iter().any(|word| key.contains(word))
}

fn control_name(text: &str) -> &'static str {
    match text {
        "\t" => "a tab",
        _ => "a control character",
    }
}

fn control_escape(text: &str) -> String {
    match text {
        "\t" => "\\t".to_owned(),
        other => other.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect(),
    }
}
