mod notation;
mod whole;
mod words;

use crate::document::Door;
use crate::finding::{Category, Label, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::parse::{Fault, FaultKind, Parsed};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::source::{Cut, Source, Span};
use crate::tree::Kind;
use notation::Notation;

pub(super) const RULE: Rule = Rule {
    id: "invalid-syntax",
    summary: "the file is not valid JSON or YAML",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://www.rfc-editor.org/rfc/rfc8259", "https://yaml.org/spec/1.2.2/"],
    check: Check::Text(check),
};

/// Further occurrences of the same mistake are counted, not shown.
const SHOWN: usize = 5;

fn check(parsed: &Parsed, report: &mut Report) {
    let source = &parsed.tree.source;
    // If any fault is ambiguous, no fix is offered.
    let is_sure = parsed.faults.iter().all(|fault| remedy(source, fault).is_some());
    let notation = Notation::of(source, &parsed.faults);
    let explained = notation.map_or(Vec::new(), |notation| notation.explained(&parsed.faults));
    let is_explained = |fault: &Fault| explained.iter().any(|one| one.kind == fault.kind);
    let others: Vec<&Fault> = parsed.faults.iter().filter(|fault| !is_explained(fault)).collect();
    if let (Some(notation), Some(first)) = (notation, explained.first()) {
        let text = source.slice(first.span);
        let problem =
            Problem::new(notation.message(), Label::new(source.place(first.span), notation.label(text)));
        let problem = with_places(problem.help(notation.help()), source, &explained);
        report.add(with_fix(problem, source, &explained, is_sure));
    }
    let mut rest = others.as_slice();
    let mut told: Vec<&Fault> = Vec::new();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let is_same = |other: &&&Fault| other.kind == first.kind && is_alike(source, first, other);
        if repeats(first.kind) && told.iter().any(|other| is_same(&other)) {
            continue;
        }
        told.push(first);
        // A mistake that is repeated out of habit is one finding with many places.
        let same = others.iter().filter(|other| repeats(first.kind) && is_same(other));
        let same: Vec<&Fault> = if repeats(first.kind) { same.copied().collect() } else { vec![first] };
        report.add(problem(parsed, &same, is_sure));
    }
}

/// Whether a mistake is one that people repeat throughout a file.
fn repeats(kind: FaultKind) -> bool {
    use FaultKind::*;
    matches!(
        kind,
        TrailingComma
            | MissingComma
            | Comment
            | SingleQuotes
            | TypographicQuotes
            | OddBlank
            | Ellipsis
            | UnquotedKey
            | UnquotedValue
            | ForeignWord
            | Expression
            | ControlCharacter
            | MemberInList
            | SecondColon
    )
}

/// Whether two mistakes of one kind have the same text: different words may mean different values.
fn is_alike(source: &Source, one: &Fault, other: &Fault) -> bool {
    let replaced = |fault| words::may_be_replaced(source, fault);
    match one.kind {
        FaultKind::SecondColon => words::split_key(source, one) == words::split_key(source, other),
        FaultKind::ForeignWord => source.slice(one.span) == source.slice(other.span),
        _ => replaced(one) == replaced(other),
    }
}

fn problem(parsed: &Parsed, faults: &[&Fault], is_sure: bool) -> Problem {
    let (source, door) = (&parsed.tree.source, parsed.tree.door);
    let fault = faults[0];
    let (message, label, help) = words::of(source, fault);
    let problem = Problem::new(message, Label::new(source.place(fault.span), label)).help(help);
    let mut problem = with_places(problem, source, faults);
    if let Some(related) = fault.related.filter(|_| fault.kind != FaultKind::SecondColon) {
        let text = match fault.kind {
            FaultKind::MismatchedBracket => "opens here",
            _ => "the text ends here",
        };
        problem = problem.also(Label::new(source.place(related), text));
    }
    let mut problem = problem.conceal(words::secrets(source, fault));
    let is_inserted = fault.kind == FaultKind::Fragment && door == Door::Api;
    if is_inserted || words::may_be_replaced(source, fault) {
        problem = problem.at_most(Severity::Warning);
    }
    if let Some(reason) = read_as_yaml(parsed).filter(|_| is_allowed_in_yaml(source, fault)) {
        problem = problem.at_most(Severity::Warning);
        problem.add_reason(reason);
    }
    with_fix(problem, source, faults, is_sure)
}

/// What takes a text for YAML, which allows more than JSON.
fn read_as_yaml(parsed: &Parsed) -> Option<&'static str> {
    let root = parsed.tree.roots().next();
    // An AppSpec file has a list of them.
    let resources = || root.and_then(|root| root.get("Resources"));
    let is_template = || resources().is_some_and(|resources| resources.kind() == Kind::Object);
    if parsed.tree.is_read_as_yaml {
        Some("the action that deploys the file reads it as YAML, which allows this; the AWS CLI rejects it")
    } else if is_template() {
        Some("CloudFormation takes the template for YAML then, which allows this; other programs reject it")
    } else {
        None
    }
}

