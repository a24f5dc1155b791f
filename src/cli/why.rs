//! `ecs-lint why`: the rules that a text of AWS is about, or that answer a check of another tool.

use std::fmt::Write;
use std::io::{self, IsTerminal, Read};

use serde_json::{Value, json};

use super::arguments::{LookArguments, WhyArguments};
use super::status::Status;
use super::{covered, terminal};
use crate::covers::{Covered, named};
use crate::files::{Breadth, Files, Lookup, reason};
use crate::inputs::Remark;
use crate::linter::Linter;
use crate::replies::{Certainty, Match, Message, Replies, messages};
use crate::report::{Human, Run, Written};
use crate::rule::Rule;
use crate::rules::Registry;
use crate::secrecy::Masked;
use crate::settings::{Selection, Settings};
use crate::source::STANDARD_INPUT;
use crate::visible::{escaped, visible};

/// No more of a log than this many bytes is read.
const MOST_INPUT: u64 = 16 << 20;

/// A message and the rules that it is about.
type Answer = (Message, Vec<Match>);

/// Finds the rules that a text is about, and what they find in some files.
pub(super) fn run(arguments: &WhyArguments, look: LookArguments) -> Status {
    let is_json = match look.lists_json() {
        Ok(is_json) => is_json,
        Err(reason) => return terminal::fail(&reason),
    };
    let text = match arguments.text.as_deref().filter(|text| *text != "-") {
        Some(text) => text.to_owned(),
        None => match standard_input() {
            Ok(text) => text,
            Err(reason) => return terminal::fail(&reason),
        },
    };
    let registry = Registry::default();
    let checks = named(&text);
    let rules = covered::rules(&checks, &registry);
    if !rules.is_empty() {
        let report = match is_json {
            true => listed_for_checks(&text, &checks, &rules),
            false => covered::heading(&checks, &rules) + &covered::list(&rules),
        };
        return show(&report, &rules, arguments, look, is_json);
    }
    let replies = Replies::new(&registry);
    let said = messages(&text);
    let unknown = said.len();
    let mut answers: Vec<Answer> = Vec::new();
    for message in said {
        let rules = replies.rules_of(&message.text);
        let is_new = !answers.iter().any(|(_, others)| same_rules(others, &rules));
        if !rules.is_empty() && is_new {
            answers.push((message, rules));
        }
    }
    if answers.is_empty() {
        return nothing(unknown, is_json);
    }
    let report = if is_json { listed(&answers, &registry) } else { told(&answers, &registry) };
    let matches = answers.iter().flat_map(|(_, rules)| rules);
    let rules: Vec<&Rule> = matches.map(|one| registry.get(one.rule)).collect();
    show(&report, &rules, arguments, look, is_json)
}

/// Shows which rules a text is about, and what they find in the files.
fn show(
    report: &str,
    rules: &[&Rule],
    arguments: &WhyArguments,
    look: LookArguments,
    is_json: bool,
) -> Status {
    if !(if is_json { terminal::write(report) } else { terminal::say(report) }) {
        return Status::Failed;
    }
    if arguments.paths.is_empty() || is_json {
        return Status::Clean;
    }
    lint(arguments, look, rules)
}

fn standard_input() -> Result<String, String> {
    if io::stdin().is_terminal() {
        return Err("`why` needs a text: ecs-lint why \"the error of AWS\"".to_owned());
    }
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(MOST_INPUT).read_to_end(&mut bytes);
    read.map_err(|error| format!("standard input: {}", reason(&error)))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn same_rules(left: &[Match], right: &[Match]) -> bool {
    left.iter().map(|one| one.rule).eq(right.iter().map(|one| one.rule))
}

/// Says that no rule is about any of so many messages.
fn nothing(messages: usize, is_json: bool) -> Status {
    if is_json && !terminal::write("[]\n") {
        return Status::Failed;
    }
    terminal::complain(match messages {
        0 => "nothing that AWS says is in this JSON",
        _ => "no rule records this text; `ecs-lint rules` lists all rules",
    });
    Status::Found
}

/// A rule in JSON, with AWS's recorded reply if the text is one.
fn listed_rule(rule: &Rule, aws_says: Option<&str>, certainty: Certainty) -> Value {
    json!({
        "rule": rule.id,
        "summary": rule.summary,
        "severity": rule.severity.name(),
        "category": rule.category.name(),
        "aws_says": aws_says,
        "match": certainty.name(),
    })
}

fn listed_for_checks(text: &str, checks: &[Covered], rules: &[&Rule]) -> String {
    let rules: Vec<Value> = rules.iter().map(|rule| listed_rule(rule, None, Certainty::Exact)).collect();
    let answer = json!([{ "about": covered::names(checks), "text": text, "rules": rules }]);
    escaped(format!("{answer:#}\n"))
}

fn listed(answers: &[Answer], registry: &Registry) -> String {
    let rule = |one: &Match| listed_rule(registry.get(one.rule), Some(one.template), one.certainty);
    let answer = |(message, rules): &Answer| {
        json!({
            "about": message.about,
            "text": message.text,
            "rules": rules.iter().map(rule).collect::<Vec<Value>>(),
        })
    };
    let answers: Vec<Value> = answers.iter().map(answer).collect();
    escaped(format!("{:#}\n", Value::Array(answers)))
}

fn told(answers: &[Answer], registry: &Registry) -> String {
    let mut text = String::new();
    for (at, (message, rules)) in answers.iter().enumerate() {
        text.push_str(if at > 0 { "\n" } else { "" });
        if let Some(about) = &message.about {
            let _ = writeln!(text, "{}: {}", visible(about), visible(message.text.trim()));
        }
        for one in rules {
            let rule = registry.get(one.rule);
            let how = match one.certainty {
                Certainty::Exact => "recorded as",
                Certainty::Likely => "likely",
                Certainty::Possible => "possibly",
            };
            let _ = writeln!(text, "{}[{}]: {}", rule.severity, rule.id, rule.summary);
            let _ = writeln!(text, "  {how}: {}", one.template);
            let _ = writeln!(text, "  read on: ecs-lint explain {}", rule.id);
        }
    }
    text
}

/// Shows what the rules find in the files.
fn lint(arguments: &WhyArguments, look: LookArguments, rules: &[&Rule]) -> Status {
    let only = rules.iter().map(|rule| rule.id.to_owned()).collect();
    let chosen = Selection { only, ..Selection::default() };
    let linter = Linter::new(Registry::default(), Settings { chosen, ..Settings::default() });
    let files = Files::find(&arguments.paths, STANDARD_INPUT, Lookup::Nowhere, Breadth::Own);
    let mut outcome = linter.lint(&files);
    outcome.failures.extend(files.failures.iter().cloned());
    let outcome = Masked::of(outcome);
    let run = Run { style: look.style(true), ..Run::of(&outcome, linter.registry()) };
    let Written { text: pictures, failures } = Human::new(&run).findings();
    let is_written = terminal::say(&format!("\n{pictures}"));
    if outcome.findings.is_empty() {
        terminal::complain("these rules find nothing in the files");
    }
    let failures: Vec<&Remark> = outcome.failures.iter().chain(&failures).collect();
    terminal::tell(failures.iter().copied());
    Status::of(!failures.is_empty() || !is_written, false)
}
