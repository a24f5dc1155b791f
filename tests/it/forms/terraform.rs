//! Every example of the rule pages and every fixture, written as a Terraform module with `jsonencode`, with a heredoc
//! and in JSON, and as the plan of a module, gives findings of the same rules at the same fields.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::ops::Range;
use std::sync::Arc;

use super::{Group, counts, groups, lint};
use crate::support::hcl::{Containers, module};
use crate::support::hcl_json::module_in_json;
use crate::support::linter;
use crate::support::plan::plan;
use crate::support::template::{Field, Why};
use crate::support::terraform::Module;
use ecs_lint::finding::{Finding, Severity};
use ecs_lint::internals::{Cut, Kind, Node, parse};
use ecs_lint::linter::Linter;
use ecs_lint::source::{Source, SourceId};
use serde_json::Value;

/// Rules that need not say the same about a module, and why.
const EXEMPT: &[(&str, &str)] = &[
    ("conflicting-access-point-root", "old versions of the provider do not send the directory"),
    ("duplicate-field", "the last one counts"),
    ("leftover-null", "`null` is nothing in a module"),
    ("leftover-response-fields", "Terraform knows no such attributes"),
    ("managed-desired-count", "Terraform sends what a new service needs with each change"),
    ("missing-capacity", "Terraform requires both"),
    ("missing-desired-count", "Terraform starts with none"),
    ("missing-field", "Terraform itself requires attributes"),
    ("missing-policy-type", "Terraform assumes a type"),
    ("missing-service-name", "Terraform requires it"),
    ("missing-tags", "the provider may add tags"),
    ("mismatched-key-case", "the provider reads keys in any case"),
    ("unknown-field", "Terraform itself refuses attributes, and drops keys from the JSON"),
    ("unresolved-placeholder", "whatever a module fills in is an expression"),
    ("unresolved-skeleton", "a module is none"),
    ("wrong-type", "Terraform converts scalars in attributes, and refuses the rest itself"),
];

const NO_LAUNCH_TYPE: &str = "the provider does not send it with an external controller";
const TIMEOUT: &str = "the provider sends a request timeout with every timeout";

/// Findings that a group has in one form alone: how the name of the group begins, the rule or all, why.
const ALONE: &[(&str, &str, &str)] = &[
    ("rejected/cloudformation-spelling", "", "Terraform refuses the attributes"),
    ("templates/service-to-be-filled-in", "missing-load-balancer-target", "an empty string is unset there"),
    ("rejected/many-faults", "invalid-fargate-size", "the number in the place of a text is a size there"),
    ("rejected/tags-in-a-list-too-many", "invalid-value", "tags are a map"),
    (
        "projects/subnets-one-step-too-high",
        "missing-network-configuration",
        "Terraform refuses the attribute",
    ),
    ("rejected/container-of-docker-compose", "", "Terraform refuses an object in the place of the list"),
    ("dangling-task-definition good 2", "mismatched-launch-type", "another module is a doubt"),
    ("deprecated-service-role good 8", "", "Terraform refuses an expression in the place of a block"),
    ("unknown-field", "", "Terraform refuses the attributes"),
    ("unresolved-skeleton", "", "a module is none"),
    ("missing-security-groups good 11", "", NO_LAUNCH_TYPE),
    ("pinned-platform-version good 8", "", NO_LAUNCH_TYPE),
    ("public-ip-assigned good 12", "", NO_LAUNCH_TYPE),
    ("unsupported-with-external-controller bad 4", "", NO_LAUNCH_TYPE),
    ("traps/template-that-a-script-fills", "", "a module is not a template for a script"),
    ("traps/service-connect-under-many-names", "unsupported-request-timeout", TIMEOUT),
    ("unsupported-request-timeout good 4", "unsupported-request-timeout", TIMEOUT),
    ("wrong-type", "invalid-value", "the text in the place of a number is converted"),
    ("templates/service-with-placeholders", "missing-service-connect-logs", UNSEEN),
    ("templates/service-with-placeholders", "unused-fargate-spot", UNSEEN),
    ("unpinned-task-definition good 6", "unused-fargate-spot", UNSEEN),
];

/// Why a rule about a service that may run any task definition is silent.
const UNSEEN: &str = "what else the module has is not known";

