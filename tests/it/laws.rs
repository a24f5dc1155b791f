//! What is true of every document: all examples of the rule pages, and all fixtures.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

use crate::support::{Texts, groups, linter, repository, written};
use ecs_lint::apply_fixes;
use ecs_lint::finding::{Finding, Quotation, Severity};
use ecs_lint::fix::{self, Safety};
use ecs_lint::inputs::{Input, Inputs, Remark, Role};
use ecs_lint::internals::{Cut, Kind, Node, Tree, parse};
use ecs_lint::linter::{Linter, Outcome};
use ecs_lint::report::{self, FORMATS, Human, Run, Style};
use ecs_lint::rule::Profile;
use ecs_lint::secrecy::Masked;
use ecs_lint::source::{Place, Source, SourceId, Span};
use serde_json::Value;

fn texts(files: &[(String, String)]) -> Texts {
    Texts::new(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

/// All rules except those that must be named, such as the one about placeholders.
fn lint(linter: &Linter, files: &[(String, String)]) -> Outcome {
    let outcome = linter.lint(&texts(files));
    assert_eq!(outcome.failures, []);
    outcome
}

fn value(node: Node) -> Value {
    match node.kind() {
        Kind::Null | Kind::Unknown => Value::Null,
        Kind::Bool => node.as_bool().into(),
        Kind::Number => serde_json::from_str(node.text()).expect("a number of JSON"),
        Kind::Text => node.text().into(),
        Kind::List => node.items().map(value).collect(),
        Kind::Object => node.members().map(|(key, member)| (key.text().to_owned(), value(member))).collect(),
    }
}

/// What a rule quotes is one of its replies, with a value for each name in it.
#[test]
fn every_reply_is_filled_in() {
    let linter = linter(&[]);
    let mut filled = BTreeSet::new();
    for files in groups() {
        for finding in lint(&linter, &files).findings {
            let rule = linter.registry().get(finding.rule);
            let Some(Quotation::Template { which, values }) = &finding.problem.reply else { continue };
            let template = rule.reply.templates().get(*which);
            let template = template.unwrap_or_else(|| panic!("{} has no reply {which}", rule.id));
            let names = template.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
            let given = values.iter().map(|(name, _)| *name);
            assert_eq!(
                names.collect::<BTreeSet<_>>(),
                given.collect::<BTreeSet<_>>(),
                "{}: {template}",
                rule.id
            );
            filled.insert((rule.id, *which));
        }
    }
    assert!(filled.len() > 100, "only {} replies were quoted", filled.len());
}

#[test]
fn the_parser_reads_what_serde_json_reads() {
    let mut read = 0;
    for (name, text) in groups().into_iter().flatten() {
        let Ok(expected) = serde_json::from_str::<Value>(&text) else { continue };
        let parsed = parse(Arc::new(Source::new(SourceId(0), name, text.as_str())));
        assert!(parsed.is_json(), "{text}");
        let root = parsed.tree.roots().next().expect("a root");
        assert_eq!(value(root), expected);
        read += 1;
    }
    assert!(read > 20, "there is something to read");
}

/// A parent may be close to a value or far from it.
#[test]
fn every_value_stands_in_its_parent() {
    let long = format!("{{\"a\": [{}], \"b\": [[[1]], 2]}}", vec!["{\"c\": [1, 2, 3]}"; 200].join(","));
    for (name, text) in groups().into_iter().flatten().chain([("long.json".to_owned(), long)]) {
        let parsed = parse(Arc::new(Source::new(SourceId(0), name, text.as_str())));
        let mut parents = BTreeMap::new();
        for node in parsed.tree.values() {
            let members = node.members().map(|(_, value)| value);
            members.chain(node.items()).for_each(|inner| {
                parents.insert(inner.index(), node.index());
            });
        }
        for (inner, outer) in parents {
            assert_eq!(parsed.tree.node(inner).parent().map(Node::index), Some(outer), "{text}");
        }
    }
}

#[test]
fn every_place_lies_in_its_file() {
    let linter = linter(&[]);
    for files in groups() {
        let outcome = lint(&linter, &files);
        for finding in &outcome.findings {
            for place in places(finding) {
                let text = &files[place.source.0 as usize].1;
                assert!(text.get(place.span.range()).is_some(), "{place:?} in {text}");
            }
        }
    }
}

/// The rules that reported something, each with the pointer of its place.
fn spoken(linter: &Linter, outcome: &Outcome) -> Vec<(&'static str, String)> {
    let name = |finding: &Finding| (linter.registry().get(finding.rule).id, finding.pointer.clone());
    let mut spoken: Vec<_> = outcome.findings.iter().map(name).collect();
    spoken.sort();
    spoken
}

fn reversed(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(reversed).collect(),
        Value::Object(members) => {
            Value::Object(members.iter().rev().map(|(key, value)| (key.clone(), reversed(value))).collect())
        }
        other => other.clone(),
    }
}

#[test]
fn layout_and_order_of_keys_change_nothing() {
    let linter = linter(&[]);
    for files in groups() {
        let outcome = lint(&linter, &files);
        let parsed: Option<Vec<Value>> =
            files.iter().map(|(_, text)| serde_json::from_str(text).ok()).collect();
        let is_duplicate = |finding: &Finding| linter.registry().get(finding.rule).id == "duplicate-field";
        let Some(values) = parsed.filter(|_| !outcome.findings.iter().any(is_duplicate)) else { continue };
        let rewritten =
            files.iter().zip(&values).map(|((name, _), value)| (name.clone(), reversed(value).to_string()));
        let rewritten: Vec<(String, String)> = rewritten.collect();
        let after = lint(&linter, &rewritten);
        // A single finding about many keys is at the first of them, whichever that is.
        let pointers = |outcome: &Outcome| {
            let mut spoken = spoken(&linter, outcome);
            let of_many = [
                "unknown-field",
                "unresolved-sample-value",
                "unresolved-skeleton",
                "unresolved-variable",
                "mismatched-key-case",
                "leftover-null",
                "missing-field",
                "unresolved-variable",
                "invalid-region",
            ];
            spoken.iter_mut().filter(|(rule, _)| of_many.contains(rule)).for_each(|(_, at)| at.clear());
            spoken
        };
        assert_eq!(pointers(&outcome), pointers(&after), "{}", files[0].1);
    }
}

/// JSON whose strings are spelled with as many escapes as possible.
fn escaped(value: &Value) -> String {
    let text = |text: &str| {
        let units = text.encode_utf16().map(|unit| match char::from_u32(unit.into()) {
            Some('/') => "\\/".to_owned(),
            _ => format!("\\u{unit:04x}"),
        });
        format!("\"{}\"", units.collect::<String>())
    };
    match value {
        Value::String(string) => text(string),
        Value::Array(items) => format!("[{}]", items.iter().map(escaped).collect::<Vec<_>>().join(",")),
        Value::Object(members) => {
            let member = |(key, value): (&String, &Value)| format!("{}:{}", text(key), escaped(value));
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
        }
        scalar => scalar.to_string(),
    }
}

#[test]
fn the_spelling_of_strings_changes_nothing() {
    let linter = linter(&[]);
    for files in groups() {
        let parsed: Option<Vec<Value>> =
            files.iter().map(|(_, text)| serde_json::from_str(text).ok()).collect();
        let Some(values) = parsed else { continue };
        let respelled = |spell: fn(&Value) -> String| -> Vec<(String, String)> {
            files.iter().zip(&values).map(|((name, _), value)| (name.clone(), spell(value))).collect()
        };
        let said = |files: &[(String, String)]| {
            let outcome = lint(&linter, files);
            let said = outcome.findings.iter().map(|finding| {
                let problem = &finding.problem;
                let labels: Vec<String> = std::iter::once(&problem.at)
                    .chain(&problem.also)
                    .map(|label| label.text.clone())
                    .collect();
                let fix = problem.fix.as_ref().map(|fix| fix.title.clone());
                let words = (problem.message.clone(), problem.help.clone(), finding.aws_says.clone());
                (finding.rule, finding.severity, finding.pointer.clone(), words, labels, fix)
            });
            let mut said: Vec<_> = said.collect();
            // A part of a string with escapes is underlined as a whole: the order may differ.
            said.sort();
            said
        };
        let plain = respelled(Value::to_string);
        assert_eq!(said(&plain), said(&respelled(escaped)), "{}", plain[0].1);
    }
}

#[test]
fn the_order_of_files_changes_no_finding() {
    let linter = linter(&[]);
    let verdict = |outcome: &Outcome| {
        let told = |finding: &Finding| {
            let problem = &finding.problem;
            let labels = std::iter::once(&problem.at).chain(&problem.also);
            let labels: Vec<_> = labels
                .map(|label| {
                    (outcome.sources[&label.at.source].name.clone(), label.at.span, label.text.clone())
                })
                .collect();
            let rule = linter.registry().get(finding.rule).id;
            (rule, finding.severity, problem.message.clone(), problem.help.clone(), labels)
        };
        let mut verdict: Vec<_> = outcome.findings.iter().map(told).collect();
        verdict.sort();
        verdict
    };
    let mut turned = 0;
    for files in groups().into_iter().filter(|files| files.len() > 1) {
        let before = verdict(&lint(&linter, &files));
        let mut files = files;
        for _ in 1..files.len() {
            files.rotate_left(1);
            assert_eq!(before, verdict(&lint(&linter, &files)), "{files:#?}");
        }
        files.reverse();
        assert_eq!(before, verdict(&lint(&linter, &files)), "{files:#?}");
        turned += 1;
    }
    assert!(turned > 50, "there is something to turn");
}

/// Files for different environments are not compared, but all those are that may be for the same one, wherever
/// files for another one are among them.
#[test]
fn files_of_one_environment_are_compared_whatever_comes_first() {
    let linter = linter(&[]);
    let mut tried = BTreeSet::new();
    for files in groups() {
        let [(first_name, first), (second_name, second)] = files.as_slice() else { continue };
        if !first_name.ends_with(".json") || !second_name.ends_with(".json") {
            continue;
        }
        let about_folders = |files: &[(&str, &str)]| -> Vec<_> {
            let files: Vec<_> =
                files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
            let outcome = lint(&linter, &files);
            let rules = outcome.findings.iter().map(|finding| linter.registry().get(finding.rule));
            let mut ids: Vec<_> =
                rules.filter(|rule| rule.height() == "folder").map(|rule| rule.id).collect();
            ids.sort_unstable();
            ids
        };
        let before = about_folders(&[(first_name, first), (second_name, second)]);
        if before.is_empty() {
            continue;
        }
        assert_eq!(about_folders(&[("a-prod.json", first), ("b-staging.json", second)]), [""; 0], "{first}");
        let among_others = [
            [("a-prod.json", first), ("b-staging.json", first), ("c-staging.json", second)],
            [("a-prod.json", first), ("b-staging.json", first), ("c.json", second)],
            [("a-eu-west-1.json", first), ("b-us-east-1.json", second), ("c-us-east-1.json", first)],
            [("a-prod.json", second), ("b-staging.json", first), ("c-staging.json", second)],
        ];
        for files in among_others.map(|files| files.map(|(name, text)| (name, text.as_str()))) {
            let [a, b, c] = files;
            for files in [[a, b, c], [a, c, b], [b, a, c], [b, c, a], [c, a, b], [c, b, a]] {
                assert_eq!(before, about_folders(&files), "{files:#?}");
            }
        }
        tried.extend(before);
    }
    let expected = [
        "conflicting-scale-in",
        "conflicting-service-connect-name",
        "duplicate-scaling-metric",
        "duplicate-scaling-policy",
        "duplicate-scheduled-action",
        "duplicate-service",
    ];
    assert_eq!(tried, BTreeSet::from(expected));
}

fn is_sense(linter: &Linter, finding: &Finding) -> bool {
    !linter.registry().get(finding.rule).is_about_form()
}

/// How many findings about meaning each rule has, counting only the relevant ones. Which rule reports a
/// credential depends on its name: they count as one.
fn counts(
    linter: &Linter,
    outcome: &Outcome,
    is_meant: impl Fn(&Finding) -> bool,
) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    let is_counted = |finding: &&Finding| is_sense(linter, finding) && is_meant(finding);
    for finding in outcome.findings.iter().filter(is_counted) {
        let rule = linter.registry().get(finding.rule);
        let name = if rule.height() == "credential" { rule.height() } else { rule.id };
        *counts.entry(name).or_insert(0) += 1;
    }
    counts
}

