use crate::finding::{Category, Label, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::parse::{Fault, FaultKind, MAX_DEPTH, Parsed};
use crate::rule::{Check, Profile, Report, Rule, page};
use crate::source::{Encoding, Source, Span};

pub const RULE: Rule = Rule {
    id: "invalid-syntax",
    summary: "the text is not JSON",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    aws_says: &[],
    sources: &["https://www.rfc-editor.org/rfc/rfc8259"],
    page: page!("document/invalid-syntax"),
    check: Check::Text(check),
};

fn check(parsed: &Parsed, report: &mut Report) {
    let source = &parsed.tree.source;
    // Beside a fault that is not understood for sure, nothing is.
    let is_sure = parsed.faults.iter().all(|fault| is_understood(fault.kind));
    let mut faults = parsed.faults.as_slice();
    while let Some((first, rest)) = faults.split_first() {
        // Slips that one habit makes again and again are one finding with many places.
        if !repeats(first.kind) {
            report.add(problem(source, first, &[], is_sure));
            faults = rest;
            continue;
        }
        let same: Vec<&Fault> = parsed.faults.iter().filter(|fault| fault.kind == first.kind).collect();
        if same[0] == first {
            report.add(problem(source, first, &same[1..], is_sure));
        }
        faults = rest;
    }
}

/// Whether a slip has only one meaning, so that its remedy is sure.
fn is_understood(kind: FaultKind) -> bool {
    use FaultKind::*;
    matches!(kind, TrailingComma | ExtraComma | Comment | MissingComma | OddBlank)
}

fn repeats(kind: FaultKind) -> bool {
    use FaultKind::*;
    matches!(
        kind,
        TrailingComma
            | Comment
            | SingleQuotes
            | OddBlank
            | Ellipsis
            | UnquotedKey
            | ControlCharacter
            | MemberInList
    )
}

fn problem(source: &Source, fault: &Fault, others: &[&Fault], is_sure: bool) -> Problem {
    use FaultKind::*;
    let (message, label, help) = words(source, fault);
    let mut problem = Problem::new(message, Label::new(source.place(fault.span), label)).help(help);
    let others = others.iter().map(|other| Label::new(source.place(other.span), "and here"));
    problem.also.extend(others);
    if let Some(related) = fault.related {
        let text = match fault.kind {
            MismatchedBracket => "opens here",
            _ => "the text ends here",
        };
        problem = problem.also(Label::new(source.place(related), text));
    }
    let spans: Vec<Span> =
        std::iter::once(problem.at.at.span).chain(problem.also.iter().map(|label| label.at.span)).collect();
    let replace = |text: &str| -> Vec<Change> {
        spans.iter().map(|span| Change::Text(source.place(*span), text.to_owned())).collect()
    };
    let fix = match fault.kind {
        TrailingComma | ExtraComma => Some((plural("delete the comma", spans.len()), replace(""))),
        Comment => Some((plural("delete the comment", spans.len()), replace(""))),
        MissingComma => Some(("insert a comma".to_owned(), replace(","))),
        OddBlank => Some(("write an ordinary space".to_owned(), replace(" "))),
        _ => None,
    };
    match fix.filter(|_| is_sure) {
        Some((title, changes)) => problem.fix(Fix::new(Safety::Safe, title, &changes)),
        None => problem,
    }
}

fn plural(title: &str, count: usize) -> String {
    match count {
        1 => title.to_owned(),
        _ => format!("{}s", title.replace("the ", &format!("the {count} "))),
    }
}

/// Message, label and help.
fn words(source: &Source, fault: &Fault) -> (String, String, String) {
    use FaultKind::*;
    let text = source.slice(fault.span);
    let short = text.lines().next().unwrap_or_default();
    let short = if short.chars().count() > 40 {
        short.chars().take(40).collect::<String>() + "…"
    } else {
        short.to_owned()
    };
    let (message, label, help): (String, &str, String) = match fault.kind {
        TrailingComma => (
            "JSON allows no comma after the last entry".into(),
            "delete this comma",
            "delete the comma".into(),
        ),
        Comment => (
            "JSON has no comments".into(),
            "delete this comment",
            "delete it, or keep the file as `.jsonc` and strip the comments before deploying".into(),
        ),
        UnclosedComment => (
            "JSON has no comments, and this one never ends".into(),
            "starts here",
            "delete the comment".into(),
        ),
        MissingComma => {
            ("a comma is missing between two entries".into(), "a comma belongs here", "write `,`".into())
        }
        ExtraComma => {
            ("there is one comma too many".into(), "nothing stands before it", "delete the comma".into())
        }
        SingleQuotes => (
            "JSON strings stand in double quotes".into(),
            "single quotes",
            format!("write `\"{}\"`", text.trim_matches('\'')),
        ),
        UnquotedKey => ("keys must be quoted".into(), "no quotation marks", format!("write `\"{text}\"`")),
        UnquotedValue => unquoted_value(text, &short),
        BadEscape => {
            (format!("`{short}` is no escape that JSON knows"), "here", "write `\\\\` for a backslash".into())
        }
        ControlCharacter => (
            format!("a string must not hold {}", control_name(text)),
            "here",
            format!("write `{}` instead", control_escape(text)),
        ),
        BadNumber => (
            format!("`{short}` is no number that JSON knows"),
            "here",
            "write plain digits: no leading zero, plus sign or unit; or quote it if it is a string".into(),
        ),
        MissingValue => (
            format!("the key {short} has no value"),
            "a value must follow",
            "write a value, or delete the key".into(),
        ),
        OddBlank => (
            "a blank stands here that is none of JSON's".into(),
            "a no-break space or the like",
            "type an ordinary space; such blanks come along when text is copied from a web page".into(),
        ),
        Ellipsis => (
            "something is left out here".into(),
            "not JSON",
            "this is a part of a document: put in what belongs here".into(),
        ),
        MissingColon => (
            "a colon is missing between a key and its value".into(),
            "a colon must follow",
            "write `:`".into(),
        ),
        MemberInList => (
            "a list holds values, not `key: value` pairs".into(),
            "a colon in a list",
            "write `{` and `}` around the pairs".into(),
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
                format!("add `{close}` before it, or delete the bracket that is too many"),
            )
        }
        UnclosedString => (
            "a string lacks its closing quotation mark".into(),
            "starts here",
            "write `\"` at its end".into(),
        ),
        UnescapedQuote => (
            "a quotation mark inside a string must be escaped".into(),
            "ends the string here",
            "write `\\\"` for each quotation mark inside the string".into(),
        ),
        StrayText if text.starts_with(['“', '”', '„', '‘', '’']) => (
            "these are typographic quotation marks".into(),
            "JSON wants `\"`",
            "write `\"`; word processors and chat programs replace it".into(),
        ),
        StrayText => {
            (format!("`{short}` belongs to nothing"), "not expected here", "delete it, or quote it".into())
        }
        TextBefore => (
            "text stands before the JSON".into(),
            "not JSON",
            "delete it: the file must hold one JSON value and nothing else".into(),
        ),
        TextAfter if text.chars().all(|c| matches!(c, '}' | ']')) => {
            ("there is one closing bracket too many".into(), "closes nothing", "delete it".into())
        }
        TextAfter => (
            "text stands after the JSON".into(),
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
            "no document of ECS is nested so deeply".into(),
        ),
        MergeConflict => (
            "the file holds an unfinished merge".into(),
            "the first conflict",
            "resolve the conflicts and delete their marks".into(),
        ),
        OtherNotation => (
            "this is JSON5, Jsonnet or JavaScript, not JSON".into(),
            "keys stand without quotation marks",
            "render it to JSON and lint the result: `… | ecs-lint -`".into(),
        ),
        NotJson => not_json(source, &short),
        Empty => {
            ("the file is empty".into(), "nothing here", "write the document, or delete the file".into())
        }
        NotUtf8 => match source.encoding {
            Encoding::Wide(name) => (
                format!("the file is {name}, not UTF-8"),
                "",
                "save it as UTF-8; in Windows PowerShell, write it with `| Out-File -Encoding ascii`".into(),
            ),
            _ => ("the file is not valid UTF-8".into(), "invalid UTF-8", "save the file as UTF-8".into()),
        },
    };
    (message, label.to_owned(), help)
}

