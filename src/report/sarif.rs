//! SARIF 2.1.0, the format of code scanning. Columns count characters, as in the other formats: a run
//! says so in `columnKind`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::fingerprint::fingerprints;
use super::run::Run;
use super::stream::Json;
use super::summary::message;
use super::url::url;
use crate::finding::{Category, Finding, Label, RuleId, Severity};
use crate::fix::Fix;
use crate::rule::Rule;
use crate::source::{Cut, Place, Source, SourceId};

/// The name under which a consumer finds our fingerprint. GitHub keeps one of its own beside it.
const FINGERPRINT: &str = "ecsLintRuleAndPointer/v1";

/// A run as a SARIF log.
pub(super) fn sarif(run: &Run) -> String {
    let findings = &run.outcome.findings;
    let used: BTreeSet<RuleId> = findings.iter().map(|finding| finding.rule).collect();
    let used: Vec<RuleId> = used.into_iter().collect();
    let regions = Regions::of(run);
    let results = findings.iter().zip(fingerprints(run)).map(|(finding, fingerprint)| {
        let rule = used.binary_search(&finding.rule).expect("the rules of all findings are there");
        result(run, &regions, finding, rule, &fingerprint)
    });
    let tool = json!({"driver": {
        "name": "ecs-lint",
        "informationUri": env!("CARGO_PKG_REPOSITORY"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": used.iter().map(|id| rule(run.registry.get(*id))).collect::<Vec<Value>>(),
    }});
    let invocation = json!({
        "executionSuccessful": run.outcome.failures.is_empty(),
        "toolExecutionNotifications": notifications(run),
    });
    let only = Json::Object(vec![
        ("tool", Json::Whole(tool)),
        ("columnKind", Json::Whole("unicodeCodePoints".into())),
        ("invocations", Json::List(vec![Json::Whole(invocation)])),
        ("results", Json::stream(results)),
    ]);
    let log = Json::Object(vec![
        ("$schema", Json::Whole("https://json.schemastore.org/sarif-2.1.0.json".into())),
        ("version", Json::Whole("2.1.0".into())),
        ("runs", Json::List(vec![only])),
    ]);
    log.written()
}

/// What a run says besides its findings: what failed, what was left out, and that nothing was linted.
fn notifications(run: &Run) -> Vec<Value> {
    let say = |level: &str, text: String| json!({"level": level, "message": {"text": text}});
    let (failures, notices) = (&run.outcome.failures, &run.outcome.notices);
    let failed = failures.iter().map(|one| say("error", format!("{}: {}", one.name, one.reason)));
    let left_out = notices.iter().map(|one| say("note", format!("{}: {}", one.name, one.reason)));
    let nothing = (run.outcome.summary.files == 0).then(|| say("warning", message(run)));
    failed.chain(left_out).chain(nothing).collect()
}

/// A rule with its manual.
fn rule(rule: &Rule) -> Value {
    let mut properties = json!({
        "tags": ["ecs", rule.category.name()],
        // What is not certain is not an error.
        "precision": if rule.severity == Severity::Error { "very-high" } else { "high" },
        "problem.severity": match rule.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "recommendation",
        },
    });
    if rule.category == Category::Security {
        properties["security-severity"] = match rule.severity {
            Severity::Error => "8.0",
            Severity::Warning => "5.5",
            Severity::Note => "3.0",
        }
        .into();
    }
    let (_, manual) = rule.manual().split_once("\n\n").unwrap_or(("", rule.manual()));
    let paragraph = manual.split("\n\n").next().unwrap_or(manual).trim_end();
    // What introduces a quotation says nothing without it.
    let whole = if paragraph.ends_with(':') { paragraph.rfind(". ").map(|end| end + 1) } else { None };
    let paragraph = paragraph.cut(..whole.unwrap_or(paragraph.len()));
    json!({
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": paragraph},
        "help": {"text": format!("{}\n{}", paragraph, url(rule)), "markdown": rule.manual()},
        "helpUri": url(rule),
        "defaultConfiguration": {"level": rule.severity.name()},
        "properties": properties,
    })
}