/// The nodes of a text without syntax faults. What is not known in Terraform is written in another way: see
/// `forms::terraform`.
fn tree_of(name: &str, text: &str) -> Option<Arc<Tree>> {
    if [".tf", ".tofu", ".tf.json"].iter().any(|ending| name.ends_with(ending)) {
        return None;
    }
    let parsed = parse(Arc::new(Source::new(SourceId(0), name, text)));
    let is_printed = parsed.tree.roots().any(|root| root.get("terraform_version").is_some());
    (parsed.faults.is_empty() && !is_printed).then_some(parsed.tree)
}

/// Whether AWS, or one of its clients, treats a value as unset: an empty value, or a list or an object of
/// only such values.
fn is_nothing(node: Node) -> bool {
    match node.kind() {
        Kind::List => node.items().all(is_nothing),
        Kind::Object => node.members().all(|(_, member)| is_nothing(member)),
        Kind::Number => node.text() == "0",
        Kind::Text => node.text().is_empty(),
        _ => node.kind() == Kind::Null || node.as_bool() == Some(false),
    }
}

/// Rules about Linux. The name of an image is only a hint that a container may be for Windows: without it, the
/// container is taken for what most are.
const LINUX_UNLESS_HINTED: [&str; 6] = [
    "missing-linux-hardening",
    "missing-user",
    "missing-writable-tmp",
    "root-user",
    "undropped-capabilities",
    "writable-root-filesystem",
];

