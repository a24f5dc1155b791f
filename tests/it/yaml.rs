//! One document in JSON and in YAML: every example of the rule pages and every fixture, written as YAML in
//! several styles, has the same values and gives the same findings.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::support::yaml::{STYLES, yaml};
use crate::support::{Texts, examples, fixtures, linter, whole_page};
use ecs_lint::inputs::{Input, Inputs, Role};
use ecs_lint::internals::{Kind, Node, parse};
use ecs_lint::linter::{Linter, Outcome};
use ecs_lint::rules::Registry;
use ecs_lint::source::{Source, SourceId};

/// Rules that need not say the same, and why.
const EXEMPT: &[(&str, &str)] = &[
    ("invalid-syntax", "the mistakes of JSON are not made in YAML"),
    ("unrendered-template", "a hole is not a value that can be written"),
    ("duplicate-field", "the writer of YAML writes a key once"),
    ("leftover-byte-order-mark", "the writer of YAML does not write it"),
    ("excessive-task-definition-size", "it counts what is written"),
    ("unresolved-sample-value", "it names lines"),
];

/// Files that are JSON, and their values. Names are those of YAML files.
fn groups() -> Vec<Vec<(String, Value, String)>> {
    let registry = Registry::default();
    let pages =
        registry.rules().flat_map(|(_, rule)| examples(&whole_page(rule))).map(|example| example.files);
    let all = pages.chain(fixtures().into_iter().map(|fixture| fixture.files));
    let json = |(name, text): (String, String)| {
        let value = serde_json::from_str(&text).ok()?;
        let name = name.strip_suffix(".json")?.to_owned();
        // A key that is there twice is lost, and YAML may not have a number that long.
        (!name.contains(".json")).then_some((name, value, text))
    };
    all.filter_map(|files| files.into_iter().map(json).collect()).collect()
}

fn value(node: Node) -> Value {
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::Unknown => "unknown".into(),
        Kind::Bool => node.as_bool().into(),
        Kind::Number => serde_json::from_str(node.text()).expect("a number of JSON"),
        Kind::Text => node.text().into(),
        Kind::List => node.items().map(value).collect(),
        Kind::Object => node.members().map(|(key, member)| (key.text().to_owned(), value(member))).collect(),
    }
}

#[test]
fn yaml_has_the_values_of_json() {
    let mut read = 0;
    for (name, expected, text) in groups().into_iter().flatten() {
        let texts = STYLES.iter().map(|style| yaml(&expected, *style)).chain([text]);
        for text in texts {
            let parsed = parse(Arc::new(Source::new(SourceId(0), format!("{name}.yaml"), text.as_str())));
            assert_eq!(parsed.faults, [], "{text}");
            let root = parsed.tree.roots().next().expect("a root");
            assert_eq!(value(root), expected, "{text}");
            read += 1;
        }
    }
    assert!(read > 1000, "only {read} texts were read");
}

/// What findings say, and at which fields.
fn said(linter: &Linter, outcome: &Outcome) -> Vec<String> {
    let findings = outcome.findings.iter().map(|finding| (finding, linter.registry().get(finding.rule)));
    let findings = findings.filter(|(_, rule)| EXEMPT.iter().all(|(exempt, _)| *exempt != rule.id));
    let mut said: Vec<String> = findings
        .map(|(finding, rule)| {
            let problem = &finding.problem;
            let file = &outcome.sources[&problem.at.at.source].name;
            let file = file.rsplit_once('.').map_or(file.as_str(), |(name, _)| name);
            let message = problem.message.replace(".yaml", ".json");
            format!("{file} {} {} {} {message}", rule.id, finding.severity, finding.pointer)
        })
        .collect();
    said.sort();
    said
}

#[test]
fn yaml_gives_the_findings_of_json() {
    let linter = linter(&[]);
    let (mut differences, mut compared) = (BTreeMap::new(), 0);
    for files in groups() {
        let json = files.iter().map(|(name, _, text)| (format!("{name}.json"), text.clone()));
        let json: Vec<(String, String)> = json.collect();
        let expected = said(&linter, &linter.lint(&texts(&json)));
        for style in STYLES {
            let yaml = files.iter().map(|(name, value, _)| (format!("{name}.yaml"), yaml(value, style)));
            let yaml: Vec<(String, String)> = yaml.collect();
            let outcome = linter.lint(&texts(&yaml));
            let found = said(&linter, &outcome);
            compared += expected.len();
            if found != expected {
                let only = |left: &[String], right: &[String]| -> Vec<String> {
                    left.iter().filter(|one| !right.contains(one)).cloned().collect()
                };
                let text = yaml.iter().map(|(_, text)| text.as_str()).collect::<String>();
                differences.insert(text, (only(&expected, &found), only(&found, &expected)));
            }
        }
    }
    let shown: Vec<String> = differences
        .iter()
        .take(25)
        .map(|(text, (json, yaml))| format!("{text}\njson only: {json:#?}\nyaml only: {yaml:#?}"))
        .collect();
    assert!(differences.is_empty(), "{} differ\n{}", differences.len(), shown.join("\n\n"));
    assert!(compared > 5000, "only {compared} findings were compared");
}

/// Texts that are named, so that they are read whatever words they contain.
struct Named {
    texts: Texts,
    inputs: Vec<Input>,
}

impl Inputs for Named {
    fn list(&self) -> &[Input] {
        &self.inputs
    }

    fn read(&self, id: SourceId) -> Result<Vec<u8>, String> {
        self.texts.read(id)
    }
}

fn texts(files: &[(String, String)]) -> Named {
    let texts = Texts::new(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let inputs = texts.list().iter().map(|input| Input { role: Role::Named, ..input.clone() }).collect();
    Named { texts, inputs }
}
