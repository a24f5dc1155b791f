//! One document, all forms: every example of the rule pages and every fixture, written as a CloudFormation
//! template in JSON and in YAML, gives the same findings, with the same values, at the same fields.
//!
//! `FORMS=counts cargo test --test it forms::` lists how many findings of each rule were compared, and `RULE=<rule>`
//! shows the differences of one rule alone.

mod terraform;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::Arc;

use crate::support::template::{
    Field, Templates, Why, differently_required, irregular_names, lowered, names_of_the_api, templates,
};
use crate::support::yaml::{STYLES, Style, yaml};
use crate::support::{Texts, examples, linter, whole_page};
use ecs_lint::finding::{Finding, Severity};
use ecs_lint::internals::{Cut, Node, parse};
use ecs_lint::linter::{Linter, Outcome};
use ecs_lint::rules::Registry;
use ecs_lint::source::{Source, SourceId};
use serde_json::Value;

/// Rules that need not say the same about a template, and why.
const EXEMPT: &[(&str, &str)] = &[
    ("duplicate-field", "the writer of templates writes a key once"),
    ("unresolved-secret-reference", "a template resolves dynamic references"),
    ("leftover-null", "`null` is nothing in a template"),
    ("leftover-response-fields", "to a template, they are unknown keys"),
    ("managed-desired-count", "CloudFormation sends what a new service needs with each update"),
    ("missing-capacity", "CloudFormation requires both: `missing-field`"),
    ("missing-cluster", "no command line can name the cluster"),
    ("missing-desired-count", "CloudFormation starts with one task"),
    ("missing-image", "CloudFormation requires it: `missing-field`"),
    ("missing-policy-type", "CloudFormation requires it: `missing-field`"),
    ("missing-service-name", "CloudFormation makes one up"),
    ("missing-task-definition", "no command line can name the task definition"),
    ("unresolved-placeholder", "whatever a template fills in is an expression"),
    ("wrong-type", "CloudFormation converts scalars: only faults of lists and objects are compared"),
];

/// Rules about targets, which say something else if a scheduled action had none: the template makes one up.
const OF_TARGETS: &[&str] =
    &["dangling-scalable-target", "dangling-scaling-policy", "scalable-target-without-policy"];

/// Rules whose words depend on the name of a document, or on its lines.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("missing-tags", "a document without a name has that of its resource"),
    ("unresolved-sample-value", "it names lines"),
];

/// Findings that a group has in one form alone: how the name of the group begins, the rule, why.
const ALONE: &[(&str, &str, &str)] = &[
    ("rejected/many-faults", "invalid-fargate-size", "the number in the place of a text is a size there"),
    ("wrong-type bad", "invalid-value", "the text in the place of a number is converted"),
    (
        "mismatched-key-case bad",
        "mismatched-key-case",
        "CloudFormation refuses what clients of the API accept",
    ),
    ("mismatched-key-case bad", "unknown-field", "CloudFormation refuses what clients of the API accept"),
    ("unknown-field bad 28", "unknown-field", "no tool completes a template"),
    (
        "templates/service-with-placeholders",
        "missing-service-connect-logs",
        "what else the template has is not known",
    ),
    ("templates/service-with-placeholders", "unused-fargate-spot", "what else the template has is not known"),
    ("unpinned-task-definition good 6", "unused-fargate-spot", "what else the template has is not known"),
];

/// Where files come from, and the files.
struct Group {
    name: String,
    files: Vec<(String, String)>,
}

fn groups() -> Vec<Group> {
    let registry = Registry::default();
    let rules = registry.rules().flat_map(|(_, rule)| {
        let examples = examples(&whole_page(rule)).into_iter().enumerate();
        examples.map(|(at, example)| Group {
            name: format!("{} {} {}", rule.id, example.kind, at + 1),
            files: example.files,
        })
    });
    let fixtures = crate::support::fixtures().into_iter().map(|fixture| {
        let name = fixture.path.file_name().expect("a folder has a name").to_string_lossy().into_owned();
        Group { name: format!("{}/{name}", fixture.kind), files: fixture.files }
    });
    rules.chain(fixtures).collect()
}

/// What a finding says, in the API's names.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    rule: &'static str,
    severity: Option<Severity>,
    at: Option<Field>,
    token: String,
    message: String,
    help: Option<String>,
    labels: Vec<String>,
    reply: Option<String>,
    fix: Option<String>,
}

