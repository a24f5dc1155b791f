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

/// A task definition with as many unknown fields as are asked for, each an error.
fn many(count: usize) -> String {
    let fields: String = (0..count).map(|at| format!("  \"field{at}%\": {at},\n")).collect();
    FAULTY.replacen("{\n", &format!("{{\n{fields}"), 1)
}

#[test]
fn sarif_points_from_the_root_of_the_repository() {
    let folder = Folder::new("formats-sarif");
    folder.write("deploy/é task.json", FAULTY);
    let mut command = folder.command(&["--format", "sarif", "é task.json"]);
    command.current_dir(folder.0.join("deploy"));
    let log = json(&Run::of(command.output().expect("it runs")).out);
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let result = &run["results"][1];
    assert_eq!(result["ruleId"], "wrong-type");
    let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().expect("a number") as usize];
    assert_eq!(rule["id"], "wrong-type");
    assert!(rule["help"]["markdown"].as_str().expect("a text").starts_with("# wrong-type\n"), "{rule}");
    let location = &result["locations"][0];
    let physical = &location["physicalLocation"];
    assert_eq!(physical["artifactLocation"]["uri"], "deploy/%C3%A9%20task.json");
    let start = FAULTY.find("\"128\"").expect("it is there");
    let region = format!(
        r#"{{"startLine": 9, "startColumn": 17, "endLine": 9, "endColumn": 22, "charOffset": {start}, "charLength": 5}}"#
    );
    assert_eq!(physical["region"], json(&region));
    assert_eq!(location["logicalLocations"][0]["fullyQualifiedName"], "containerDefinitions[app].memory");
    let replacement = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "128");
    // Lines that move wake nothing.
    let fingerprint = |log: &Value| log["runs"][0]["results"][1]["partialFingerprints"].clone();
    folder.write("deploy/é task.json", FAULTY.replace("  \"taskRoleArn\"", "\n\n  \"taskRoleArn\""));
    let mut command = folder.command(&["--format", "sarif", "deploy/é task.json"]);
    let moved = json(&Run::of(command.output().expect("it runs")).out);
    assert_eq!(fingerprint(&log), fingerprint(&moved));
    assert!(!fingerprint(&log)["ecsLintRuleAndPointer/v1"].is_null(), "{log}");
}

#[test]
fn sarif_says_what_failed_and_that_nothing_was_linted() {
    let folder = Folder::new("formats-sarif-failed");
    let run = &json(&folder.run(&["--format", "sarif", "missing.json"]).out)["runs"][0];
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notifications = invocation["toolExecutionNotifications"].as_array().expect("a list");
    let said: Vec<&str> = notifications.iter().filter_map(|one| one["message"]["text"].as_str()).collect();
    assert!(
        matches!(said[..], [failed, "nothing was linted"] if failed.starts_with("missing.json: ")),
        "{said:?}"
    );
}

#[test]
fn security_rules_have_a_severity_of_their_own_in_sarif() {
    let folder = Folder::new("formats-sarif-security");
    folder.write(
        "task.json",
        FAULTY.replace("app:1\"", &format!("app:1\", \"command\": [\"AKIA{}\"]", "QZ4XW7KP".repeat(2))),
    );
    let log = json(&folder.run(&["--format", "sarif", "--only", "security", "."]).out);
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("a list").clone();
    assert!(!rules.is_empty());
    for rule in rules {
        assert!(
            rule["properties"]["security-severity"].as_str().is_some_and(|text| text.parse::<f64>().is_ok())
        );
    }
}

#[test]
fn github_gets_no_more_annotations_than_it_shows() {
    let folder = Folder::new("formats-github");
    folder.write("a,b.json", many(15));
    let run = folder.run(&["--format", "github", "a,b.json"]);
    let count = |level: &str| run.out.lines().filter(|line| line.starts_with(&format!("::{level} "))).count();
    assert_eq!([count("error"), count("warning"), count("notice")], [10, 1, 1], "{}", run.out);
    assert!(
        run.out.ends_with("::and 6 more findings than GitHub shows as annotations of one step\n"),
        "{}",
        run.out
    );
    let first = run.out.lines().next().expect("a line");
    assert!(first.starts_with("::error file=a%2Cb.json,line=2,endLine=2,col=3,"), "{first}");
    assert!(first.contains("`field0%25`") && first.contains("%0Ahttps://"), "{first}");
}