/// Findings that a plan of a group does not have, or has alone.
const ALONE_IN_PLANS: &[(&str, &str, &str)] = &[
    ("conflicting-scalable-targets good 2", "conflicting-scalable-targets", "a plan is of one environment"),
    ("duplicate-scaling-metric bad 3", "duplicate-scaling-metric", "a plan is one file"),
    ("duplicate-scaling-policy good 3", "duplicate-scaling-policy", "a plan is of one environment"),
    ("clean/environments-by-suffix", "unused-fargate-spot", "a plan is of one environment"),
];

/// Rules about what the provider takes for unset, or does not send.
const OF_THE_UNSET: &[(&str, &str)] = &[
    ("conflicting-autoprovision", "`false` is not sent"),
    ("duplicate-tag-key", "tags are a map"),
    ("invalid-deployment-alarms", "an empty list is not sent"),
    ("invalid-empty-string", "an empty string is not sent"),
    ("invalid-predictive-metrics", "an empty list is not sent"),
    ("leftover-empty-tags", "an empty map is not sent"),
    ("missing-health-check-grace-period", "zero is not sent"),
    ("missing-image", "no deploy step fills it in"),
    ("missing-network-configuration", "an empty list is not sent"),
    ("missing-security-groups", "an empty list is not sent"),
    ("missing-task-role", "an empty string is not sent"),
    ("missing-volume-driver", "an empty string is not sent"),
    ("unsupported-on-daemon", "the number of tasks is not sent for a daemon"),
];

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    rule: &'static str,
    severity: Severity,
    at: Option<Field>,
}

impl Said {
    /// Whether two findings are one. For a list of blocks, its first one is underlined, and what has one thing in it
    /// is written as that.
    fn agrees(&self, other: &Said) -> bool {
        let is_below = |one: &Field, other: &Field| {
            one.0 == other.0 && one.1.rsplit_once('/').is_some_and(|(parent, _)| parent == other.1)
        };
        let is_same_place = match (&self.at, &other.at) {
            (Some(one), Some(other)) => one == other || is_below(one, other) || is_below(other, one),
            _ => false,
        };
        self.rule == other.rule && self.severity == other.severity && is_same_place
    }
}

fn said(linter: &Linter, files: &[(String, String)], module: Option<&Module>) -> Vec<Said> {
    let outcome = lint(linter, files);
    let each = outcome.findings.iter().map(|finding| {
        let place = finding.problem.at.at;
        let at = match module {
            Some(module) => module.origin(place.source, place.span.range()).cloned(),
            None => Some((place.source.0 as usize, finding.pointer.clone())),
        };
        Said { rule: linter.registry().get(finding.rule).id, severity: finding.severity, at }
    });
    let mut all: Vec<Said> = each.collect();
    all.sort();
    all
}

#[derive(Default)]
struct Tally {
    /// What only this form has, besides what any has.
    alone: &'static [(&'static str, &'static str, &'static str)],
    same: usize,
    groups: usize,
    left_out: BTreeMap<Why, usize>,
    differences: BTreeMap<&'static str, Vec<String>>,
}

impl Tally {
    fn check(&mut self, linter: &Linter, group: &Group, before: &[Said], module: &Module) {
        self.groups += 1;
        let after = said(linter, &module.files, Some(module));
        for (one, others, form) in [(before, &*after, "the API's form"), (&*after, before, "the module")] {
            for said in one {
                let is_exempt = EXEMPT.iter().chain(OF_THE_UNSET).any(|(rule, _)| *rule == said.rule);
                let is_alone = |(name, rule, _): &&(&str, &str, &str)| {
                    group.name.starts_with(name) && (rule.is_empty() || *rule == said.rule)
                };
                if others.iter().any(|other| other.agrees(said)) {
                    self.same += 1;
                    continue;
                }
                if is_exempt || ALONE.iter().chain(self.alone).any(|alone| is_alone(&alone)) {
                    continue;
                }
                let texts: String =
                    module.files.iter().map(|(name, text)| format!("── {name}\n{text}")).collect();
                let heading = format!("{}, only in {form}: {said:?}\n{texts}", group.name);
                self.differences.entry(said.rule).or_default().push(heading);
            }
        }
    }
}

/// What writes the documents of files in another form.
type Form<'f> = dyn Fn(&[(String, String)]) -> Result<Module, Why> + 'f;

