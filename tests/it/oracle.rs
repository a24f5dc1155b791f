//! AWS's own client as the judge of shape: documents with one fault, and the verdicts of the client and the
//! model. `schemas/oracle.py` writes both; see there.

use std::collections::BTreeMap;
use std::fs;

use crate::support::repository;
use ecs_lint::finding::{Finding, Severity};
use ecs_lint::inputs::{Input, Inputs, Role};
use ecs_lint::linter::Linter;
use ecs_lint::rules::Registry;
use ecs_lint::settings::Settings;
use ecs_lint::source::SourceId;
use serde_json::Value;

/// The rules about shape.
const SHAPE_RULES: &[&str] =
    &["unknown-field", "missing-field", "wrong-type", "invalid-value", "leftover-null"];

/// Where we differ from client and model: the end of a pointer, the value there if only one is meant, and
/// why.
const OTHERWISE: &[(&str, Option<&str>, &str)] = &[
    ("", Some("true"), "for Python a boolean is a number; for the API it is none"),
    ("/containerDefinitions/0", Some("{}"), "the API wants a name, which its model does not say"),
    ("/serviceName", None, "a command line, or the tool that deploys, may name it: `missing-service-name`"),
    ("/protocol", Some(UNKNOWN_WORD), "the API reads any other word as tcp: `ignored-protocol`"),
    ("/ServiceNamespace", Some(UNKNOWN_WORD), "`mismatched-scalable-dimension`, if it is of ECS at all"),
    ("/ScalableDimension", Some(UNKNOWN_WORD), "`mismatched-scalable-dimension`, if it is of ECS at all"),
    ("/PredefinedMetricType", Some(UNKNOWN_WORD), "`unsupported-predefined-metric`"),
];

/// The word in the table that is outside every enumeration.
const UNKNOWN_WORD: &str = "\"NONSENSE\"";

/// One document with one fault.
struct Case {
    /// The document that it is based on.
    document: String,
    /// Where the value is replaced, as a JSON Pointer.
    pointer: String,
    /// The new value; `None` if the member is removed.
    value: Option<Value>,
    /// The expected verdict.
    verdict: Verdict,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    /// Client and model accept it.
    Taken,
    /// The client sends it, but the model forbids it.
    RefusedByModel,
    /// The client rejects it with this reply.
    Refused(String),
}

#[test]
fn what_the_client_refuses_is_a_finding_and_what_it_takes_is_none() {
    let cases = cases();
    let linter = Linter::new(Registry::default(), Settings::default());
    let outcome = linter.lint(&Documents::of(&cases));
    let mut findings: Vec<Vec<&Finding>> = vec![Vec::new(); cases.len()];
    for finding in &outcome.findings {
        findings[finding.problem.at.at.source.0 as usize].push(finding);
    }
    let mut tally: BTreeMap<&str, [usize; 5]> = BTreeMap::new();
    let mut faults = Vec::new();
    let mut otherwise = vec![0; OTHERWISE.len()];
    for (case, findings) in cases.iter().zip(findings) {
        let of_shape = findings.into_iter().filter_map(|finding| {
            let rule = linter.registry().get(finding.rule).id;
            SHAPE_RULES.contains(&rule).then_some((rule, finding))
        });
        let of_shape: Vec<(&str, &Finding)> = of_shape.collect();
        let row = tally.entry(case.kind()).or_default();
        row[0] += 1;
        match judge(case, &of_shape) {
            Ok(None) => row[3] += 1,
            Ok(Some(Severity::Error)) => row[1] += 1,
            Ok(Some(_)) => row[2] += 1,
            Err(fault) => {
                if let Some(known) = OTHERWISE.iter().position(|known| case.is_known(known)) {
                    otherwise[known] += 1;
                    row[4] += 1;
                    continue;
                }
                let said: Vec<String> = of_shape
                    .iter()
                    .map(|(rule, finding)| {
                        format!("{rule} at {}: {}", finding.pointer, finding.problem.message)
                    })
                    .collect();
                faults.push(format!("{}: {fault}; said: {said:?}", case.title()));
            }
        }
    }
    let mut table = format!(
        "{:<24}{:>8}{:>8}{:>10}{:>8}{:>11}\n",
        "kind", "places", "errors", "warnings", "silent", "otherwise"
    );
    for (kind, [places, errors, warnings, silent, otherwise]) in tally {
        table += &format!("{kind:<24}{places:>8}{errors:>8}{warnings:>10}{silent:>8}{otherwise:>11}\n");
    }
    for ((_, _, reason), count) in OTHERWISE.iter().zip(&otherwise) {
        table += &format!("otherwise {count} times: {reason}\n");
    }
    assert!(otherwise.iter().all(|count| *count > 0), "a reason that is none any more:\n{table}");
    assert!(faults.is_empty(), "{}\n{} faults:\n{}", table, faults.len(), faults.join("\n"));
    // Shown with `cargo test --test it oracle -- --nocapture`.
    std::io::Write::write_all(&mut std::io::stdout(), table.as_bytes()).expect("a table can be shown");
}

