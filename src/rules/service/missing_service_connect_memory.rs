use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-service-connect-memory",
    summary: "a task with a Service Connect proxy has no task-level memory",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(task) = service.task_definition() else { return };
    let Some(connect) = service.usable_service_connect(&task) else { return };
    // Fargate requires task memory anyway.
    let is_on_instances = task.is_fargate().is_no() && service.is_fargate().is_no();
    if !is_on_instances || !task.memory_text().is_missing() {
        return;
    }
    report.add(
        Problem::new(
            format!("no memory is reserved for the Service Connect proxy of {}", service.title()),
            connect.key_label("adds a proxy container to each task"),
        )
        .also(task.name_label("no task-level `memory`"))
        .help("set `memory` for the task: what its containers need, plus at least 64 MiB for the proxy"),
    );
}
