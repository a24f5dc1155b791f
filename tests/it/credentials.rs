//! Tables of credentials, and of what only looks like one: `credentials/positive.tsv`, `credentials/negative.tsv`.
//! Each row has a place, a name and a text; a positive one also the rule that reports it. A text is written in
//! pieces, `«Ab1Cd2Ef*4»` is a piece four times, so that no file contains a whole credential.

use serde_json::{Value, json};

use crate::support::{Texts, linter};
use ecs_lint::finding::Severity;

/// The rules that report credentials by default.
const RULES: [&str; 6] = [
    "plaintext-aws-credentials",
    "plaintext-log-credential",
    "plaintext-secret",
    "plaintext-url-password",
    "secret-in-command",
    "suspected-secret",
];

#[test]
fn credentials_are_reported_each_by_one_rule() {
    let rows = rows(include_str!("credentials/positive.tsv"));
    assert!(rows.len() >= 150, "{} rows", rows.len());
    let wrong = |row: &Row| {
        let found = rules(row);
        (found != [row.rule]).then(|| format!("line {}: {found:?}: {}", row.line, row.shown()))
    };
    refuse(rows.iter().filter_map(wrong).collect());
}

#[test]
fn what_looks_like_a_credential_is_not_reported() {
    let rows = rows(include_str!("credentials/negative.tsv"));
    assert!(rows.len() >= 150, "{} rows", rows.len());
    let wrong = |row: &Row| {
        let found = rules(row);
        (!found.is_empty()).then(|| format!("line {}: {found:?}: {}", row.line, row.shown()))
    };
    refuse(rows.iter().filter_map(wrong).collect());
}

/// A row of a table.
struct Row {
    line: usize,
    place: &'static str,
    name: &'static str,
    text: String,
    rule: &'static str,
}

impl Row {
    fn shown(&self) -> String {
        format!("{} {} {}", self.place, self.name, self.text)
    }

    /// A document with the text at its place.
    fn document(&self) -> Value {
        let words = || self.text.split(" ⏐ ").collect::<Vec<_>>();
        let mut container = json!({ "name": "app", "image": "app:1", "memory": 512 });
        let mut task = json!({ "family": "web", "requiresCompatibilities": ["EC2"] });
        let (place, driver) = self.place.split_once(':').unwrap_or((self.place, "awslogs"));
        match place {
            "environment" => {
                container["environment"] = json!([{ "name": self.name, "value": self.text }]);
            }
            "label" => container["dockerLabels"] = json!({ self.name: self.text }),
            "command" => container["command"] = json!(words()),
            "entryPoint" => container["entryPoint"] = json!(words()),
            "healthCheck" => container["healthCheck"] = json!({ "command": words() }),
            "logOption" => {
                container["logConfiguration"] =
                    json!({ "logDriver": driver, "options": { self.name: self.text } });
            }
            "firelens" => {
                container["firelensConfiguration"] =
                    json!({ "type": "fluentbit", "options": { self.name: self.text } });
            }
            "workingDirectory" => container["workingDirectory"] = json!(self.text),
            "hostname" => container["hostname"] = json!(self.text),
            "image" => container["image"] = json!(self.text),
            "driverOpt" | "volumeLabel" => {
                let list = if place == "driverOpt" { "driverOpts" } else { "labels" };
                task["volumes"] = json!([{
                    "name": "data",
                    "dockerVolumeConfiguration": { "scope": "task", "driver": "local", list: { self.name: self.text } }
                }]);
            }
            "proxyProperty" => {
                task["proxyConfiguration"] = json!({
                    "type": "APPMESH",
                    "containerName": "app",
                    "properties": [{ "name": self.name, "value": self.text }]
                });
            }
            "tag" => task["tags"] = json!([{ "key": self.name, "value": self.text }]),
            "hookDetails" => {
                let details: Value =
                    serde_json::from_str(&self.text).unwrap_or(json!({ self.name: self.text }));
                return json!({
                    "serviceName": "web",
                    "taskDefinition": "web:1",
                    "desiredCount": 1,
                    "deploymentConfiguration": { "lifecycleHooks": [{ "hookDetails": details }] }
                });
            }
            _ => panic!("line {}: no place is called {place}", self.line),
        }
        task["containerDefinitions"] = json!([container]);
        task
    }
}

/// The ID of an access key opens nothing without its secret, which may be what is fetched under a name that is not known.
#[test]
fn an_id_whose_secret_may_be_fetched_is_a_warning() {
    let severities = |secrets: Value| -> Vec<Severity> {
        let id = joined("AKIA«QZ4XW7KP*2»");
        let container = json!({
            "name": "app", "image": "app:1", "memory": 128,
            "environment": [{"name": "SMTP_USER", "value": id}], "secrets": secrets,
        });
        let text = json!({"family": "web", "containerDefinitions": [container]}).to_string();
        let outcome = linter(&["plaintext-secret"]).lint(&Texts::new([("task.json", text.as_str())]));
        outcome.findings.iter().map(|finding| finding.severity).collect()
    };
    let secret =
        |name: &str| json!([{"name": name, "valueFrom": "arn:aws:ssm:eu-west-1:468013579246:parameter/x"}]);
    assert_eq!(severities(secret("LOG_LEVEL")), [Severity::Error]);
    for name in ["SMTP_PASSWORD", "${NAME}"] {
        assert_eq!(severities(secret(name)), [Severity::Warning], "{name}");
    }
}

fn rows(table: &'static str) -> Vec<Row> {
    let lines = table.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let read = |(at, line): (usize, &'static str)| {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().unwrap_or_default();
        Row { line: at + 1, place: cell(), name: cell(), text: joined(cell()), rule: cell() }
    };
    lines.map(read).collect()
}

/// A text without what divides its pieces.
fn joined(text: &str) -> String {
    let mut joined = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('«') {
        let (piece, after) = after.split_once('»').expect("a piece ends");
        let repeated = piece.rsplit_once('*').and_then(|(piece, times)| Some((piece, times.parse().ok()?)));
        let (piece, times) = repeated.unwrap_or((piece, 1));
        joined.push_str(before);
        joined.push_str(&piece.repeat(times));
        rest = after;
    }
    joined + rest
}

/// The rules that report a row.
fn rules(row: &Row) -> Vec<&'static str> {
    let linter = linter(&RULES);
    let text = row.document().to_string();
    let findings = linter.lint(&Texts::new([("a.json", text.as_str())])).findings;
    findings.iter().map(|finding| linter.registry().get(finding.rule).id).collect()
}

fn refuse(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{} rows are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