impl Tally {
    /// Compares each group with what `forms` makes of it.
    fn of(forms: &[&Form], alone: &'static [(&'static str, &'static str, &'static str)]) -> Tally {
        let linter = linter(&[]);
        let mut tally = Tally { alone, ..Tally::default() };
        for group in groups() {
            let mut before = None;
            for form in forms {
                match form(&group.files) {
                    Ok(module) => {
                        let before = before.get_or_insert_with(|| said(&linter, &group.files, None));
                        tally.check(&linter, &group, before, &module);
                    }
                    Err(why) => *tally.left_out.entry(why).or_default() += 1,
                }
            }
        }
        tally
    }

    /// Fails if there is a difference.
    fn demand_none(&self) {
        if std::env::var_os("FORMS").is_some() {
            let (groups, same) = (self.groups, self.same / 2);
            let mut text = format!("{groups} written, {same} the same; left out: {:?}\n", self.left_out);
            for (rule, differences) in &self.differences {
                text.push_str(&format!("different: {rule:42} {}\n", differences.len()));
                for difference in differences {
                    text.push_str(&format!("≠ {}\n", difference.lines().next().unwrap_or_default()));
                }
            }
            std::io::stderr().write_all(text.as_bytes()).expect("it can be written");
        }
        let only = std::env::var("RULE").ok();
        let shown =
            self.differences.iter().filter(|(rule, _)| only.as_deref().is_none_or(|only| only == **rule));
        let shown = shown.flat_map(|(_, differences)| {
            differences.iter().map(String::as_str).take(if only.is_some() { 8 } else { 1 })
        });
        let shown: Vec<&str> = shown.collect();
        assert!(shown.is_empty(), "{} rules differ:\n\n{}", self.differences.len(), shown.join("\n\n"));
    }
}

#[test]
fn a_module_gives_the_findings_of_its_documents() {
    let reader = linter(&["duplicate-ulimit"]);
    let encoded = |files: &[(String, String)]| module(files, &reader, Containers::Encoded);
    let heredoc = |files: &[(String, String)]| module(files, &reader, Containers::Heredoc);
    let json = |files: &[(String, String)]| module_in_json(files, &reader);
    Tally::of(&[&encoded, &heredoc, &json], &[]).demand_none();
}

#[test]
fn a_plan_gives_the_findings_of_its_module() {
    let reader = linter(&["duplicate-ulimit"]);
    Tally::of(&[&|files| plan(files, &reader)], ALONE_IN_PLANS).demand_none();
}

/// Whether something is HCL: attributes and blocks, or else a value or the members of an object. `…` stands for a value.
fn is_hcl(code: &str) -> bool {
    let parses = |text: String| {
        let text = text.replace('…', "0");
        parse(Arc::new(Source::new(SourceId(0), "main.tf", text))).faults.is_empty()
    };
    parses(format!("{code}\n")) || parses(format!("x = {code}\n")) || parses(format!("x = {{ {code} }}\n"))
}

