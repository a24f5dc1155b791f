//! One cause is one finding. If two rules report one place, one key, or a key and something inside its value,
//! they must be about two causes: the tables here list which may, and why. A pair that is in no table needs
//! an owner, or a row.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::template::{Templates, templates};
use crate::support::{Texts, examples, linter, whole_page};
use ecs_lint::finding::Finding;
use ecs_lint::linter::Linter;
use ecs_lint::rules::Registry;
use serde_json::Value;

/// Rules that underline a name, because something is missing or the whole thing is at fault.
const AT_A_NAME: &[&str] = &[
    "dangling-scalable-target",
    "default-stop-timeout-on-spot",
    "duplicate-service",
    "host-network-root-user",
    "impossible-resource-id",
    "missing-circuit-breaker",
    "missing-cluster",
    "missing-code-deploy-load-balancer",
    "missing-container-memory",
    "missing-cpu-reservation",
    "missing-desired-count",
    "missing-efs-iam-authorization",
    "missing-fargate-size",
    "missing-field",
    "missing-health-check-grace-period",
    "missing-health-check",
    "missing-image",
    "missing-init-process",
    "missing-linux-hardening",
    "missing-load-balancer",
    "missing-log-configuration",
    "missing-memory-limit",
    "missing-network-configuration",
    "missing-no-new-privileges",
    "missing-requires-compatibilities",
    "missing-runtime-platform",
    "missing-propagate-tags",
    "missing-scaling-policy",
    "missing-tags",
    "missing-task-role",
    "missing-user",
    "missing-volume-configuration",
    "scalable-target-without-policy",
    "undropped-capabilities",
    "unencrypted-efs-transit",
    "unused-fargate-spot",
    "windows-admin-user",
    "writable-root-filesystem",
    "x86-fargate",
];

/// Rules about a whole. A fault in a part of it remains however the whole is fixed: another kind of volume
/// may be deleted, or another launch type chosen.
const ABOUT_A_WHOLE: &[&str] = &[
    "conflicting-scaling-metrics",
    "conflicting-volume-types",
    "deprecated-app-mesh",
    "excessive-placement-constraints",
    "implicit-log-mode",
    "leftover-response-fields",
    "mismatched-policy-configuration",
    "missing-advanced-configuration",
    "missing-awslogs-option",
    "missing-awslogs-stream-prefix",
    "missing-execution-role",
    "missing-execution-role-for-start",
    "missing-field",
    "missing-force-new-deployment",
    "missing-log-configuration",
    "missing-s3files-task-role",
    "missing-security-groups",
    "missing-service-connect-logs",
    "missing-service-connect-memory",
    "missing-service-connect-namespace",
    "plaintext-environment",
    "missing-start-period",
    "unpropagated-tags",
    "unsupported-ephemeral-storage",
    "unsupported-network-mode",
    "unsupported-on-ecs-anywhere",
    "unsupported-on-external",
    "unsupported-on-windows",
    "unsupported-port-mappings",
    "unsupported-with-code-deploy",
    "unsupported-with-external-controller",
    "unsupported-with-service-connect",
    "unused-log-router",
];

/// Rules about a text: its syntax, its comments, and what in it was not filled in. They underline the first of its places,
/// and any other fault there remains when that is fixed.
const ABOUT_A_TEXT: &[&str] = &[
    "invalid-ignore",
    "invalid-syntax",
    "unrendered-template",
    "unresolved-sample-value",
    "unresolved-variable",
    "unused-ignore",
];