/// What tools fill in within quotation marks. In YAML, brackets have a meaning of their own outside of them.
const QUOTED: [&str; 4] = ["\"${HOLE}\"", "\"{{ hole }}\"", "\"<%= hole %>\"", "\"{% hole %}\""];

/// Replaces each value with a template hole, one after the other, and each text also with one in quotation marks. A
/// hole has no value that could be at fault.
/// A hole in the place of an empty value makes it present: then no finding may be about the hole, unless it
/// says that the hole may end up empty.
#[test]
fn what_is_not_known_is_never_complained_about() {
    let mut quoted = QUOTED.into_iter().cycle();
    let mut holes_of = |name: &str, node: Node| match name.ends_with("ml") {
        true => vec![QUOTED[0]],
        false if node.kind() == Kind::Text => vec!["${HOLE}", quoted.next().expect("it has no end")],
        false => vec!["${HOLE}"],
    };
    let linter = linter(&[]);
    let mut wrong: BTreeMap<&str, String> = BTreeMap::new();
    for files in groups() {
        let before = counts(&linter, &lint(&linter, &files), |_| true);
        for (at, (name, text)) in files.iter().enumerate() {
            let Some(tree) = tree_of(name, text) else { continue };
            // What a workflow does is not a placeholder, only what its steps are given.
            let may_be_hole = |node: &Node| {
                let is_given = |of: Node| of.key().is_some_and(|key| ["with", "env"].contains(&key.text()));
                !name.contains(".github/") || node.parent().is_some_and(is_given)
            };
            // A text that is only a hole is not a document.
            let nodes = tree.values().filter(|node| node.parent().is_some() && may_be_hole(node));
            let each = nodes.flat_map(|node| holes_of(name, node).into_iter().map(move |hole| (node, hole)));
            for (node, hole) in each {
                let mut changed = files.clone();
                let place = node.span().range();
                changed[at].1 = [text.cut(..place.start), hole, text.cut(place.end..)].concat();
                let outcome = lint(&linter, &changed);
                let is_about_hole = |finding: &Finding| {
                    let own = finding.problem.at.at;
                    let is_there = own.source.0 as usize == at && own.span.start as usize == place.start;
                    is_there && !finding.problem.is_conditional
                };
                let after = counts(&linter, &outcome, |finding| !is_nothing(node) || is_about_hole(finding));
                // A comment has nothing to ignore where nothing is known.
                for (rule, count) in after.into_iter().filter(|(rule, _)| *rule != "unused-ignore") {
                    let known = before.get(rule).copied().unwrap_or_default();
                    let is_hinted = LINUX_UNLESS_HINTED.contains(&rule) && text.contains("windows");
                    if count > known && !is_hinted {
                        wrong.entry(rule).or_insert_with(|| changed[at].1.clone());
                    }
                }
            }
        }
    }
    let each: Vec<String> =
        wrong.iter().map(|(rule, text)| format!("{rule} speaks of what is not known:\n{text}")).collect();
    assert!(each.is_empty(), "{}", each.join("\n\n"));
}