/// A finding.
fn result(run: &Run, regions: &Regions, finding: &Finding, rule: usize, fingerprint: &str) -> Value {
    let problem = &finding.problem;
    let mut own = regions.location(run, &problem.at);
    if !finding.named_pointer.is_empty() {
        own.insert("logicalLocations".to_owned(), json!([{"fullyQualifiedName": finding.named_pointer}]));
    }
    let mut result = json!({
        "ruleId": run.rule(finding).id,
        "ruleIndex": rule,
        "level": finding.severity.name(),
        "message": {"text": run.words(finding)},
        "locations": [own],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    });
    if !problem.also.is_empty() {
        let related = problem.also.iter().enumerate().map(|(at, label)| {
            let mut location = regions.location(run, label);
            location.insert("id".to_owned(), at.into());
            Value::Object(location)
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(fix) = problem.fix.as_ref().filter(|fix| !fix.edits.is_empty()) {
        result["fixes"] = json!([regions.fix(run, fix)]);
    }
    result
}

/// The positions of characters in the sources of a run.
struct Regions<'r> {
    sources: BTreeMap<SourceId, Lines<'r>>,
}

/// A source, and how many characters come before each of its lines.
struct Lines<'r> {
    source: &'r Source,
    characters: Vec<usize>,
}

impl<'r> Regions<'r> {
    fn of(run: &Run<'r>) -> Regions<'r> {
        let sources = run.outcome.sources.iter().map(|(id, source)| (*id, Lines::of(source)));
        Regions { sources: sources.collect() }
    }

    /// A place with its words.
    fn location(&self, run: &Run, label: &Label) -> Map<String, Value> {
        let mut location = Map::new();
        location.insert("physicalLocation".to_owned(), self.place(run, label.at));
        if !label.text.is_empty() {
            location.insert("message".to_owned(), json!({"text": label.text}));
        }
        location
    }

    fn place(&self, run: &Run, place: Place) -> Value {
        let lines = &self.sources[&place.source];
        json!({"artifactLocation": artifact(run, lines.source), "region": lines.region(place)})
    }

    fn fix(&self, run: &Run, fix: &Fix) -> Value {
        let source = fix.edits.first().map(|edit| self.sources[&edit.place.source].source);
        let replacement = |edit: &crate::fix::Edit| {
            let region = self.sources[&edit.place.source].region(edit.place);
            json!({"deletedRegion": region, "insertedContent": {"text": edit.text}})
        };
        json!({
            "description": {"text": format!("{} ({})", fix.title, fix.safety.name())},
            "artifactChanges": [{
                "artifactLocation": source.map(|source| artifact(run, source)),
                "replacements": fix.edits.iter().map(replacement).collect::<Vec<Value>>(),
            }],
        })
    }
}

impl<'r> Lines<'r> {
    fn of(source: &'r Source) -> Lines<'r> {
        let mut before = 0;
        let is_mark = |c: &char| *c == '\u{feff}';
        let lines = source.text.split_inclusive('\n').map(|line| {
            let characters = before;
            before += line.chars().filter(|c| !is_mark(c)).count();
            characters
        });
        let mut characters: Vec<usize> = lines.collect();
        characters.push(before);
        Lines { source, characters }
    }

    fn region(&self, place: Place) -> Value {
        let (start, end) = (self.source.position(place.span.start), self.source.position(place.span.end));
        let offset = |line: usize, column: usize| self.characters[line - 1] + column - 1;
        let from = offset(start.line, start.column);
        json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
            "charOffset": from,
            "charLength": offset(end.line, end.column) - from,
        })
    }
}

/// The address of a file: relative to the root of the repository, where it lies in it.
fn artifact(run: &Run, source: &Source) -> Value {
    let path = run.path(&source.name);
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let encoded: String = path
        .bytes()
        .map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    let is_absolute = path.starts_with('/');
    json!({"uri": if is_absolute { format!("file://{encoded}") } else { encoded }})
}