/// Pairs of rules about one key, or about a key and something inside its value, and why they are about two
/// causes.
const ABOUT_TWO_CAUSES: &[(&str, &str, &str)] = &[
    (
        "unknown-awslogs-option",
        "plaintext-log-credential",
        "an option without effect publishes its value all the same",
    ),
    ("conflicting-exec-filesystem", "exec-enabled", TWO_FAULTS),
    ("exec-enabled", "missing-exec-task-role", "who may use it, and whether it works"),
    ("hard-coded-account-id", "unresolved-secret-reference", TWO_FAULTS),
    ("managed-desired-count", "single-task-service", TWO_FAULTS),
    ("added-capability", "unknown-capability", TWO_FAULTS),
    ("conflicting-launch-type", "mismatched-launch-type", TWO_FAULTS),
    ("conflicting-multiline-options", "invalid-multiline-pattern", TWO_FAULTS),
    ("conflicting-port-range", "privileged-host-port", TWO_FAULTS),
    ("conflicting-port-range", "reserved-host-port", TWO_FAULTS),
    ("conflicting-scalable-targets", "excessive-maximum-capacity", TWO_FAULTS),
    ("conflicting-scaling-metrics", "invalid-custom-metric", TWO_FAULTS),
    ("conflicting-volume-types", "missing-s3files-task-role", TWO_FAULTS),
    ("conflicting-volume-types", "missing-volume-driver", TWO_FAULTS),
    ("conflicting-volume-types", "unsupported-fsx-volume", TWO_FAULTS),
    ("cross-region-reference", "image-without-digest", TWO_FAULTS),
    ("dangerous-capability", "unknown-capability", TWO_FAULTS),
    ("dangling-dependency", "missing-field", TWO_FAULTS),
    ("dangling-task-definition", "unpinned-task-definition", TWO_FAULTS),
    ("dangling-task-definition", "unsupported-with-external-controller", IN_EACH_TASK_SET),
    ("deprecated-app-mesh", "invalid-proxy-network-mode", TWO_FAULTS),
    ("deprecated-app-mesh", "missing-proxy-property", TWO_FAULTS),
    ("docker-hub-image", "image-without-digest", TWO_FAULTS),
    ("docker-hub-image", "unknown-field", TWO_FAULTS),
    ("docker-hub-image", "unpinned-image", TWO_FAULTS),
    ("duplicate-field", "plaintext-environment", TWO_FAULTS),
    ("duplicate-host-port", "static-host-port", TWO_FAULTS),
    ("excessive-host-ports", "unsupported-port-range", TWO_FAULTS),
    ("excessive-memory-reservation", "unsupported-on-windows", CERTAIN),
    ("excessive-port-ranges", "unsupported-port-range", CERTAIN),
    ("excessive-total-cpu", "invalid-fargate-size", TWO_FAULTS),
    ("exposed-ssh-port", "reserved-host-port", TWO_FAULTS),
    ("exposed-ssh-port", "unsupported-port-range", TWO_FAULTS),
    ("ignored-app-protocol", "invalid-port-name", TWO_FAULTS),
    ("ignored-registry-credentials", "invalid-region", TWO_FAULTS),
    ("ignored-windows-task-size", "invalid-ec2-cpu", TWO_FAULTS),
    ("ignored-windows-task-size", "invalid-task-cpu", TWO_FAULTS),
    ("implicit-daemon-launch-type", "unsupported-daemon-scaling", TWO_FAULTS),
    ("invalid-lifecycle-hook", "unpinned-hook-function", TWO_FAULTS),
    ("image-without-digest", "mismatched-image-architecture", TWO_FAULTS),
    ("image-without-digest", "mismatched-partition", TWO_FAULTS),
    ("image-without-digest", "missing-execution-role", TWO_FAULTS),
    ("image-without-digest", "unknown-field", TWO_FAULTS),
    ("implicit-log-mode", "missing-awslogs-option", TWO_FAULTS),
    ("implicit-log-mode", "missing-awslogs-stream-prefix", TWO_FAULTS),
    ("invalid-port-range", "unsupported-port-range", CERTAIN),
    ("invalid-task-definition-reference", "unsupported-with-external-controller", IN_EACH_TASK_SET),
    ("leftover-null", "missing-security-groups", TWO_FAULTS),
    ("leftover-null", "unsupported-network-configuration", TWO_FAULTS),
    ("mismatched-launch-type", "unsupported-with-external-controller", IN_EACH_TASK_SET),
    ("mismatched-partition", "missing-execution-role", TWO_FAULTS),
    ("missing-execution-role-for-start", "plaintext-environment", TWO_FAULTS),
    ("missing-health-check", "unknown-field", TWO_FAULTS),
    ("mismatched-health-check-port", "secret-in-command", TWO_FAULTS),
    ("mismatched-network-mode", "non-awsvpc-network-mode", TWO_FAULTS),
    ("missing-high-resolution-metrics", "unreserved-scaling-metric", TWO_FAULTS),
    ("missing-service-connect-logs", "missing-service-connect-memory", TWO_FAULTS),
    ("missing-service-connect-logs", "missing-service-connect-namespace", TWO_FAULTS),
    ("missing-service-connect-memory", "missing-service-connect-namespace", TWO_FAULTS),
    ("mismatched-health-check-port", "unfailing-health-check", TWO_FAULTS),
    ("missing-user", "unknown-field", TWO_FAULTS),
    ("missing-attestation-policy", "unknown-field", NOT_YET_IN_CLOUDFORMATION),
    ("unknown-field", "unsupported-trusted-execution", NOT_YET_IN_CLOUDFORMATION),
    ("missing-writable-tmp", "unknown-field", TWO_FAULTS),
    ("non-awsvpc-network-mode", "unknown-field", TWO_FAULTS),
    ("undropped-capabilities", "unknown-field", TWO_FAULTS),
    ("privileged-host-port", "static-host-port", TWO_FAULTS),
    ("unknown-field", "unsupported-daemon-scaling", TWO_FAULTS),
    ("unknown-field", "writable-root-filesystem", TWO_FAULTS),
    ("unknown-field", "wrong-type", TWO_FAULTS),
    ("unsupported-launch-type", "unsupported-with-external-controller", IN_EACH_TASK_SET),
    ("unsupported-network-mode", "unsupported-with-code-deploy", TWO_FAULTS),
    ("unsupported-network-mode", "unsupported-with-external-controller", IN_EACH_TASK_SET),
    ("unsupported-with-code-deploy", "unsupported-with-service-connect", TWO_FAULTS),
];