/// Projects in which a value, `@`, decides what a document says about another one: the value, then the files.
const DECIDING: &[(&str, &[(&str, &str)])] = &[
    // On Windows, containers are not linked.
    (
        "\"WINDOWS_SERVER_2022_CORE\"",
        &[(
            "task.json",
            r#"{"family": "web", "runtimePlatform": {"operatingSystemFamily": @}, "containerDefinitions":
                [{"name": "app", "image": "app:1", "memory": 128, "links": ["proxy"]}]}"#,
        )],
    ),
    // Which task definition a service runs that is not on Fargate.
    (
        "\"web\"",
        &[
            (
                "a/task.json",
                r#"{"family": "web", "networkMode": "awsvpc", "cpu": "256", "memory": "512",
                    "containerDefinitions": [{"name": "app", "image": "registry.example/app:1.4.2"}]}"#,
            ),
            (
                "service.json",
                r#"{"serviceName": "web", "cluster": "edge", "taskDefinition": @, "desiredCount": 2, "launchType": "",
                    "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-0a1b2c3d4e5f60718"]}}}"#,
            ),
        ],
    ),
    // A template that may scale the service, as far as one can see.
    (
        "\"AWS::ElasticLoadBalancingV2::TargetGroup\"",
        &[
            (
                "template.json",
                r#"{"Resources": {"Targets": {"Type": @, "Properties": {}}, "Web": "{{ value }}"}}"#,
            ),
            (
                "service.json",
                r#"{"serviceName": "web", "cluster": "main", "taskDefinition": "web", "desiredCount": 2,
                    "launchType": "FARGATE", "platformVersion": "1.0.0"}"#,
            ),
        ],
    ),
    // Two configurations of one service definition.
    (
        "\"service.json\"",
        &[
            (
                "ecspresso.json",
                r#"{"region": "eu-west-1", "cluster": "main", "service": "web", "service_definition": "service.json",
                    "task_definition": "task.json"}"#,
            ),
            (
                "other.json",
                r#"{"region": "eu-west-1", "cluster": "main", "service": "api", "service_definition": @,
                    "task_definition": "task.json"}"#,
            ),
            (
                "service.json",
                r#"{"launchType": "FARGATE", "desiredCount": 2, "schedulingStrategy": "REPLICA"}"#,
            ),
            (
                "task.json",
                r#"{"family": "web", "containerDefinitions": [{"name": "app", "image": "app:1", "memory": 128}]}"#,
            ),
            (
                "other-task.json",
                r#"{"family": "api", "containerDefinitions": [{"name": "app", "image": "app:1", "memory": 128}]}"#,
            ),
        ],
    ),
    // One of two AppSpec files of one service.
    (
        "\"AWS::ECS::Service\"",
        &[
            (
                "appspec.json",
                r#"{"version": 0, "Resources": [{"TargetService": {"Type": "AWS::ECS::Service", "Properties":
                    {"TaskDefinition": "<TASK_DEFINITION>", "LoadBalancerInfo":
                        {"ContainerName": "web", "ContainerPort": 8080}}}}]}"#,
            ),
            (
                "other-appspec.json",
                r#"{"version": 0, "Resources": [{"TargetService": {"Type": @, "Properties":
                    {"TaskDefinition": "<TASK_DEFINITION>", "LoadBalancerInfo":
                        {"ContainerName": "web", "ContainerPort": 8081}}}}]}"#,
            ),
            (
                "service.json",
                r#"{"serviceName": "web", "cluster": "main", "taskDefinition": "web", "desiredCount": 2,
                    "launchType": "FARGATE", "deploymentController": {"type": "CODE_DEPLOY"}, "loadBalancers":
                    [{"targetGroupArn": "arn:aws:elasticloadbalancing:eu-west-1:100200300400:targetgroup/web/0123456789abcdef",
                        "containerName": "web", "containerPort": 8080}]}"#,
            ),
            (
                "task.json",
                r#"{"family": "web", "containerDefinitions":
                    [{"name": "web", "image": "example.com/web:1.4.2", "portMappings": [{"containerPort": 8081}]}]}"#,
            ),
        ],
    ),
    // All of a template that has the task definition, or what it repeats.
    (
        r#"{"Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"Family": {"Ref": "Family"}}}}"#,
        &[("template.json", r#"{"Parameters": {"Family": {"Type": "String"}}, "Resources": @}"#), ON_FARGATE],
    ),
    (
        r#"{"T${Name}": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"Family": {"Ref": "Name"}}}}"#,
        &[
            (
                "template.json",
                r#"{"Transform": "AWS::LanguageExtensions", "Parameters": {"Names": {"Type": "CommaDelimitedList"}},
                    "Resources": {"Fn::ForEach::Tasks": ["Name", {"Ref": "Names"}, @]}}"#,
            ),
            ON_FARGATE,
        ],
    ),
    // Which revision a file holds.
    (
        "3",
        &[
            (
                "task.json",
                r#"{"family": "web", "revision": @, "containerDefinitions":
                    [{"name": "app", "image": "app:1", "memory": 128}]}"#,
            ),
            ON_FARGATE,
        ],
    ),
    // Who is in charge of a service that another file updates.
    (
        "{\"type\": \"CODE_DEPLOY\"}",
        &[
            ("update.json", r#"{"service": "web", "cluster": "main", "taskDefinition": "web"}"#),
            (
                "create.json",
                r#"{"serviceName": "web", "cluster": "main", "taskDefinition": "web:7", "desiredCount": 1,
                    "launchType": "FARGATE", "deploymentController": @}"#,
            ),
        ],
    ),
    // Who is in charge of a service on Fargate.
    (
        "\"EXTERNAL\"",
        &[(
            "service.json",
            r#"{"serviceName": "web", "cluster": "main", "desiredCount": 2, "launchType": "FARGATE",
                "deploymentController": {"type": @}}"#,
        )],
    ),
    // The target of a policy, in a list of both.
    (
        r#"{"ServiceNamespace": "ecs", "ResourceId": "service/main/web", "MinCapacity": 2, "MaxCapacity": 9,
            "ScalableDimension": "ecs:service:DesiredCount"}"#,
        &[(
            "scaling.json",
            r#"[@, {"PolicyName": "cpu", "ServiceNamespace": "ecs", "ResourceId": "service/main/web",
                "ScalableDimension": "ecs:service:DesiredCount", "PolicyType": "TargetTrackingScaling",
                "TargetTrackingScalingPolicyConfiguration": {"TargetValue": 60, "ScaleInCooldown": 300,
                "ScaleOutCooldown": 60, "PredefinedMetricSpecification":
                {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"}}},
                {"ServiceNamespace": "ecs", "ResourceId": "service/main/api", "MinCapacity": 2, "MaxCapacity": 9,
                "ScalableDimension": "ecs:service:DesiredCount"}]"#,
        )],
    ),
    // What the document of a project scales.
    (
        "\"ecs\"",
        &[
            (
                "target.json",
                r#"{"ServiceNamespace": @, "ResourceId": "${ID}", "ScalableDimension": "${DIMENSION}",
                    "MinCapacity": 2, "MaxCapacity": 9}"#,
            ),
            (
                "policy.json",
                r#"{"PolicyName": "cpu", "ServiceNamespace": "ecs", "ResourceId": "service/main/web",
                    "ScalableDimension": "ecs:service:DesiredCount", "PolicyType": "TargetTrackingScaling",
                    "TargetTrackingScalingPolicyConfiguration": {"TargetValue": 60, "ScaleInCooldown": 300,
                    "ScaleOutCooldown": 60, "PredefinedMetricSpecification":
                    {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"}}}"#,
            ),
            (
                "service.json",
                r#"{"serviceName": "web", "cluster": "main", "taskDefinition": "web:7", "desiredCount": 2}"#,
            ),
        ],
    ),
    // The name of a service that a policy of a module refers to.
    (
        "\"web\"",
        &[(
            "main.tf",
            r#"resource "aws_ecs_service" "web" {
                name    = @
                cluster = "main"
            }
            resource "aws_appautoscaling_target" "web" {
                service_namespace  = "ecs"
                resource_id        = "service/main/web"
                scalable_dimension = "ecs:service:DesiredCount"
                min_capacity       = 2
                max_capacity       = 8
            }
            resource "aws_appautoscaling_policy" "web" {
                name               = "cpu"
                policy_type        = "TargetTrackingScaling"
                service_namespace  = "ecs"
                resource_id        = "service/main/${aws_ecs_service.web.name}"
                scalable_dimension = "ecs:service:DesiredCount"
                target_tracking_scaling_policy_configuration {
                    target_value = 60
                    predefined_metric_specification {
                        predefined_metric_type = "ECSServiceAverageCPUUtilization"
                    }
                }
            }"#,
        )],
    ),
];