impl Said {
    /// The same about the object that contains the place.
    fn one_step_up(&self) -> Said {
        let parent = |(file, pointer): &Field| Some((*file, pointer.rsplit_once('/')?.0.to_owned()));
        Said { at: self.at.as_ref().and_then(parent), token: String::new(), ..self.clone() }
    }

    /// Leaves only which rule spoke and how bad it is.
    fn forget_words(&mut self) {
        let (rule, severity) = (self.rule, self.severity);
        *self = Said { rule, severity, ..Said::default() };
    }
}

/// A text with the names of CloudFormation in backquotes replaced by the API's.
fn in_api_names(text: &str) -> String {
    // Who refuses something is another one, too.
    let text = text.replace("CloudFormation", "the API").replace("the AWS CLI", "the API");
    let text = text
        .replace(".yaml`", ".json`")
        .replace("an upper-case letter", "a letter")
        .replace("a lower-case letter", "a letter");
    let parts = text.split('`').enumerate();
    // In YAML, few words are in quotation marks.
    let parts: Vec<String> = parts
        .map(|(at, part)| match at % 2 == 1 {
            true => words_in_api_names(&part.replace('"', "")),
            false => part.to_owned(),
        })
        .collect();
    parts.join("`")
}

fn words_in_api_names(text: &str) -> String {
    let is_letter = |c: char| c.is_ascii_alphanumeric();
    let mut result = String::new();
    let mut word = String::new();
    for c in text.chars().chain(['\0']) {
        if is_letter(c) {
            word.push(c);
            continue;
        }
        let api = irregular_names().get(&word).cloned();
        result.push_str(&api.unwrap_or_else(|| lowered(&word)));
        word.clear();
        if c != '\0' {
            result.push(c);
        }
    }
    result
}

/// The files of one form, as values and as they are written.
struct Form<'t> {
    name: &'static str,
    files: Vec<(String, String)>,
    values: Vec<Value>,
    /// Where the values come from; `None` for the API's form.
    templates: Option<&'t Templates>,
    is_yaml: bool,
}

impl<'t> Form<'t> {
    fn new(
        name: &'static str,
        files: &[(String, String)],
        templates: Option<&'t Templates>,
        style: Option<Style>,
    ) -> Form<'t> {
        let value = |(_, text): &(String, String)| serde_json::from_str(text).unwrap_or_default();
        let values: Vec<Value> = files.iter().map(value).collect();
        let written = |((name, text), value): (&(String, String), &Value)| match style {
            Some(style) if value.is_object() => (name.replace(".json", ".yaml"), yaml(value, style)),
            _ => (name.clone(), text.clone()),
        };
        let files = files.iter().zip(&values).map(written).collect();
        Form { name, files, values, templates, is_yaml: style.is_some() }
    }

    /// What a finding says.
    fn said(&self, linter: &Linter, outcome: &Outcome, finding: &Finding) -> Said {
        let rule = linter.registry().get(finding.rule);
        let problem = &finding.problem;
        let has_other_words = OTHER_WORDS.iter().any(|(other, _)| *other == rule.id);
        let words = |text: &str| if has_other_words { String::new() } else { in_api_names(text) };
        let place = problem.at.at;
        let here = (place.source.0 as usize, finding.pointer.clone());
        let token = self.token(outcome.sources[&place.source].slice(place.span), &here);
        let labels = std::iter::once(&problem.at).chain(&problem.also);
        // CloudFormation has its own words for faults of shape.
        let reply = finding.aws_says.as_deref().filter(|_| !rule.is_about_form());
        Said {
            rule: rule.id,
            severity: Some(finding.severity),
            at: match self.templates {
                Some(templates) => templates.origins.get(&here).cloned(),
                None => Some(here),
            },
            token,
            message: words(&problem.message),
            help: problem.help.as_deref().map(words),
            // `null` is nothing in a template.
            labels: labels
                .filter(|label| !label.text.contains("`null`"))
                .map(|label| in_api_names(&label.text))
                .collect(),
            reply: reply.map(str::to_owned),
            fix: problem.fix.as_ref().map(|fix| in_api_names(&fix.title)),
        }
    }

    /// A field that a sentence about a template calls by the API's name, though no text of the user does.
    fn foreign_word<'f>(&self, finding: &'f Finding) -> Option<&'f str> {
        let problem = &finding.problem;
        let labels = std::iter::once(&problem.at).chain(&problem.also).map(|label| &label.text);
        let title = problem.fix.as_ref().map(|fix| &fix.title);
        let texts = labels.chain([&problem.message]).chain(&problem.help).chain(title);
        let quoted = texts.flat_map(|text| text.split('`').skip(1).step_by(2));
        let mut words = quoted.flat_map(|part| part.split(|c: char| !c.is_ascii_alphanumeric()));
        let is_written = |word: &str| self.files.iter().any(|(_, text)| text.contains(word));
        words.find(|word| names_of_the_api().contains(*word) && !is_written(word))
    }

    /// What is underlined: the value, or the key. Of a list or an object, each form underlines another part, and
    /// in a template the logical id stands for the whole resource.
    fn token(&self, text: &str, (file, pointer): &Field) -> String {
        let text = text.trim_matches('"');
        let plain = serde_json::from_str(&format!("\"{text}\"")).unwrap_or_else(|_| text.to_owned());
        let value = self.values.get(*file).and_then(|value| value.pointer(pointer));
        let is_container = value.is_some_and(|value| value.is_object() || value.is_array());
        let is_key = pointer.rsplit('/').next() == Some(plain.as_str());
        let is_resource = self.templates.is_some() && pointer.matches('/').count() == 2;
        match is_container && !is_key || is_resource {
            true => String::new(),
            false => words_in_api_names(&plain),
        }
    }
}

