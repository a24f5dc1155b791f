use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{
    DatetimeFormat, EventStartFault, Known, LogSource, RegexFaultKind, multiline_pattern_fault,
};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::source::Cut;
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "invalid-multiline-pattern",
    summary: "the pattern that splits log events for `awslogs` is not valid",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&[
        "awslogs could not parse multiline pattern key \"{expression}\": error parsing regexp: {fault}",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/aws/amazon-ecs-agent/issues/1192",
        "https://github.com/moby/moby/blob/master/daemon/logger/awslogs/cloudwatchlogs.go",
        "https://github.com/aws/shim-loggers-for-containerd",
        "https://pkg.go.dev/regexp/syntax",
    ],
    check: Check::Logs(check),
};

const PATTERN: &str = "awslogs-multiline-pattern";
const FORMAT: &str = "awslogs-datetime-format";

fn check(source: &LogSource, report: &mut Report) {
    let Some(logs) = source.logs_to("awslogs") else { return };
    if let Some(pattern) = logs.option(PATTERN).known()
        && let Some(fault) = multiline_pattern_fault(&pattern)
    {
        let part = pattern.cut(fault.at.clone());
        let problem = problem(source, PATTERN, &pattern, &fault, why(fault.kind, part));
        report.add(problem.help(advice(fault.kind, part)));
    }
    let Some(text) = logs.option(FORMAT).known() else { return };
    let format = DatetimeFormat::read(text.value());
    match format.fault() {
        Some(fault) => report.add(of_format(source, &text, &format, &fault)),
        None if !format.unknown_codes.is_empty() => report.add(of_codes(source, &text, &format)),
        None => {}
    }
}

fn problem(
    source: &LogSource,
    option: &str,
    value: &Known<&str>,
    fault: &EventStartFault,
    label: &str,
) -> Problem {
    Problem::new(
        format!("the `{option}` of {} is not a valid regular expression", source.title()),
        value.part_label(fault.at.clone(), label),
    )
    .says(fault.reply.clone())
}

fn of_format(
    source: &LogSource,
    text: &Known<&str>,
    format: &DatetimeFormat,
    fault: &EventStartFault,
) -> Problem {
    let part = text.cut(fault.at.clone());
    let label = match part {
        "[" => "starts a set of characters",
        _ if fault.kind == RegexFaultKind::TrailingBackslash => "escapes nothing",
        _ => "a regular expression operator",
    };
    let problem = problem(source, FORMAT, text, fault, label);
    let Some(escaped) = format.escaped() else {
        return problem
            .help("only codes such as `%Y` are replaced: everything else is read as a regular expression");
    };
    let fix = text.set(Safety::Shown, escaped.as_str()).titled("escape the special characters");
    problem.help(format!("escape the special characters: {}", serde_json::Value::from(escaped))).fix(fix)
}

/// Codes that the driver leaves out, so that too many lines match.
fn of_codes(source: &LogSource, text: &Known<&str>, format: &DatetimeFormat) -> Problem {
    const SHORT: [(&str, &str); 4] =
        [("%T", "%H:%M:%S"), ("%F", "%Y-%m-%d"), ("%R", "%H:%M"), ("%D", "%m/%d/%y")];
    let codes = || format.unknown_codes.iter().map(|code| text.cut(code.clone()));
    let long = SHORT.iter().filter(|(short, _)| codes().any(|code| code == *short));
    let long: Vec<String> = long.map(|(short, long)| format!("`{long}` for `{short}`")).collect();
    let verb = if format.unknown_codes.len() == 1 { "means" } else { "mean" };
    let named = listed(codes());
    let mut labels = format.unknown_codes.iter().map(|code| text.part_label(code.clone(), "ignored"));
    let at = labels.next().unwrap_or_else(|| text.label("ignored"));
    Problem::new(format!("{named} in the `{FORMAT}` of {} {verb} nothing to `awslogs`", source.title()), at)
        .also_each(labels)
        .help(if long.is_empty() {
            "delete it, or use `awslogs-multiline-pattern` with a regular expression".to_owned()
        } else {
            format!("use {}", long.join(", "))
        })
        .at_most(Severity::Warning)
}

/// What is wrong with a part of an expression.
fn why(kind: RegexFaultKind, part: &str) -> &'static str {
    match kind {
        RegexFaultKind::PerlSyntax | RegexFaultKind::NamedCapture if is_look_around(part) => {
            "Go does not support look-around"
        }
        RegexFaultKind::PerlSyntax => "Go does not support this syntax",
        RegexFaultKind::Escape if part.ends_with(|c: char| c.is_ascii_digit()) => {
            "Go does not support back-references"
        }
        RegexFaultKind::Escape => "Go does not support this escape",
        RegexFaultKind::NamedCapture => "not a valid group name",
        RegexFaultKind::NestedRepeat if part.ends_with('+') => "Go does not support possessive quantifiers",
        RegexFaultKind::NestedRepeat => "repeats a repetition",
        RegexFaultKind::RepeatCount => "not a valid number of repetitions",
        RegexFaultKind::CharRange if part.starts_with("[:") => "not a class that Go supports",
        RegexFaultKind::CharRange => "not a valid range of characters",
        RegexFaultKind::MissingBracket | RegexFaultKind::MissingParen => "never closed",
        RegexFaultKind::UnexpectedParen => "never opened",
        RegexFaultKind::NothingToRepeat => "nothing to repeat",
        RegexFaultKind::TrailingBackslash => "escapes nothing",
    }
}

fn advice(kind: RegexFaultKind, part: &str) -> &'static str {
    match kind {
        RegexFaultKind::PerlSyntax if is_look_around(part) => {
            "describe how the first line of an event starts instead, such as `^\\\\d{4}-` or `^\\\\S`"
        }
        RegexFaultKind::PerlSyntax
        | RegexFaultKind::NamedCapture
        | RegexFaultKind::NestedRepeat
        | RegexFaultKind::RepeatCount
        | RegexFaultKind::Escape => "rewrite it in the syntax of Go's `regexp` package (RE2)",
        _ => "to match the character itself, put `\\\\` before it (JSON requires two backslashes)",
    }
}

/// `(?=`, `(?!`, and `(?<`, which starts look-behind.
fn is_look_around(part: &str) -> bool {
    part.starts_with("(?=") || part.starts_with("(?!") || part.starts_with("(?<")
}