/// The severity of the finding about a case, if one is required and it is right.
fn judge(case: &Case, findings: &[(&str, &Finding)]) -> Result<Option<Severity>, String> {
    let expected: &[&str] = match case.kind() {
        "taken" => &[],
        "null" => &["leftover-null", "missing-field", "invalid-value"],
        "unknown key" => &["unknown-field"],
        "missing key" | "empty object" => &["missing-field", "invalid-value"],
        "wrong type" => &["wrong-type"],
        _ => &["invalid-value", "missing-field"],
    };
    if expected.is_empty() {
        return if findings.is_empty() { Ok(None) } else { Err("the client takes it".to_owned()) };
    }
    let [(rule, finding)] = findings else {
        return Err(format!("{} findings", findings.len()));
    };
    if !expected.contains(rule) {
        return Err(format!("none of {expected:?}"));
    }
    if !case.is_at(&finding.pointer) {
        return Err("at another place".to_owned());
    }
    if let (Verdict::Refused(reply), Some(says)) = (&case.verdict, &finding.aws_says)
        && is_of_client(says)
        && !is_same_reply(says, reply)
    {
        return Err(format!("the client says {reply:?}, not {says:?}"));
    }
    Ok(Some(finding.severity))
}

/// Whether our reply is the client's, apart from a value that may be a secret, and apart from the key of an
/// empty object that it misses first.
fn is_same_reply(says: &str, reply: &str) -> bool {
    if let (Some((says, _)), true) = (says.split_once(": \""), says.starts_with("Missing required")) {
        return reply.starts_with(says);
    }
    match says.split_once("value: …") {
        Some((start, end)) => reply.starts_with(start) && reply.ends_with(end),
        None => says == reply,
    }
}

/// Whether a reply is the client's, rather than one recorded from the API.
fn is_of_client(says: &str) -> bool {
    ["Invalid type", "Missing required", "Unknown parameter", "Invalid length", "Invalid value", "Must set"]
        .iter()
        .any(|start| says.starts_with(start))
}

impl Case {
    /// The kind of fault.
    fn kind(&self) -> &'static str {
        let reply = match &self.verdict {
            Verdict::Taken => return "taken",
            Verdict::RefusedByModel if self.value.as_ref().is_some_and(Value::is_string) => {
                return "outside an enumeration";
            }
            Verdict::RefusedByModel => return "out of range",
            Verdict::Refused(reply) => reply,
        };
        match (&self.value, reply.split_once(' ').map(|(first, _)| first)) {
            (Some(Value::Null), _) => "null",
            (None, _) => "missing key",
            (_, Some("Unknown")) => "unknown key",
            (_, Some("Missing" | "Must")) => "empty object",
            _ if reply.starts_with("Invalid type") => "wrong type",
            (Some(Value::Number(_)), _) => "out of range",
            _ => "too short",
        }
    }

    /// Whether it is one of [`OTHERWISE`].
    fn is_known(&self, (place, value, _): &(&str, Option<&str>, &str)) -> bool {
        let own = self.value.as_ref().map(Value::to_string);
        self.pointer.ends_with(place)
            && value.is_none_or(|value| own.as_deref() == Some(value))
            && (!place.is_empty() || self.kind() != "wrong type")
    }

    fn title(&self) -> String {
        let value = self.value.as_ref().map_or_else(|| "nothing".to_owned(), Value::to_string);
        format!("{} of {} with {value} at {}", self.kind(), self.document, self.pointer)
    }

    /// Whether a finding is at the fault. What is missing is reported at the name of its object.
    fn is_at(&self, pointer: &str) -> bool {
        if self.value.is_some() {
            return pointer == self.pointer;
        }
        let (object, _) = self.pointer.rsplit_once('/').expect("a pointer begins with a slash");
        pointer.strip_prefix(object).is_some_and(|rest| rest.matches('/').count() <= 1)
    }

    /// The text of the document.
    fn text(&self, documents: &BTreeMap<String, Value>) -> String {
        let mut document = documents[&self.document].clone();
        let (around, last) = self.pointer.rsplit_once('/').expect("a pointer begins with a slash");
        let around = document.pointer_mut(around).expect("the place is there");
        match (around, &self.value) {
            (Value::Object(members), Some(value)) => drop(members.insert(last.to_owned(), value.clone())),
            (Value::Object(members), None) => drop(members.shift_remove(last)),
            (Value::Array(items), Some(value)) => {
                let position: usize = last.parse().expect("a position");
                items[position] = value.clone();
            }
            _ => panic!("{} leads nowhere", self.pointer),
        }
        document.to_string()
    }
}