/// A service that runs a revision of a family.
const ON_FARGATE: (&str, &str) = (
    "service.json",
    r#"{"serviceName": "web", "cluster": "main", "taskDefinition": "web:7", "desiredCount": 2, "launchType": "FARGATE",
        "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-0a1b2c3d4e5f60718"]}}}"#,
);

#[test]
fn what_is_not_known_adds_nothing_to_what_other_documents_say() {
    let linter = linter(&[]);
    for (value, files) in DECIDING {
        let with = |value: &str| {
            let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.replace('@', value)));
            counts(&linter, &lint(&linter, &files.collect::<Vec<_>>()), |_| true)
        };
        let hole = if files[0].0.ends_with(".tf") { "var.hole" } else { "${HOLE}" };
        let (known, unknown) = (with(value), with(hole));
        let added = unknown.iter().filter(|(rule, count)| known.get(*rule).is_none_or(|known| known < count));
        let added: Vec<&str> = added.map(|(rule, _)| *rule).collect();
        assert!(added.is_empty(), "{value}: {added:?}");
    }
}

/// What a finding underlines is at fault: a key, or a value. If it is a key, its value does not matter. A
/// placeholder instead of the value leaves a warning, as it may end up empty, unless other keys are at fault
/// too; placeholders inside a list or an object change nothing.
#[test]
fn a_key_at_fault_is_so_whatever_its_value() {
    let linter = linter(&[]);
    let mut rules = BTreeSet::new();
    for files in groups() {
        for finding in &lint(&linter, &files).findings {
            let rule = linter.registry().get(finding.rule).id;
            let at = finding.problem.at.at;
            let position = at.source.0 as usize;
            let (name, text) = &files[position];
            // If something is missing, the key only shows where.
            let is_logical_id =
                finding.pointer.strip_prefix("/Resources/").is_some_and(|id| !id.contains('/'));
            let speaks_of_what_is_there =
                is_sense(&linter, finding) && !rule.starts_with("missing-") && !is_logical_id;
            let is_certain = speaks_of_what_is_there && !finding.problem.is_conditional;
            let Some(tree) = tree_of(name, text).filter(|_| is_certain) else { continue };
            let keys: Vec<Node> = tree.values().filter_map(Node::key).collect();
            let key_at = |span: Span| keys.iter().copied().find(|key| key.span() == span);
            let Some(value) = key_at(at.span).map(Node::value_of_key) else { continue };
            // The meaning of a switch is its value.
            if is_nothing(value) || value.kind() == Kind::Bool {
                continue;
            }
            let is_scalar = |node: &Node| !matches!(node.kind(), Kind::List | Kind::Object | Kind::Bool);
            let holes: Vec<Node> = [value].into_iter().chain(value.descendants()).filter(is_scalar).collect();
            let mut changed = files.clone();
            for hole in holes.iter().rev() {
                let (text, at) = (&changed[position].1, hole.span().range());
                changed[position].1 = [text.cut(..at.start), "\"${HOLE}\"", text.cut(at.end..)].concat();
            }
            let may_be_empty = is_scalar(&value);
            let is_alone = finding.problem.also.iter().all(|label| key_at(label.at.span).is_none());
            let stays = lint(&linter, &changed).findings.iter().any(|other| {
                let is_it = (other.rule, &other.pointer) == (finding.rule, &finding.pointer);
                is_it
                    && match other.severity {
                        Severity::Error => !may_be_empty || !is_alone,
                        lower => may_be_empty || lower == finding.severity,
                    }
            });
            assert!(stays, "{rule} asks for more than the key:\n{}", changed[position].1);
            rules.insert(rule);
        }
    }
    assert!(rules.len() > 50, "there are rules about keys: {}", rules.len());
}