#[test]
fn in_github_actions_annotations_and_a_table_come_by_themselves() {
    let folder = Folder::new("formats-actions");
    folder.write("task.json", FAULTY).write("summary.md", "before\n");
    let run = |arguments: &[&str]| {
        let mut command = folder.command(arguments);
        command.env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", folder.0.join("summary.md"));
        Run::of(command.output().expect("it runs")).out
    };
    let summary = || fs::read_to_string(folder.0.join("summary.md")).expect("a file");
    let chosen = run(&["--format", "human", "task.json"]);
    assert!(!chosen.contains("::error"), "{chosen}");
    assert_eq!(summary(), "before\n");
    let out = run(&["task.json"]);
    assert!(out.contains("╭─[task.json") && out.contains("\n::error file=task.json,"), "{out}");
    assert!(summary().starts_with("before\n## ecs-lint\n\n| |"), "{}", summary());
}

#[test]
fn reviewdog_counts_bytes_and_gets_one_suggestion() {
    let folder = Folder::new("formats-rdjsonl");
    folder.write("task.json", FAULTY.replace("\"image\": \"app:1\",\n      ", "\"image\": \"é\", "));
    let out = run(&folder, "rdjsonl").out;
    let diagnostic =
        out.lines().map(json).find(|one| one["code"]["value"] == "wrong-type").expect("a finding");
    let range = json(r#"{"start": {"line": 8, "column": 32}, "end": {"line": 8, "column": 37}}"#);
    assert_eq!(diagnostic["location"]["range"], range);
    assert_eq!(
        diagnostic["suggestions"],
        Value::Array(vec![serde_json::json!({"range": range, "text": "128"})])
    );
}

#[test]
fn junit_passes_what_passes() {
    let folder = Folder::new("formats-junit");
    folder
        .write("task.json", FAULTY)
        .write("clean.json", FAULTY.replace("\"128\"", "128").replace("  \"tags\": [],\n", ""));
    let out = folder.run(&["--format", "junit", "."]).out;
    assert!(out.contains("tests=\"3\" failures=\"1\" errors=\"0\""), "{out}");
    assert!(out.contains("<testcase name=\"no findings\" classname=\"clean.json\"/>"), "{out}");
    let strict = folder.run(&["--format", "junit", "--fail-on", "warning", "."]).out;
    assert!(strict.contains("tests=\"3\" failures=\"2\" errors=\"0\""), "{strict}");
}

#[test]
fn what_a_value_contains_does_not_end_the_text_around_it() {
    let folder = Folder::new("formats-escapes");
    folder.write("task.json", FAULTY.replace("\"family\"", "\"a|b<i&\\\"@team\": 1, \"family\""));
    let markdown = run(&folder, "markdown").out;
    assert!(markdown.contains("`a\\|b<i&\"@team`"), "{markdown}");
    for format in ["junit", "checkstyle"] {
        let out = run(&folder, format).out;
        assert!(out.contains("`a|b&lt;i&amp;&quot;@team`"), "{out}");
    }
}

#[test]
fn a_finding_in_another_resource_names_no_document_of_ours() {
    let folder = Folder::new("other-resource");
    folder.write(
        "template.yaml",
        "Resources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Family: web\n      Family: app\n      \
         ContainerDefinitions:\n        - {Name: web, Image: 'nginx:1.27', Memory: 128}\n  Queue:\n    \
         Type: AWS::SQS::Queue\n    Properties:\n      QueueName: a\n      QueueName: b\n",
    );
    let run = folder.run(&["--only", "duplicate-field", "--format", "json", "template.yaml"]);
    let report: Value = serde_json::from_str(&run.out).expect("the report is JSON");
    let findings = report["findings"].as_array().expect("there are findings");
    let documents: Vec<Option<&str>> = findings.iter().map(|finding| finding["document"].as_str()).collect();
    assert_eq!(documents, [Some("task definition `app`"), None]);
}
