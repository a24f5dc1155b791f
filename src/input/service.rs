//! Distinguishes services, task sets and the inputs of other calls about services.

use super::evidence::{Likely, is_call, is_ours};
use super::signs::{
    DESCRIBED_SERVICE_KEYS, MORE_CREATE_KEYS, MORE_UPDATE_KEYS, SERVICE_ONLY_WORDS, SERVICE_WORDS,
    TASK_SET_KEYS, TASK_SET_ONLY_KEYS, WHOLE_SERVICE_KEYS,
};
use super::{ECSPRESSO, HARNESS, Keys, OUTPUT, Other, RUN_TASK, is_filled_in};
use crate::document::{DocumentKind, ServiceForm};
use crate::tree::{Kind, Node};

/// A service in a list of services.
pub(super) fn service_of_list(keys: Keys) -> Option<Result<DocumentKind, Other>> {
    if keys.has_any(DESCRIBED_SERVICE_KEYS) && is_ours(keys, Likely::Service) {
        Some(described_service(keys))
    } else {
        service(keys)
    }
}

/// A service in API output. A deleted service is still listed there for a while.
pub(super) fn described_service(keys: Keys) -> Result<DocumentKind, Other> {
    let status = keys.get("status");
    if status.is_some_and(is_filled_in) {
        return Err(Other::new("a service in an unknown state"));
    }
    match status.and_then(Node::as_text) {
        Some("DRAINING" | "INACTIVE") => Err(Other::new("a service that was deleted")),
        _ => Ok(DocumentKind::Service(ServiceForm::Described)),
    }
}

/// Services, task sets, and the documents of other tools and calls about a service.
pub(super) fn service(keys: Keys) -> Option<Result<DocumentKind, Other>> {
    let found = likely_service(keys)?;
    // Harness completes a service with the task definition that it registers.
    if !keys.has("taskDefinition") && keys.0.descendants().any(|value| value.text().starts_with("<+")) {
        return Some(Err(HARNESS));
    }
    (found.is_err() || is_ours(keys, Likely::Service) || is_call(keys)).then_some(found)
}

/// The same, from words of which each is one of other programs too.
fn likely_service(keys: Keys) -> Option<Result<DocumentKind, Other>> {
    let words = keys.count(SERVICE_WORDS);
    let names_a_file = keys.has_any(&["service_definition", "task_definition"]);
    if names_a_file && keys.has_any(&["region", "cluster"]) && words == 0 {
        return Some(Err(ECSPRESSO));
    }
    if keys.has("service") && !keys.has("service_definition") {
        if let Some(other) = other_call(keys) {
            return Some(Err(other));
        }
        let is_ours = words > 0 || keys.has_any(MORE_UPDATE_KEYS);
        if is_ours && may_be_name(keys.get("service")) {
            let form = if is_task_set(keys) { ServiceForm::TaskSet } else { ServiceForm::Update };
            return Some(Ok(DocumentKind::Service(form)));
        }
    }
    // Keys that only these calls accept identify the document, whether or not it names its service correctly.
    let is_of_service = words > 0 && !keys.has("serviceName") && !keys.has("service_definition");
    if is_of_service && keys.has("forceNewDeployment") {
        return Some(Ok(DocumentKind::Service(ServiceForm::Update)));
    }
    let has_scale = || keys.object("scale").is_some_and(|scale| scale.has_any(&["unit", "value"]));
    let is_only_of_task_set = || keys.has_any(TASK_SET_ONLY_KEYS) && keys.has("cluster") || has_scale();
    if is_of_service && is_only_of_task_set() {
        return Some(Ok(DocumentKind::Service(ServiceForm::TaskSet)));
    }
    if names_a_file && keys.has_any(&["region", "cluster"]) {
        return Some(Err(ECSPRESSO));
    }
    if keys.has("taskSetArn") {
        return Some(Err(OUTPUT));
    }
    if words >= 2 && keys.has_any(&["serviceArn", "clusterArn", "deployments", "runningCount", "events"]) {
        return Some(described_service(keys));
    }
    let names_a_task = may_be_name(keys.get("taskDefinition"));
    let run_words = ["overrides", "count", "startedBy", "group", "referenceId"];
    // A key says what is meant, even if its value is not filled in.
    let mentions_a_task = names_a_task || keys.get("taskDefinition").is_some_and(Node::is_absent);
    let runs = keys.has_any(&["networkConfiguration", "launchType"]) && mentions_a_task;
    if (mentions_a_task && keys.has_any(&run_words)) || (runs && !keys.has_any(SERVICE_ONLY_WORDS)) {
        return Some(Err(RUN_TASK));
    }
    let named = keys.has("serviceName") && (words >= 2 || keys.has_any(MORE_CREATE_KEYS));
    if named || (words >= 2 && (keys.has("cluster") || names_a_task)) {
        return Some(Ok(DocumentKind::Service(ServiceForm::Create)));
    }
    let alone = words >= 2 || keys.has("schedulingStrategy");
    alone.then_some(Ok(DocumentKind::Service(ServiceForm::Ecspresso)))
}

/// Whether a value is a name or a placeholder for one.
fn may_be_name(value: Option<Node>) -> bool {
    value.is_some_and(|value| matches!(value.kind(), Kind::Text | Kind::Unknown))
}

/// Whether a document that names its service in `service` creates a task set. Keys that an update also has
/// decide nothing: `service`, `cluster` and `taskDefinition` alone are an update.
fn is_task_set(keys: Keys) -> bool {
    let names_its_own = keys.has_any(TASK_SET_ONLY_KEYS);
    let is_likely = keys.has_any(TASK_SET_KEYS) && !keys.has_any(WHOLE_SERVICE_KEYS);
    names_its_own || is_likely
}

/// Calls that name a service in `service` but do not describe what it runs.
fn other_call(keys: Keys) -> Option<Other> {
    if keys.has("taskSet") {
        return Some(Other::new("input of `update-task-set` or `delete-task-set`"));
    }
    if keys.has("primaryTaskSet") {
        return Some(Other::new("input of `update-service-primary-task-set`"));
    }
    let mut names = keys.names();
    let is_deletion = keys.has("force") && names.all(|name| ["service", "cluster", "force"].contains(&name));
    is_deletion.then_some(Other::new("input of `delete-service`"))
}