/// Whether YAML allows between brackets what JSON does not.
fn is_allowed_in_yaml(source: &Source, fault: &Fault) -> bool {
    match fault.kind {
        FaultKind::TrailingComma | FaultKind::SingleQuotes => true,
        // `a:1` is one text in YAML.
        FaultKind::UnquotedKey => {
            let behind = source.text.cut(fault.span.end as usize..).trim_start().strip_prefix(':');
            behind.is_some_and(|value| value.starts_with(char::is_whitespace))
        }
        FaultKind::Comment => source.slice(fault.span).starts_with('#'),
        _ => false,
    }
}

/// Adds the other places of a mistake, the first of which is already shown.
fn with_places(problem: Problem, source: &Source, faults: &[&Fault]) -> Problem {
    let more = (faults.len() - 1).saturating_sub(SHOWN);
    let last = faults.len() - 1 - more;
    let labels = faults.iter().enumerate().skip(1).take(SHOWN).map(|(at, other)| {
        let text = match more {
            1 if at == last => "and here, and at 1 more place".to_owned(),
            1.. if at == last => format!("and here, and at {more} more places"),
            _ => "and here".to_owned(),
        };
        Label::new(source.place(other.span), text)
    });
    problem.also_each(labels)
}

/// The replacement for a mistake, if it can have only one meaning.
fn remedy(source: &Source, fault: &Fault) -> Option<String> {
    use FaultKind::*;
    let text = source.slice(fault.span);
    match fault.kind {
        TrailingComma | ExtraComma | Comment => Some(String::new()),
        MissingComma => Some(",".to_owned()),
        OddBlank => Some(" ".to_owned()),
        SingleQuotes | TypographicQuotes => {
            let mut inside = text.trim_start_matches('u').chars();
            inside.next();
            inside.next_back();
            quoted(inside.as_str())
        }
        UnquotedKey => quoted(text.trim_end_matches('"')),
        Symbol => quoted(text.trim_start_matches(':').trim_matches('"')),
        HashRocket | EqualSign => {
            let key = text.trim_end_matches(['=', '>']).trim_end();
            match key {
                "" => Some(":".to_owned()),
                key => Some(format!("{}:", quoted(key.trim_start_matches(':').trim_matches('"'))?)),
            }
        }
        ForeignWord => words::meaning(text).map(str::to_owned),
        _ => None,
    }
}

/// A text in double quotes. `None` if any of it would have to be escaped.
fn quoted(text: &str) -> Option<String> {
    let is_plain = !text.contains(['"', '\\', '\n']) && !text.contains(|c: char| c.is_control());
    is_plain.then(|| format!("\"{text}\""))
}

fn with_fix(problem: Problem, source: &Source, faults: &[&Fault], is_sure: bool) -> Problem {
    if !is_sure {
        return problem;
    }
    let change = |fault: &&Fault| -> Option<Change> {
        let is_comment = fault.kind == FaultKind::Comment;
        let span = if is_comment { with_blanks(source, fault.span) } else { fault.span };
        Some(Change::Text(source.place(span), remedy(source, fault)?))
    };
    let changes: Vec<Change> = faults.iter().filter_map(change).collect();
    problem.fix(Fix::new(Safety::Safe, words::title(faults), &changes))
}

/// A comment with the blanks before it if nothing follows it on its line, and with the line if nothing else is on it.
fn with_blanks(source: &Source, comment: Span) -> Span {
    let (before, after) =
        (source.text.cut(..comment.start as usize), source.text.cut(comment.end as usize..));
    let blanks = |text: &str| text.len() - text.trim_start_matches([' ', '\t', '\r']).len();
    let rest = after.cut(blanks(after)..);
    if !rest.is_empty() && !rest.starts_with('\n') {
        return comment;
    }
    let start = before.trim_end_matches([' ', '\t']).len();
    let is_whole_line = before.cut(..start).is_empty() || before.cut(..start).ends_with('\n');
    let end =
        comment.end as usize + if is_whole_line { blanks(after) + usize::from(!rest.is_empty()) } else { 0 };
    Span::of(start..end)
}

/// The first line of some bytes, cut to fit a message.
fn short(source: &Source, span: Span) -> String {
    const LONGEST: usize = 40;
    let line = source.slice(span).lines().next().unwrap_or_default();
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => line.chars().take(end.min(LONGEST)).collect::<String>() + "…",
        None => line.to_owned(),
    }
}