fn lint(linter: &Linter, files: &[(String, String)]) -> Outcome {
    let texts = Texts::new(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let outcome = linter.lint(&texts);
    assert_eq!(outcome.failures, []);
    outcome
}

fn has_null(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(has_null),
        Value::Object(members) => members.values().any(has_null),
        other => other.is_null(),
    }
}

/// Whether a finding is about a field that only one form has, or requires.
fn is_shape_of_one_form(said: &Said) -> bool {
    let is_unsupported = || {
        let help = said.help.as_deref().unwrap_or_default();
        help.starts_with("the API has this field, but")
    };
    let is_required_in_one = || {
        let (_, fields) = said.message.split_once(" must have ").unwrap_or_default();
        let mut names = fields.split('`').skip(1).step_by(2);
        names.all(|name| differently_required().iter().any(|other| lowered(other) == name))
    };
    match said.rule {
        "unknown-field" => is_unsupported(),
        "missing-field" => is_required_in_one(),
        _ => false,
    }
}

#[derive(Default)]
struct Tally {
    /// How many findings of each rule were the same, and how many were not compared.
    counts: BTreeMap<&'static str, (usize, usize)>,
    /// How many groups could not be written, and why.
    left_out: BTreeMap<Why, usize>,
    groups: usize,
    differences: BTreeMap<&'static str, Vec<String>>,
    /// Sentences about a template with a name of the API.
    foreign: Vec<String>,
}

impl Tally {
    /// Notes a finding that only one form has.
    fn differ(&mut self, said: Said, group: &Group, only_in: &str, form: &Form) {
        let has_made_up_target = form.templates.is_some_and(|templates| templates.has_made_up_target);
        let exempt = EXEMPT.iter().any(|(rule, _)| *rule == said.rule)
            || has_made_up_target && OF_TARGETS.contains(&said.rule)
            || is_shape_of_one_form(&said)
            || ALONE.iter().any(|(name, rule, _)| group.name.starts_with(name) && *rule == said.rule);
        if exempt {
            self.counts.entry(said.rule).or_default().1 += 1;
            return;
        }
        let heading = format!("{} against {}, only in {only_in}", group.name, form.name);
        if std::env::var_os("FORMS").is_some() {
            let line = format!("≠ {heading}: {said:?}\n");
            std::io::stderr().write_all(line.as_bytes()).expect("it can be written");
        }
        let texts: String = form.files.iter().map(|(name, text)| format!("── {name}\n{text}")).collect();
        self.differences.entry(said.rule).or_default().push(format!("{heading}: {said:#?}\n{texts}"));
    }

    fn check(&mut self, linter: &Linter, group: &Group, templates: &Templates) {
        let api = Form::new("the API's form", &group.files, None, None);
        let outcome = lint(linter, &api.files);
        let is_skeleton = |finding: &Finding| linter.registry().get(finding.rule).id == "unresolved-skeleton";
        if outcome.findings.iter().any(is_skeleton) {
            return;
        }
        let style = STYLES[self.groups % STYLES.len()];
        self.groups += 1;
        for form in [
            Form::new("the JSON template", &templates.files, Some(templates), None),
            Form::new("the YAML template", &templates.files, Some(templates), Some(style)),
        ] {
            let before = outcome.findings.iter().map(|finding| api.said(linter, &outcome, finding)).collect();
            self.compare(linter, group, before, &form);
        }
    }

