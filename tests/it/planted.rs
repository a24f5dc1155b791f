//! Values that do harm, put in the place of each value and of each key of every fixture and of every example:
//! whatever is said of them, in any format, no secret comes up and nothing is obeyed.
//!
//! A sample is tried, another place with each kind of value. `SHIFT=1` tries another sample, and `ALL=1` every
//! kind in every place, which takes hours.

use std::sync::Arc;

use ecs_lint::fix::Safety;
use ecs_lint::internals::{Cut, Kind, Node, parse};
use ecs_lint::linter::Linter;
use ecs_lint::report::{FORMATS, Run, Style, unified_diff, visible_patch};
use ecs_lint::secrecy::{Masked, starred};
use ecs_lint::source::{Source, SourceId};
use ecs_lint::{Registry, Texts, apply_fixes};
use serde_json::Value;

use crate::support::{examples, fixtures, linter, whole_page};

/// How many changed texts are linted together.
const TOGETHER: usize = 60;

/// One of so many texts is taken.
const EVERY: usize = 11;
/// How far apart the places in them are.
const STRIDE: usize = 7919;

/// A change of a text at a value: what to put in the place of some bytes.
struct Plant {
    /// What is planted.
    kind: &'static str,
    /// The bytes to replace, and what to write there.
    change: fn(Node) -> Option<(std::ops::Range<usize>, String)>,
}

/// All files of all fixtures and of all examples.
fn files() -> Vec<(String, String)> {
    let registry = Registry::default();
    let pages = registry.rules().flat_map(|(_, rule)| examples(&whole_page(rule)));
    let pages = pages.flat_map(|example| example.files);
    let all = pages.chain(fixtures().into_iter().flat_map(|fixture| fixture.files));
    all.filter(|(name, _)| !name.ends_with(".toml")).collect()
}

/// Which of so many texts is taken.
fn shift() -> usize {
    std::env::var("SHIFT").map_or(0, |shift| shift.parse().expect("a number"))
}

/// The texts with something planted, under the names of what it is and where: each in a folder of its own.
fn planted(plants: &[Plant]) -> Vec<(String, String)> {
    let is_all = std::env::var_os("ALL").is_some();
    let mut texts = Vec::new();
    for (at, (name, text)) in files().into_iter().enumerate() {
        let source = Arc::new(Source::new(SourceId(0), name.as_str(), text.as_str()));
        let parsed = parse(Arc::clone(&source));
        let nodes: Vec<Node> = parsed.tree.values().collect();
        let mut add = |node: Node, plant: &Plant| {
            let (range, new) = (plant.change)(node)?;
            let changed = format!("{}{new}{}", text.cut(..range.start), text.cut(range.end..));
            // There, a comment is not a fault.
            let is_comment = plant.kind == "comment" && texts.len() % 2 == 0;
            let end = if is_comment { "task.jsonc" } else { name.rsplit('/').next().unwrap_or("task.json") };
            texts.push((format!("{}-{}/{end}", texts.len(), plant.kind), changed));
            Some(())
        };
        if is_all {
            nodes.iter().for_each(|node| plants.iter().for_each(|plant| _ = add(*node, plant)));
        } else if !nodes.is_empty() && at % EVERY == shift() {
            // Not the same as in the text before.
            let plant = &plants[at % plants.len()];
            let from = at * STRIDE % nodes.len();
            let _ = (from..nodes.len()).chain(0..from).find_map(|node| add(nodes[node], plant));
        }
    }
    assert!(texts.len() > 200, "{}", texts.len());
    texts
}