/// What is between backquotes and looks like code for a module is some, and what a fix makes of a module can be read.
#[test]
fn helps_and_fixes_of_a_module_are_hcl() {
    let (reader, linter) = (linter(&["duplicate-ulimit"]), linter(&[]));
    let mut wrong = BTreeSet::new();
    let mut seen = 0;
    for group in groups() {
        let Ok(module) = module(&group.files, &reader, Containers::Encoded) else { continue };
        let outcome = lint(&linter, &module.files);
        for finding in &outcome.findings {
            let rule = linter.registry().get(finding.rule).id;
            let problem = &finding.problem;
            let labels = std::iter::once(&problem.at).chain(&problem.also).map(|label| &label.text);
            // A message quotes what the user wrote.
            let texts = labels.chain(&problem.help).chain(problem.fix.iter().map(|fix| &fix.title));
            for text in texts {
                let codes = text.split('`').skip(1).step_by(2);
                for code in codes.filter(|code| code.contains(" = ") || code.contains("\":")) {
                    seen += 1;
                    if !is_hcl(code) {
                        wrong.insert(format!("{rule}: {text}"));
                    }
                }
            }
            let Some(fix) = &problem.fix else { continue };
            let Some(source) = fix.source().map(|source| &outcome.sources[&source]) else { continue };
            let (after, _) = ecs_lint::fix::apply(source, [fix]);
            if source.name.ends_with(".tf")
                && !parse(Arc::new(Source::new(SourceId(0), "main.tf", after.as_str()))).faults.is_empty()
            {
                wrong.insert(format!("{rule}: {} makes\n{after}", fix.title));
            }
        }
    }
    assert!(seen > 100, "only {seen} pieces of code");
    let wrong: Vec<String> = wrong.into_iter().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What replaces a value of a module: its text in, an expression out.
const EXPRESSIONS: [fn(&str) -> String; 2] =
    [|_| "var.p".to_owned(), |value| format!("var.c ? {value} : null")];

/// The modules of one example of each rule, and those of the clean fixtures.
fn some_modules() -> Vec<(String, Module)> {
    let reader = linter(&["duplicate-ulimit"]);
    let is_meant = |group: &Group| group.name.ends_with(" bad 1") || group.name.starts_with("clean/");
    let each = groups().into_iter().filter(is_meant).filter_map(|group| {
        let module = module(&group.files, &reader, Containers::Encoded).ok()?;
        Some((group.name, module))
    });
    each.collect()
}

/// The places of the values of attributes in a file, and whether each is a scalar.
fn attributes(name: &str, text: &str) -> Vec<(Range<usize>, bool)> {
    let parsed = parse(Arc::new(Source::new(SourceId(0), name, text)));
    let values = parsed.tree.values().filter(|node| node.parent().and_then(Node::key).is_some());
    let is_block =
        |node: &Node| node.kind() == Kind::Object && !text.cut(node.span().range()).starts_with('{');
    let is_list = |node: &Node| matches!(node.kind(), Kind::Object | Kind::List);
    let values = values.filter(|node| node.kind() != Kind::Unknown && !is_block(node));
    values.map(|node| (node.span().range(), !is_list(&node))).collect()
}

#[test]
fn an_expression_is_never_complained_about() {
    let linter = linter(&[]);
    let mut wrong: BTreeMap<&str, String> = BTreeMap::new();
    for (_, module) in some_modules() {
        let before = counts(&linter, &lint(&linter, &module.files), |_| true);
        for (at, (name, text)) in
            module.files.iter().enumerate().filter(|(_, (name, _))| name.ends_with(".tf"))
        {
            for (place, _) in attributes(name, text) {
                for expression in EXPRESSIONS {
                    let mut changed = module.files.clone();
                    let written = expression(text.cut(place.clone()));
                    let there = place.start..place.start + written.len();
                    changed[at].1 = [text.cut(..place.start), &written, text.cut(place.end..)].concat();
                    let outcome = lint(&linter, &changed);
                    let is_at = |finding: &Finding| {
                        let own = finding.problem.at.at;
                        own.source.0 as usize == at && there.contains(&(own.span.start as usize))
                    };
                    for finding in outcome.findings.iter().filter(|finding| is_at(finding)) {
                        let rule = linter.registry().get(finding.rule).id;
                        wrong.entry(rule).or_insert_with(|| format!("{finding:#?}\n{}", changed[at].1));
                    }
                    for (rule, count) in counts(&linter, &outcome, |finding| !finding.problem.is_conditional)
                    {
                        let is_more = count > before.get(rule).copied().unwrap_or_default();
                        if is_more {
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

/// A local value of the same file is as good as what it is; of another file, a scalar is.
#[test]
fn a_local_value_is_what_it_is() {
    let linter = linter(&[]);
    let mut wrong: BTreeMap<String, String> = BTreeMap::new();
    for (_, module) in some_modules() {
        let rules = |files: &[(String, String)]| counts(&linter, &lint(&linter, files), |_| true);
        let before = rules(&module.files);
        for (at, (name, text)) in
            module.files.iter().enumerate().filter(|(_, (name, _))| name.ends_with(".tf"))
        {
            for (place, is_scalar) in attributes(name, text).into_iter().step_by(3) {
                let value = text.cut(place.clone());
                let used = [text.cut(..place.start), "local.v", text.cut(place.end..)].concat();
                let locals = format!("locals {{\n  v = {value}\n}}\n");
                let mut here = module.files.clone();
                here[at].1 = format!("{used}\n{locals}");
                let mut elsewhere = module.files.clone();
                elsewhere[at].1 = used;
                let folder = name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
                elsewhere.push((format!("{folder}zz-locals.tf"), locals));
                for files in [Some(here), is_scalar.then_some(elsewhere)].into_iter().flatten() {
                    let after = rules(&files);
                    if after != before {
                        let all: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
                        let differs = all.into_iter().filter(|rule| before.get(rule) != after.get(rule));
                        let differs: Vec<&str> = differs.collect();
                        wrong
                            .entry(differs.join(", "))
                            .or_insert_with(|| format!("{value}:\n{}", files[at].1));
                    }
                }
            }
        }
    }
    let each: Vec<String> = wrong.iter().map(|(rules, text)| format!("{rules} differ:\n{text}")).collect();
    assert!(each.is_empty(), "{}: {:?}\n\n{}", each.len(), wrong.keys(), each.join("\n\n"));
}

/// The places of values in a plan: of attributes, and in lists and maps.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut add = |step: &str, value: &Value| {
        let place = format!("{at}/{step}");
        places(value, &place, found);
        found.push(place);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| add(key, value)),
        Value::Array(items) => items.iter().enumerate().for_each(|(at, value)| add(&at.to_string(), value)),
        _ => {}
    }
}

/// Marks a value as one that is known after the plan was applied: it is left out.
fn forget<'s>(values: &mut Value, marks: &mut Value, mut steps: impl Iterator<Item = &'s str>, step: &str) {
    let next = steps.next();
    match values {
        Value::Object(members) => match next {
            Some(next) => {
                let mark =
                    marks.as_object_mut().expect("it marks an object").entry(step).or_insert(Value::Null);
                let mark = prepared(mark, &members[step]);
                forget(&mut members[step], mark, steps, next);
            }
            None => {
                members.remove(step);
                marks[step] = Value::Bool(true);
            }
        },
        Value::Array(items) => {
            let at: usize = step.parse().expect("the position of an item");
            match next {
                Some(next) => {
                    let mark = prepared(&mut marks[at], &items[at]);
                    forget(&mut items[at], mark, steps, next);
                }
                None => {
                    items[at] = Value::Null;
                    marks[at] = Value::Bool(true);
                }
            }
        }
        _ => panic!("there is nothing below a scalar"),
    }
}

/// A mark of the shape of a value.
fn prepared<'m>(mark: &'m mut Value, value: &Value) -> &'m mut Value {
    *mark = match value {
        Value::Array(items) => items.iter().map(|_| Value::Bool(false)).collect(),
        _ => Value::Object(serde_json::Map::new()),
    };
    mark
}

#[test]
fn what_a_plan_does_not_know_is_never_complained_about() {
    let (reader, linter) = (linter(&["duplicate-ulimit"]), linter(&[]));
    let mut wrong: BTreeMap<&str, String> = BTreeMap::new();
    let is_meant = |group: &Group| group.name.ends_with(" bad 1") || group.name.starts_with("clean/");
    for group in groups().into_iter().filter(is_meant) {
        let Ok(written) = plan(&group.files, &reader) else { continue };
        let before = counts(&linter, &lint(&linter, &written.files), |_| true);
        let whole: Value = serde_json::from_str(&written.files[0].1).expect("a plan is JSON");
        let resources = whole["planned_values"]["root_module"]["resources"].as_array().expect("a list").len();
        for at in 0..resources {
            let mut all = Vec::new();
            places(&whole["planned_values"]["root_module"]["resources"][at]["values"], "", &mut all);
            for place in all {
                let mut changed = whole.clone();
                let mut steps = place.split('/').skip(1);
                let first = steps.next().expect("a place has steps");
                if place.matches('/').count() == 1 {
                    let expressions =
                        &mut changed["configuration"]["root_module"]["resources"][at]["expressions"];
                    expressions[first] = serde_json::json!({"references": ["var.x"]});
                }
                let mut marks = changed["resource_changes"][at]["change"]["after_unknown"].take();
                let values = &mut changed["planned_values"]["root_module"]["resources"][at]["values"];
                forget(values, &mut marks, steps, first);
                changed["resource_changes"][at]["change"]["after_unknown"] = marks;
                let mut files = written.files.clone();
                files[0].1 = changed.to_string();
                let outcome = lint(&linter, &files);
                for (rule, count) in counts(&linter, &outcome, |finding| !finding.problem.is_conditional) {
                    let is_more = count > before.get(rule).copied().unwrap_or_default();
                    if is_more {
                        wrong.entry(rule).or_insert_with(|| format!("{place}: {}", files[0].1));
                    }
                }
            }
        }
    }
    let each: Vec<String> =
        wrong.iter().map(|(rule, text)| format!("{rule} speaks of it:\n{text}")).collect();
    assert!(each.is_empty(), "{}: {:?}\n\n{}", each.len(), wrong.keys(), each.join("\n\n"));
}