    fn compare(&mut self, linter: &Linter, group: &Group, mut before: Vec<Said>, form: &Form) {
        let outcome = lint(linter, &form.files);
        let said = outcome.findings.iter().map(|finding| form.said(linter, &outcome, finding));
        let mut after: Vec<Said> = said.collect();
        let rule = |finding: &Finding| linter.registry().get(finding.rule).id;
        self.foreign.extend(outcome.findings.iter().filter_map(|finding| {
            let word = form.foreign_word(finding)?;
            Some(format!("{} of {}: `{word}` in: {}", rule(finding), group.name, finding.problem.message))
        }));
        if form.values.iter().any(has_null) {
            // What is `null` is at fault in one form, and missing in the other.
            before.iter_mut().chain(&mut after).for_each(Said::forget_words);
        }
        if form.is_yaml {
            // Not every change of JSON can be made in YAML.
            before.iter_mut().chain(&mut after).for_each(|said| said.fix = None);
            // Of an object without brackets, its key is underlined, or the first key in it.
            for said in &mut after {
                let whole = Said { token: String::new(), ..said.clone() };
                let meant = [whole, said.one_step_up()].into_iter().find(|whole| before.contains(whole));
                if let Some(whole) = meant.filter(|_| !before.contains(said)) {
                    *said = whole;
                }
            }
        }
        before.sort();
        after.sort();
        let (mut before, mut after) = (before.into_iter().peekable(), after.into_iter().peekable());
        loop {
            match (before.peek(), after.peek()) {
                (None, None) => break,
                (Some(one), Some(other)) if one == other => {
                    self.counts.entry(one.rule).or_default().0 += 1;
                    before.next();
                    after.next();
                }
                (Some(one), other) if other.is_none_or(|other| one < other) => {
                    let one = before.next().expect("it was seen");
                    self.differ(one, group, "the API's form", form);
                }
                _ => {
                    let other = after.next().expect("it was seen");
                    self.differ(other, group, form.name, form);
                }
            }
        }
    }

    fn print(&self, linter: &Linter) {
        let mut text = format!("{} groups; left out: {:?}\n", self.groups, self.left_out);
        for (rule, (same, exempt)) in &self.counts {
            let more = if *exempt > 0 { format!("  {exempt} exempt") } else { String::new() };
            text.push_str(&format!("{rule:42} {same}{more}\n"));
        }
        let all: BTreeSet<&str> = linter.registry().rules().map(|(_, rule)| rule.id).collect();
        let never: Vec<&str> =
            all.into_iter().filter(|rule| self.counts.get(rule).is_none_or(|count| count.0 == 0)).collect();
        text.push_str(&format!("never compared: {}\n", never.join(", ")));
        for (rule, differences) in &self.differences {
            text.push_str(&format!("different: {rule:42} {}\n", differences.len()));
        }
        std::io::stderr().write_all(text.as_bytes()).expect("it can be written");
    }
}

#[test]
fn a_template_gives_the_findings_of_its_documents() {
    let (reader, linter) = (linter(&["duplicate-ulimit"]), linter(&[]));
    let mut tally = Tally::default();
    for group in groups() {
        match templates(&group.files, &reader) {
            Ok(templates) => tally.check(&linter, &group, &templates),
            Err(why) => *tally.left_out.entry(why).or_default() += 1,
        }
    }
    if std::env::var_os("FORMS").is_some() {
        tally.print(&linter);
    }
    let only = std::env::var("RULE").ok();
    let shown: Vec<&str> = tally
        .differences
        .iter()
        .filter(|(rule, _)| only.as_deref().is_none_or(|only| only == **rule))
        .flat_map(|(_, differences)| {
            differences.iter().map(String::as_str).take(if only.is_some() { 8 } else { 1 })
        })
        .collect();
    assert!(tally.foreign.is_empty(), "names of the API:\n{}", tally.foreign.join("\n"));
    assert!(shown.is_empty(), "{} rules differ:\n\n{}", tally.differences.len(), shown.join("\n\n"));
}

