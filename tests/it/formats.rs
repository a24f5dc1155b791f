//! The formats of a report, from outside: each is read by what reads it, or by its grammar.

use std::fs;

use ecs_lint::report::FORMATS;
use serde_json::Value;

use crate::support::program::{Folder, Run};

/// A task definition with an error and a warning, which have safe fixes.
const FAULTY: &str = r#"{
  "family": "web",
  "tags": [],
  "taskRoleArn": "web",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "app:1",
      "memory": "128",
      "logConfiguration": { "logDriver": "json-file" }
    }
  ]
}
"#;

/// Runs a format over one file.
fn run(folder: &Folder, format: &str) -> Run {
    folder.run(&["--format", format, "task.json"])
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn every_format_says_the_same_by_its_status_and_on_standard_error() {
    let folder = Folder::new("formats-all");
    folder.write("task.json", FAULTY);
    for format in FORMATS {
        let run = run(&folder, format.name);
        assert_eq!(run.status, 1, "{}", format.name);
        assert_eq!(run.err, "", "{}", format.name);
        assert!(!run.out.contains('\u{1b}'), "no escape codes in a pipe: {}", run.out);
        let looked_at = "checked 1 document in 1 file: 1 error, 1 warning";
        match run.summary {
            None => assert!(format.name == "human" && run.out.contains(looked_at), "{}", run.out),
            Some(summary) => assert_eq!(summary, format!("ecs-lint: {looked_at}"), "{}", format.name),
        }
    }
}

#[test]
fn what_is_not_linted_is_said_in_every_format() {
    let folder = Folder::new("formats-nothing");
    folder.write("other.json", "{}");
    for format in FORMATS {
        let run = folder.run(&["--format", format.name, "."]);
        assert_eq!(run.status, 0, "{}", format.name);
        let said = run.summary.unwrap_or(run.out);
        assert!(said.contains("no ECS documents found"), "{}: {said}", format.name);
    }
}

#[test]
fn several_formats_are_written_at_once() {
    let folder = Folder::new("formats-output");
    folder.write("task.json", FAULTY);
    let both = folder.run(&["--output", "json=a.json.txt", "-o", "concise=b.txt", "task.json"]);
    assert_eq!(both.status, 1);
    assert!(both.out.contains("╭─[task.json"), "people still get their report: {}", both.out);
    let file = |name: &str| fs::read_to_string(folder.0.join(name)).expect("it was written");
    assert_eq!(json(&file("a.json.txt"))["summary"]["errors"], 1);
    assert_eq!(file("b.txt"), run(&folder, "concise").out);
    let one = folder.run(&["--output", "concise=-", "--output", "human=c.txt", "task.json"]);
    assert_eq!(one.out, file("b.txt"));
    assert!(file("c.txt").contains("╭─[task.json"));
}

#[test]
fn outputs_that_cannot_be_are_refused() {
    let folder = Folder::new("formats-refused");
    folder.write("task.json", FAULTY);
    for (arguments, said) in [
        (&["--format", "json", "-o", "concise=-"][..], "only one format can be written to standard output"),
        (&["-o", "json=a", "-o", "concise=a"], "a cannot hold both json and concise"),
        (&["-o", "jsom=a"], "did you mean `json`?"),
        (&["-o", "json"], "it must be FORMAT=FILE"),
        (&["-o", "json="], "the file is missing"),
        (&["-o", "json=missing/folder"], "missing/folder: the report cannot be written: no such file"),
    ] {
        let run = folder.run(&[arguments, &["task.json"]].concat());
        assert_eq!(run.status, 2, "{run:?}");
        assert!(run.err.contains(said), "{run:?}");
    }
    assert!(!folder.0.join("a").exists());
}

#[test]
fn json_says_where_a_rule_is_explained_and_what_can_be_and_was_fixed() {
    let folder = Folder::new("formats-json");
    folder.write("task.json", FAULTY);
    let report = json(&run(&folder, "json").out);
    let url = "https://github.com/ecs-lint/ecs-lint/blob/v0.1.0/rules/document/wrong-type.md";
    let finding =
        report["findings"].as_array().expect("a list").iter().find(|one| one["rule"] == "wrong-type");
    assert_eq!(finding.expect("a finding")["url"], url);
    assert_eq!(report["summary"]["fixable"]["safe"], 2);
    assert_eq!(report["summary"]["fixed"], Value::Null);
    let lines: Vec<Value> = run(&folder, "jsonl").out.lines().map(json).collect();
    assert_eq!(Value::from(lines), report["findings"]);
    let concise = run(&folder, "concise").out;
    assert!(concise.contains(&format!(" (safe fix) {url}\n")), "{concise}");
    let fixed = json(&folder.run(&["--fix", "--format", "json", "task.json"]).out);
    assert_eq!(fixed["summary"]["fixed"], json(r#"{"fixes": 2, "files": 1}"#));
}