/// Whether a rule gives advice, which is not for everyone or not urgent.
fn is_advice(linter: &Linter, name: &str) -> bool {
    let rule = linter.registry().find(name).map(|id| linter.registry().get(id));
    rule.is_some_and(|rule| rule.severity == Severity::Note || rule.profile != Profile::Default)
}

#[test]
fn fixes_mend_and_do_no_harm() {
    let linter = linter(&[]);
    let mut fixed = 0;
    for files in groups() {
        let outcome = lint(&linter, &files);
        for finding in &outcome.findings {
            let Some(fix) = finding.problem.fix.as_ref().filter(|fix| fix.safety != Safety::Shown) else {
                continue;
            };
            let id = fix.source().expect("a fix changes something");
            let (text, _) = fix::apply(&outcome.sources[&id], [fix]);
            let mut changed = files.clone();
            changed[id.0 as usize].1 = text;
            let after = lint(&linter, &changed);
            let rule = linter.registry().get(finding.rule).id;
            let count = |outcome: &Outcome, id: &str| {
                spoken(&linter, outcome).iter().filter(|(rule, _)| *rule == id).count()
            };
            assert!(
                count(&after, rule) < count(&outcome, rule),
                "{rule} is not mended:\n{}",
                changed[id.0 as usize].1
            );
            // What a fix uncovers behind a fault of shape was there before; it must not add a fault of the
            // same kind, nor any fault if the text was sound. Advice may have waited until a value is known.
            let is_shape = !is_sense(&linter, finding);
            for (other, _) in spoken(&linter, &after).iter().filter(|(other, _)| !is_advice(&linter, other)) {
                let added = count(&after, other) > count(&outcome, other);
                assert!(!added || is_shape, "the fix of {rule} adds {other}:\n{}", changed[id.0 as usize].1);
            }
            fixed += 1;
        }
    }
    assert!(fixed > 5, "there is something to fix");
}