/// What replaces a value of a template: its text in, an expression out.
const EXPRESSIONS: [fn(&str) -> String; 2] = [
    |_| r#"{"Ref": "P"}"#.to_owned(),
    |value| format!(r#"{{"Fn::If": ["C", {value}, {{"Ref": "AWS::NoValue"}}]}}"#),
];

/// Replaces each value of a template with an expression, one after the other: it has no value that could be at
/// fault, and if it may be absent, that is said. If the condition is true, nothing is found that the value itself
/// would not show. An expression is never underlined for what it may be, and no sentence shows what it is called here.
#[test]
fn an_expression_is_never_complained_about() {
    let (reader, linter) = (linter(&["duplicate-ulimit"]), linter(&[]));
    let mut wrong: BTreeMap<&str, String> = BTreeMap::new();
    // One example of each rule, unless all are asked for.
    let is_meant = |group: &Group| {
        std::env::var_os("FORMS").is_some()
            || group.name.ends_with(" bad 1")
            || group.name.starts_with("clean/")
    };
    for group in groups().into_iter().filter(is_meant) {
        let Ok(templates) = templates(&group.files, &reader) else { continue };
        let before = counts(&linter, &lint(&linter, &templates.files), |_| true);
        for (at, (name, text)) in templates.files.iter().enumerate() {
            let parsed = parse(Arc::new(Source::new(SourceId(0), name.as_str(), text.as_str())));
            let is_below_properties =
                |node: &Node| node.pointer().split('/').nth(3).is_some_and(|step| step == "Properties");
            let values = parsed.tree.values().filter(is_below_properties);
            for node in values.filter(|node| node.parent().and_then(Node::key).is_some()) {
                for expression in EXPRESSIONS {
                    let mut changed = templates.files.clone();
                    let place = node.span().range();
                    let written = expression(text.cut(place.clone()));
                    let there = place.start..place.start + written.len();
                    changed[at].1 = [text.cut(..place.start), &written, text.cut(place.end..)].concat();
                    let outcome = lint(&linter, &changed);
                    let is_at = |finding: &Finding| {
                        let own = finding.problem.at.at;
                        own.source.0 as usize == at && there.contains(&(own.span.start as usize))
                    };
                    for finding in &outcome.findings {
                        let rule = linter.registry().get(finding.rule).id;
                        let is_fault = match assumed(finding) {
                            // The value is there then, and the fault was there before.
                            Some(true) => !before.contains_key(counted_as(&linter, finding)),
                            Some(false) => false,
                            None => is_at(finding),
                        };
                        if is_fault || shows_a_hole(finding) {
                            wrong.entry(rule).or_insert_with(|| format!("{finding:#?}\n{}", changed[at].1));
                        }
                    }
                    let is_new = |finding: &Finding| !finding.problem.is_conditional;
                    for (rule, count) in counts(&linter, &outcome, is_new) {
                        if count > before.get(rule).copied().unwrap_or_default() {
                            wrong.entry(rule).or_insert_with(|| changed[at].1.clone());
                        }
                    }
                }
            }
        }
    }
    let each: Vec<String> =
        wrong.iter().map(|(rule, text)| format!("{rule} speaks of an expression:\n{text}")).collect();
    assert!(each.is_empty(), "{} rules: {:?}\n\n{}", each.len(), wrong.keys(), each.join("\n\n"));
}

/// Whether a finding rests on the condition, and what that is then.
fn assumed(finding: &Finding) -> Option<bool> {
    let message = finding.problem.message.as_str();
    [true, false].into_iter().find(|is_true| message.starts_with(&format!("if `C` is {is_true}, ")))
}

/// Whether the words of a finding name the parameter as a hole in a text.
fn shows_a_hole(finding: &Finding) -> bool {
    let problem = &finding.problem;
    let labels = std::iter::once(&problem.at).chain(&problem.also).map(|label| &label.text);
    labels.chain([&problem.message]).chain(&problem.help).any(|text| text.contains("${P}"))
}

/// How many findings of each rule are meant. Which rule reports a credential depends on its name: they count as one.
fn counts(
    linter: &Linter,
    outcome: &Outcome,
    is_meant: impl Fn(&Finding) -> bool,
) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in outcome.findings.iter().filter(|finding| is_meant(finding)) {
        *counts.entry(counted_as(linter, finding)).or_insert(0) += 1;
    }
    counts
}

fn counted_as(linter: &Linter, finding: &Finding) -> &'static str {
    let rule = linter.registry().get(finding.rule);
    if rule.height() == "credential" { rule.height() } else { rule.id }
}