/// The place of a pointer in the client's notation.
fn path_of(pointer: &str) -> String {
    let steps = pointer.split('/').skip(1);
    let path: String = steps
        .map(|step| if step.parse::<u32>().is_ok() { format!("[{step}]") } else { format!(".{step}") })
        .collect();
    if path.is_empty() { "input".to_owned() } else { path.trim_start_matches('.').to_owned() }
}

/// The cases that `verdicts.tsv` lists.
fn cases() -> Vec<Case> {
    let table =
        fs::read_to_string(repository("tests/oracle/verdicts.tsv")).expect("schemas/oracle.py wrote it");
    let mut replies = BTreeMap::new();
    let mut cases = Vec::new();
    for line in table.lines() {
        if let Some(comment) = line.strip_prefix('#') {
            let reply =
                comment.split_once(' ').and_then(|(number, reply)| Some((number.parse().ok()?, reply)));
            replies.extend(reply.map(|(number, reply): (u32, &str)| (number, reply)));
            continue;
        }
        let mut columns = line.split('\t');
        let document = columns.next().expect("a name");
        let pointer = columns.next().expect("a pointer");
        for cell in columns {
            let (value, verdict) = cell.rsplit_once(' ').expect("a value and a verdict");
            let value = (value != "-").then(|| serde_json::from_str(value).expect("a JSON value"));
            let verdict = match verdict {
                "ok" => Verdict::Taken,
                "api" => Verdict::RefusedByModel,
                number => {
                    let number: u32 = number.parse().expect("the number of a reply");
                    Verdict::Refused(said(replies[&number], pointer, value.is_none()))
                }
            };
            cases.push(Case { document: document.to_owned(), pointer: pointer.to_owned(), value, verdict });
        }
    }
    assert!(cases.len() > 3000, "the table holds cases");
    cases
}

/// A reply with its place inserted.
fn said(reply: &str, pointer: &str, is_missing: bool) -> String {
    let (around, key) = pointer.rsplit_once('/').expect("a pointer begins with a slash");
    let of_around = is_missing || reply.starts_with("Unknown");
    let path = path_of(if of_around { around } else { pointer });
    reply.replace("{path}", &path).replace("{key}", key)
}

/// The documents of the cases, each separately.
struct Documents {
    inputs: Vec<Input>,
    texts: Vec<String>,
}

impl Documents {
    fn of(cases: &[Case]) -> Documents {
        let read = |name: &str| {
            let path = repository("tests/oracle").join(format!("{name}.json"));
            let text = fs::read_to_string(path).expect("schemas/oracle.py wrote it");
            serde_json::from_str(&text).expect("JSON")
        };
        let mut documents: BTreeMap<String, Value> = BTreeMap::new();
        for case in cases {
            documents.entry(case.document.clone()).or_insert_with(|| read(&case.document));
        }
        let input = |folder: usize| Input {
            id: SourceId(folder as u32),
            name: format!("{folder}/document.json"),
            location: format!("{folder}/document.json"),
            folder: folder.to_string(),
            project: None,
            settings: None,
            path: String::new(),
            role: Role::Named,
        };
        Documents {
            inputs: (0..cases.len()).map(input).collect(),
            texts: cases.iter().map(|case| case.text(&documents)).collect(),
        }
    }
}

impl Inputs for Documents {
    fn list(&self) -> &[Input] {
        &self.inputs
    }

    fn read(&self, id: SourceId) -> Result<Vec<u8>, String> {
        Ok(self.texts[id.0 as usize].clone().into_bytes())
    }
}