/// Either may be fixed without the other.
const TWO_FAULTS: &str = "two faults";
/// By the time it is deployed, CloudFormation may know the field.
const NOT_YET_IN_CLOUDFORMATION: &str = "what CloudFormation lacks is a doubt, and the field is wrong anyway";
/// What AWS certainly rejects does not wait for what it may reject.
const CERTAIN: &str = "certain and doubtful";
/// What must be removed from the service goes into each task set, and is wrong there too.
const IN_EACH_TASK_SET: &str = "wrong in each task set too";

/// Whether a pointer leads to the name of a thing, or to the whole of a thing.
fn is_name(pointer: &str) -> bool {
    let last = pointer.rsplit('/').next().unwrap_or_default();
    let names = ["family", "name", "service", "serviceName", "PolicyName", "ResourceId"];
    is_logical_id(pointer)
        || names.iter().any(|name| name.eq_ignore_ascii_case(last))
        || last.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a pointer leads to the logical id of a resource, which stands for the whole document.
fn is_logical_id(pointer: &str) -> bool {
    let is_of_terraform = pointer.starts_with("/resource/") && pointer.matches('/').count() == 3;
    is_of_terraform || pointer.strip_prefix("/Resources/").is_some_and(|id| !id.contains('/'))
}

/// Whether a pointer leads inside the value of another one.
fn is_inside(pointer: &str, whole: &str) -> bool {
    !whole.is_empty()
        && !is_logical_id(whole)
        && pointer.strip_prefix(whole).is_some_and(|rest| rest.starts_with('/'))
}

/// A rule that reported something, and where.
type Spoken<'f> = (&'static str, &'f Finding);

/// Whether the tables list why two rules may both report.
fn may_speak((one, at): Spoken, (other, beside): Spoken) -> bool {
    if ABOUT_A_TEXT.contains(&one) || ABOUT_A_TEXT.contains(&other) {
        return true;
    }
    let is_pair = |(first, second, _): &(&str, &str, &str)| {
        (*first, *second) == (one, other) || (*first, *second) == (other, one)
    };
    let is_about_whole = |rule| ABOUT_A_WHOLE.contains(&rule) || AT_A_NAME.contains(&rule);
    let is_explained = if is_inside(&at.pointer, &beside.pointer) {
        is_about_whole(other)
    } else if is_inside(&beside.pointer, &at.pointer) {
        is_about_whole(one)
    } else {
        is_name(&at.pointer) && (AT_A_NAME.contains(&one) || AT_A_NAME.contains(&other))
    };
    is_explained || ABOUT_TWO_CAUSES.iter().any(is_pair)
}

/// The pairs of rules that no table allows, each with an example.
#[derive(Default)]
struct Unexplained(BTreeMap<[&'static str; 2], String>);

impl Unexplained {
    fn look_at(&mut self, linter: &Linter, texts: &Texts, example: &dyn Fn() -> String) {
        let outcome = linter.lint(texts);
        let spoken = outcome.findings.iter().map(|finding| (linter.registry().get(finding.rule).id, finding));
        let spoken: Vec<Spoken> = spoken.collect();
        for (at, one) in spoken.iter().enumerate() {
            for other in &spoken[at + 1..] {
                let places = [one, other].map(|spoken| spoken.1.problem.at.at);
                let pointers = [one, other].map(|spoken| spoken.1.pointer.as_str());
                let is_one_key = pointers[0] == pointers[1] && !pointers[0].is_empty();
                let is_part = is_inside(pointers[0], pointers[1]) || is_inside(pointers[1], pointers[0]);
                let meets = places[0] == places[1] || is_one_key || is_part;
                if one.0 != other.0
                    && places[0].source == places[1].source
                    && meets
                    && !may_speak(*one, *other)
                {
                    let entry = || format!("{} and {} of\n{}", pointers[0], pointers[1], example());
                    self.0.entry([one.0, other.0]).or_insert_with(entry);
                }
            }
        }
    }

    fn assert_none(&self) {
        let each = self.0.iter().map(|([one, other], example)| format!("{one} and {other} at {example}"));
        let each: Vec<String> = each.collect();
        assert!(
            each.is_empty(),
            "{} pairs of rules speak of one thing:\n\n{}",
            each.len(),
            each.join("\n\n")
        );
    }
}

#[test]
fn rules_that_meet_are_about_two_causes() {
    let registry = Registry::default();
    let pages = registry.rules().flat_map(|(_, rule)| examples(&whole_page(rule))).map(|one| one.files);
    let linter = linter(&[]);
    let mut unexplained = Unexplained::default();
    for files in pages.chain(crate::support::fixtures().into_iter().map(|fixture| fixture.files)) {
        let texts = Texts::new(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        unexplained.look_at(&linter, &texts, &|| files[0].1.clone());
    }
    unexplained.assert_none();
}

#[test]
fn rules_that_meet_in_templates_are_about_two_causes() {
    let registry = Registry::default();
    let pages = registry.rules().flat_map(|(_, rule)| examples(&whole_page(rule))).map(|one| one.files);
    let (reader, linter) = (linter(&["duplicate-ulimit"]), linter(&[]));
    let mut unexplained = Unexplained::default();
    for files in pages {
        let Ok(Templates { files, .. }) = templates(&files, &reader) else { continue };
        let texts = Texts::new(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        unexplained.look_at(&linter, &texts, &|| files[0].1.clone());
    }
    unexplained.assert_none();
}

/// A bad example whose finding is at a key.
struct Bad {
    rule: &'static str,
    /// The kind of the document of the finding.
    kind: String,
    /// The pointer of the finding, with `*` for each position in a list.
    pointer: String,
    files: Vec<(String, String)>,
    /// Which of the files has the finding, and the value there.
    at: usize,
    value: Value,
}

/// The bad examples of all pages: one per rule and key.
fn bad_examples() -> Vec<Bad> {
    let registry = Registry::default();
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for (_, rule) in registry.rules() {
        let linter = linter(&[rule.id]);
        for example in examples(&whole_page(rule)).into_iter().filter(|example| example.kind == "bad") {
            let outcome = linter.lint(&example.texts());
            let Some(finding) = outcome.findings.first() else { continue };
            let at = finding.problem.at.at.source.0 as usize;
            let Ok(value @ Value::Object(_)) = serde_json::from_str(&example.files[at].1) else { continue };
            let is_position = |step: &str| !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit());
            let steps = finding.pointer.split('/').map(|step| if is_position(step) { "*" } else { step });
            let pointer = steps.collect::<Vec<&str>>().join("/");
            let kind = finding.document.as_deref().unwrap_or_default().split('`').next().unwrap_or_default();
            if seen.insert((rule.id, pointer.clone())) {
                all.push(Bad {
                    rule: rule.id,
                    kind: kind.to_owned(),
                    pointer,
                    files: example.files,
                    at,
                    value,
                });
            }
        }
    }
    all
}

/// Merges one value into another one.
fn merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (Value::Array(into), Value::Array(from)) if into.iter().chain(from).all(Value::is_object) => {
            into.resize(into.len().max(from.len()), Value::Null);
            into.iter_mut().zip(from).for_each(|(into, from)| merge(into, from));
        }
        (into, from) => *into = from.clone(),
    }
}

/// Merges the bad examples of each two rules that are about one key, or about a key and something inside its
/// value, so that both may report.
#[test]
fn rules_that_meet_in_merged_examples_are_about_two_causes() {
    let linter = linter(&[]);
    let mut unexplained = Unexplained::default();
    let all = bad_examples();
    for one in &all {
        let meets = |other: &&Bad| {
            let is_same = other.pointer == one.pointer && !one.pointer.is_empty();
            let is_part = is_inside(&other.pointer, &one.pointer) || is_inside(&one.pointer, &other.pointer);
            other.rule != one.rule && other.kind == one.kind && (is_same || is_part)
        };
        for other in all.iter().filter(meets) {
            let mut value = one.value.clone();
            merge(&mut value, &other.value);
            // Other files still name the document.
            for name in ["family", "serviceName", "service", "cluster", "taskDefinition", "ResourceId"] {
                if let (Some(own), Some(merged)) = (one.value.get(name), value.get_mut(name)) {
                    *merged = own.clone();
                }
            }
            let mut files = one.files.clone();
            files[one.at].1 = value.to_string();
            let texts = Texts::new(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
            unexplained.look_at(&linter, &texts, &|| files[one.at].1.clone());
        }
    }
    unexplained.assert_none();
}