fn unquoted_value(text: &str, short: &str) -> (String, &'static str, String) {
    let help = match text {
        "True" | "TRUE" => "write `true`".to_owned(),
        "False" | "FALSE" => "write `false`".to_owned(),
        "None" | "NULL" | "Null" | "nil" | "undefined" => "write `null`, or delete the key".to_owned(),
        _ => "put it in quotation marks if it is a string".to_owned(),
    };
    (format!("`{short}` is no JSON value"), "not quoted, and no number, `true`, `false` or `null`", help)
}

fn control_name(text: &str) -> &'static str {
    match text {
        "\n" => "a line end",
        "\t" => "a tab",
        _ => "a control character",
    }
}

fn control_escape(text: &str) -> String {
    match text {
        "\n" => "\\n".to_owned(),
        "\t" => "\\t".to_owned(),
        other => other.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect(),
    }
}

/// Guesses what a text is that is no JSON at all.
fn not_json(source: &Source, short: &str) -> (String, &'static str, String) {
    let lines: Vec<&str> =
        source.text.lines().map(str::trim).filter(|line| !line.is_empty()).take(40).collect();
    let first = lines.first().copied().unwrap_or_default();
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| first.starts_with(prefix));
    let looks_like_yaml = first == "---"
        || lines
            .iter()
            .filter(|line| line.ends_with(':') || line.contains(": ") || line.starts_with("- "))
            .count()
            * 2
            > lines.len();
    let (what, help) = if starts(&["#!", "aws ", "cat ", "export ", "docker ", "$ "]) {
        ("a shell script", "keep the JSON in a file of its own")
    } else if starts(&["resource ", "module ", "variable ", "locals ", "data ", "terraform "]) {
        ("Terraform", "ecs-lint does not read Terraform yet")
    } else if starts(&["TASKDEFINITION", "CONTAINERDEFINITIONS", "SERVICES"]) {
        ("the output of the AWS CLI as text", "run the command again with `--output json`")
    } else if starts(&["<"]) {
        ("HTML or XML", "download the document itself")
    } else if lines.len() == 1 && first.ends_with(".json") {
        ("the target of a symbolic link", "check the link out as a link, or name the file that it points to")
    } else if looks_like_yaml {
        ("YAML", "ecs-lint does not read YAML yet: convert it to JSON")
    } else {
        ("something else", "the file must hold one JSON value")
    };
    let message = match what {
        "something else" => format!("`{short}` is no JSON"),
        what => format!("this is no JSON; it looks like {what}"),
    };
    (message, "JSON begins with `{` or `[`", help.to_owned())
}