/// A small generator of numbers that look random and are the same on each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

#[test]
fn no_input_panics() {
    let linter = linter(&[]);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let pieces: [&[u8]; 16] = [
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b"\"",
        b"\\",
        b"null",
        b"${X}",
        b"{{",
        b"\xff",
        b"\n",
        b"0",
        b"-1",
        "é".as_bytes(),
    ];
    let all: Vec<(String, String)> = groups().into_iter().flatten().collect();
    let mut inputs = Bytes::default();
    for (name, text) in &all {
        for _ in 0..6 {
            let mut bytes = text.clone().into_bytes();
            for _ in 0..=dice.below(4) {
                let from = dice.below(bytes.len());
                let to = (from + dice.below(6)).min(bytes.len());
                let piece = pieces[dice.below(pieces.len())];
                bytes.splice(from..to, piece.iter().copied());
            }
            inputs.add(name, bytes);
        }
    }
    for bytes in [
        b"".to_vec(),
        b"[".repeat(5000),
        b"{\"containerDefinitions\":".repeat(2000),
        vec![0xFF; 64],
        vec![0xFF, 0xFE, b'{'],
    ] {
        inputs.add("odd.json", bytes);
    }
    bear(&linter, &inputs);
}

/// Characters of two, three and four bytes, some of which may be taken for whitespace or quotation marks.
const WIDE: [&str; 9] = ["é", "ß", "\u{85}", "…", "“", "\u{feff}", "\u{2003}", "😀", "\u{1d173}"];

/// Texts that were cut off, or pasted together, next to multi-byte characters.
#[test]
fn no_cut_panics() {
    let linter = linter(&[]);
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let all: Vec<(String, String)> = groups().into_iter().flatten().collect();
    let mut inputs = Bytes::default();
    for (name, text) in &all {
        for _ in 0..4 {
            let mut bytes = text.as_bytes()[..dice.below(text.len())].to_vec();
            // Around the cut: so close that a token which begins or ends there has it at its edge.
            let wide = WIDE[dice.below(WIDE.len())];
            let at = bytes.len().saturating_sub(dice.below(4));
            bytes.splice(at..at, wide.bytes());
            if dice.below(2) == 0 {
                let (_, other) = &all[dice.below(all.len())];
                bytes.extend(&other.as_bytes()[dice.below(other.len())..]);
            }
            inputs.add(name, bytes);
        }
    }
    bear(&linter, &inputs);
}