/// All that is said of some texts: the name of the format, and the text.
fn told(linter: &Linter, texts: &[(String, String)]) -> Vec<(&'static str, String)> {
    let texts = Texts::new(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let outcome = Masked::of(linter.lint(&texts));
    let run = Run::of(&outcome, linter.registry());
    let full = Run { style: Style { full: true, ..Style::PLAIN }, ..run };
    let narrow = Run { style: Style { full: true, width: 50, unicode: false, ..Style::PLAIN }, ..run };
    let mut told: Vec<(&str, String)> =
        FORMATS.iter().map(|format| (format.name, (format.write)(&full).text)).collect();
    told.push(("narrow", (FORMATS[0].write)(&narrow).text));
    told.push(("step summary", ecs_lint::report::step_summary(&run)));
    let mut patches = String::new();
    for one in apply_fixes(linter, &texts, Safety::Unsafe).0 {
        let name = &one.before.name;
        let after = Arc::new(Source::new(one.before.id, name.as_str(), one.after.as_str()));
        let shown = starred(&one.before, &after, &one.concealed);
        let [before, after] = shown.unwrap_or_else(|| [one.before.text.clone(), one.after.clone()]);
        patches.push_str(&unified_diff(name, &before, &after));
    }
    told.push(("diff", visible_patch(&patches, Style::PLAIN)));
    told
}

/// A text that no file contains.
const SECRET: &str = "hunter2Zx9";
/// The same as a number, and as letters.
const NUMBER: &str = "918273645";
const LETTERS: &str = "correcthorse";
/// The rest of a token of GitHub's.
const TOKEN: &str = "R5vTj2HbR5vTj2HbR5vTj2HbR5vTj2HbR5vT";

fn whole(node: Node) -> std::ops::Range<usize> {
    node.span().range()
}

fn is_scalar(node: Node) -> bool {
    matches!(node.kind(), Kind::Text | Kind::Number | Kind::Bool)
}

macro_rules! in_place_of {
    ($($kind:literal: $is:expr => $text:expr;)*) => {
        &[$(Plant { kind: $kind, change: |node| {
            let is: fn(Node) -> bool = $is;
            is(node).then(|| (whole(node), $text))
        } }),*]
    };
}

const SECRETS: &[Plant] = in_place_of! {
    "assignment": is_scalar => format!("\"DB_PASSWORD={SECRET}\"");
    "option": is_scalar => format!("\"serve --password {SECRET}\"");
    "header": is_scalar => format!("\"curl -H 'Authorization: Bearer ghp_{TOKEN}' http://web\"");
    "pair": is_scalar => format!("{{\"name\": \"DB_PASSWORD\", \"value\": \"{SECRET}\"}}");
    "pair-number": is_scalar => format!("{{\"name\": \"DB_PASSWORD\", \"value\": {NUMBER}}}");
    "pair-unquoted": is_scalar => format!("{{\"name\": \"DB_PASSWORD\", \"value\": {SECRET}}}");
    "pair-list": is_scalar => format!("{{\"name\": \"DB_PASSWORD\", \"value\": [\"{LETTERS}\"]}}");
    "map": is_scalar => format!("{{\"DB_PASSWORD\": \"{LETTERS}\", \"X\": 1}}");
    "map-number": is_scalar => format!("{{\"DB_PASSWORD\": {NUMBER}}}");
    "list": is_scalar => format!("[\"DB_PASSWORD={SECRET}\", \"A=b\"]");
    "words": is_scalar => format!("[\"serve\", \"--password\", \"{SECRET}\"]");
    "url": is_scalar => format!("\"postgres://web:{SECRET}@db/web\"");
    "token": is_scalar => format!("\"ghp_{TOKEN}\"");
    "token-unquoted": is_scalar => format!("ghp_{TOKEN}");
    "comment": is_scalar => format!("1 // DB_PASSWORD={SECRET}\n");
    "item": |node| node.key().is_none() && node.kind() == Kind::Object
        => format!("{{\"name\": \"DB_PASSWORD\", \"value\": \"{SECRET}\"}}");
    "item-number": |node| node.key().is_none() && node.kind() == Kind::Object
        => format!("{{\"name\": \"DB_PASSWORD\", \"value\": {NUMBER}, \"valu\": 1}}");
    "list-as-text": |node| node.kind() == Kind::List => format!("\"serve --password {SECRET} --port 80\"");
    "list-as-object": |node| node.kind() == Kind::List => format!("{{\"DB_PASSWORD\": \"{SECRET}\"}}");
    "list-of-texts": |node| node.kind() == Kind::List => format!("[\"DB_PASSWORD={SECRET}\"]");
    "object-as-text": |node| node.kind() == Kind::Object && node.key().is_some()
        => format!("\"DB_PASSWORD={SECRET}\"");
};

/// Members in the place of others.
const SECRET_MEMBERS: &[Plant] = &[
    Plant { kind: "member", change: |node| member(node, format!("\"DB_PASSWORD\": \"{SECRET}\"")) },
    Plant { kind: "member-number", change: |node| member(node, format!("\"apiToken\": {NUMBER}")) },
    Plant { kind: "member-letters", change: |node| member(node, format!("\"splunk-token\": \"{LETTERS}\"")) },
    Plant { kind: "member-unquoted", change: |node| member(node, format!("DB_PASSWORD: {SECRET}")) },
    Plant { kind: "member-key", change: |node| member(node, format!("\"ghp_{TOKEN}\": 1")) },
    Plant { kind: "member-url", change: |node| member(node, format!("\"postgres://a:{SECRET}@db/\": 1")) },
];

fn member(node: Node, text: String) -> Option<(std::ops::Range<usize>, String)> {
    Some((node.key()?.span().range().start..whole(node).end, text))
}

#[test]
fn no_report_shows_what_is_planted() {
    let linter = linter(&[]);
    let mut leaks: Vec<String> = Vec::new();
    for plants in [SECRETS, SECRET_MEMBERS] {
        for texts in planted(plants).chunks(TOGETHER) {
            for (format, told) in told(&linter, texts) {
                for secret in [SECRET, NUMBER, LETTERS, TOKEN].into_iter().filter(|one| told.contains(one)) {
                    let lines = told.lines().filter(|line| line.contains(secret));
                    leaks.extend(lines.take(3).map(|line| {
                        let at = line.find(secret).unwrap_or(0);
                        format!("{format}: …{}", line.cut(at.saturating_sub(200)..(at + 80).min(line.len())))
                    }));
                }
            }
        }
    }
    assert!(leaks.is_empty(), "{}:\n{}", leaks.len(), leaks.join("\n"));
}

/// What a terminal would obey, a log would take for a command, or an eye would not see; as JSON spells it.
const ODD: &str = r"x\u001b[2J\u0007\u009b31m\u007f\u0085\u2028\u202e\u2066\u200b\r\n::error::y<b>&|`\u0000";
/// The same, as far as it may be written as it is.
const ODD_RAW: &str = "x\u{9b}31m\u{7f}\u{85}\u{2028}\u{202e}\u{2066}\u{200b}::error::y<b>&|`";

/// What must not be in a text at all, but may be.
const ODD_BROKEN: &str = "\"x\u{1b}[2J\r\u{0}\u{7}\u{b}::error::y\r\"\r";

const CONTROLS: &[Plant] = &[
    Plant { kind: "broken", change: |node| is_scalar(node).then(|| (whole(node), ODD_BROKEN.to_owned())) },
    Plant { kind: "value", change: |node| is_scalar(node).then(|| (whole(node), format!("\"{ODD}\""))) },
    Plant { kind: "raw", change: |node| is_scalar(node).then(|| (whole(node), format!("\"{ODD_RAW}\""))) },
    Plant { kind: "unquoted", change: |node| is_scalar(node).then(|| (whole(node), ODD_RAW.to_owned())) },
    Plant {
        kind: "end",
        change: |node| {
            let end = whole(node).end;
            (node.kind() == Kind::Text && node.is_plain()).then(|| (end - 1..end, format!("{ODD}\"")))
        },
    },
    Plant {
        kind: "key",
        change: |node| {
            let key = node.key()?.span().range();
            Some((key, format!("\"{ODD}\"")))
        },
    },
    Plant {
        kind: "raw-key",
        change: |node| {
            let end = node.key()?.span().range().end;
            Some((end - 1..end, format!("{ODD_RAW}\"")))
        },
    },
    Plant {
        kind: "comment",
        change: |node| is_scalar(node).then(|| (whole(node), format!("1 // {ODD_RAW}"))),
    },
];

/// Whether a character is obeyed by a terminal, or is not seen.
fn is_obeyed(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// How the names of the linted files go on, in front of a line.
const ENDINGS: [&str; 5] = [".json", ".yaml", ".yml", ".tf", ".tofu"];

#[test]
fn nothing_that_is_planted_is_obeyed() {
    let linter = linter(&[]);
    let mut faults: Vec<String> = Vec::new();
    for texts in planted(CONTROLS).chunks(TOGETHER) {
        for (format, told) in told(&linter, texts) {
            let mut fault = |why: &str, line: &str| faults.push(format!("{format}: {why}: {line:?}"));
            for line in told.lines() {
                if line.chars().any(is_obeyed) {
                    fault("obeyed", line);
                }
                let is_command = line.trim_start().starts_with("::");
                match format {
                    "concise"
                        if !line.contains(" https://") || !ENDINGS.iter().any(|end| line.contains(end)) =>
                    {
                        fault("not a line of its own", line);
                    }
                    "jsonl" | "rdjsonl" if serde_json::from_str::<Value>(line).is_err() => {
                        fault("not JSON", line)
                    }
                    "github" if !is_command => fault("not a command", line),
                    "github" => {}
                    _ if is_command => fault("a command", line),
                    _ => {}
                }
            }
            if ["json", "sarif", "gitlab"].contains(&format) && serde_json::from_str::<Value>(&told).is_err()
            {
                fault("not JSON", "");
            }
        }
    }
    faults.truncate(40);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