/// One text with a bit of everything, cut off at each of its bytes.
#[test]
fn no_cut_of_a_full_text_panics() {
    let linter = linter(&[]);
    let text = "// é\n{\"taskDefinition\": {\"revision\": 1, \"family\": \"wéb\", \"cpu\": '2€6', \"x\\u00e9\": [ … ],
        containerDefinitions: [{\"name\": “app”, \"Image\": \"nginx:😀\", \"memory\": ${MÉM}, /* ü */ }, ... ],
        \"tags\": [], \"volumes\": [{\"name\": \"é\"}, {\"name\": \"é\"}],\u{a0}:name=>\"é\" + \"é\" }}\n— é";
    let mut inputs = Bytes::default();
    for at in 0..=text.len() {
        let cut = &text.as_bytes()[..at];
        inputs.add("cut.json", cut.to_vec());
        for wide in ["é", "…", "😀"] {
            inputs.add("cut.json", [cut, wide.as_bytes()].concat());
            inputs.add("cut.json", [cut, wide.as_bytes(), &text.as_bytes()[at..]].concat());
            inputs.add("cut.jsonc", [cut, &wide.as_bytes()[1..]].concat());
        }
    }
    bear(&linter, &inputs);
}

/// Does everything that can be done with some inputs: every finding is written in every format and shown with
/// its fix, and all fixes are applied.
fn bear(linter: &Linter, inputs: &Bytes) {
    let outcome = Masked::of(linter.lint(inputs));
    assert_eq!(bugs(&outcome), [] as [&Remark; 0], "a panic fails the file alone, but it is one");
    let run = Run::of(&outcome, linter.registry());
    for format in FORMATS {
        assert!(!(format.write)(&run).text.is_empty(), "{}", format.name);
    }
    let looks = [
        Style { width: 40, unicode: false, ..Style::PLAIN },
        Style { width: 120, color: true, links: true, ..Style::PLAIN },
    ];
    for (at, finding) in outcome.findings.iter().enumerate() {
        let run = Run { style: looks[at % looks.len()], ..run };
        assert!(!Human::new(&run).finding(finding).is_empty());
        for place in places(finding) {
            let text = &outcome.sources[&place.source].text;
            assert!(text.get(place.span.range()).is_some(), "{place:?} in {text}");
        }
        if let Some(fix) = &finding.problem.fix {
            // One that would write a secret has no edits left.
            fix.source().map(|id| fix::apply(&outcome.sources[&id], [fix]));
        }
    }
    // Fixing means linting again and again, so only some of them are fixed.
    let some = inputs.some(7);
    for at_most in [Safety::Safe, Safety::Unsafe] {
        let (changed, outcome) = apply_fixes(linter, &some, at_most);
        assert_eq!(bugs(&outcome), [] as [&Remark; 0]);
        for one in changed {
            assert!(!report::unified_diff("a.json", &one.before.text, &one.after).is_empty());
        }
    }
}

/// What failed because of a bug. A text that cannot be read fails too, for another reason.
fn bugs(outcome: &Outcome) -> Vec<&Remark> {
    outcome.failures.iter().filter(|one| one.reason.contains("internal error")).collect()
}

/// All places that a finding names.
fn places(finding: &Finding) -> impl Iterator<Item = Place> {
    let problem = &finding.problem;
    let edits = problem.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.place);
    std::iter::once(&problem.at).chain(&problem.also).map(|label| label.at).chain(edits)
}

#[derive(Default)]
struct Bytes {
    inputs: Vec<Input>,
    bytes: BTreeMap<SourceId, Vec<u8>>,
}

impl Bytes {
    fn add(&mut self, name: &str, bytes: Vec<u8>) {
        let id = SourceId(self.inputs.len() as u32);
        let folder = id.0.to_string();
        let name = format!("{folder}/{name}");
        let (path, location) = (name.clone(), name.clone());
        let (project, role) = (Some(String::new()), Role::Named);
        self.inputs.push(Input { id, name, location, folder, project, settings: None, path, role });
        self.bytes.insert(id, bytes);
    }

    /// The same with keys that are far from the positions and in reverse order.
    fn rekeyed(&self) -> Bytes {
        let new = |id: SourceId| SourceId(u32::MAX - 7 * id.0);
        Bytes {
            inputs: self.inputs.iter().map(|input| Input { id: new(input.id), ..input.clone() }).collect(),
            bytes: self.bytes.iter().map(|(id, bytes)| (new(*id), bytes.clone())).collect(),
        }
    }

    /// One in every `of` inputs.
    fn some(&self, of: usize) -> Bytes {
        Bytes { inputs: self.inputs.iter().step_by(of).cloned().collect(), bytes: self.bytes.clone() }
    }
}

impl Inputs for Bytes {
    fn list(&self) -> &[Input] {
        &self.inputs
    }

    fn read(&self, id: SourceId) -> Result<Vec<u8>, String> {
        Ok(self.bytes[&id].clone())
    }
}

#[test]
fn the_keys_of_the_inputs_change_nothing() {
    let linter = linter(&[]);
    let mut inputs = Bytes::default();
    for (name, text) in groups().into_iter().flatten() {
        inputs.add(&name, text.into_bytes());
    }
    let inputs = inputs.some(3);
    let report = |inputs: &Bytes| {
        let outcome = Masked::of(linter.lint(inputs));
        let run = Run::of(&outcome, linter.registry());
        FORMATS.iter().map(|format| (format.write)(&run).text).collect::<String>()
    };
    assert_eq!(report(&inputs), report(&inputs.rekeyed()));
    let diffs = |inputs: &Bytes| -> Vec<(String, String)> {
        let (changed, _) = apply_fixes(&linter, inputs, Safety::Unsafe);
        changed.into_iter().map(|one| (one.before.name.clone(), one.after)).collect()
    };
    assert_eq!(diffs(&inputs), diffs(&inputs.rekeyed()));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let linter = linter(&[]);
    let mut inputs = Bytes::default();
    for (name, text) in groups().into_iter().flatten() {
        inputs.add(&name, text.into_bytes());
    }
    let report = |threads| written("json", &linter, &linter.lint_with_threads(&inputs, threads));
    let one = report(1);
    assert_eq!(one, report(2));
    assert_eq!(one, report(5));
}

/// `null` is what consoles and SDKs write for unset fields: no schema rejects it.
#[test]
fn the_schemas_accept_null_for_everything() {
    let text = fs::read_to_string(repository("fixtures/clean/console-export/task-definition.json"))
        .expect("a fixture");
    assert!(text.matches("null").count() > 10);
    let linter = linter(&[]);
    let outcome = lint(&linter, &[("task-definition.json".to_owned(), text)]);
    let errors: Vec<_> = outcome
        .findings
        .iter()
        .filter(|finding| finding.severity == ecs_lint::finding::Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
}
