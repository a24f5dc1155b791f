use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "missing-service-connect-memory",
    summary: "a task with a Service Connect proxy has no memory of its own",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html"],
    page: page!("service/missing-service-connect-memory"),
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(task) = service.task_definition() else { return };
    let Some(connect) = service.usable_service_connect(&task) else { return };
    // Fargate takes no task without memory at all.
    let is_on_instances = task.is_fargate().is_no() && service.is_fargate().is_no();
    if !is_on_instances || !task.memory_text().is_missing() {
        return;
    }
    report.add(
        Problem::new(
            format!("nothing is set aside for the Service Connect proxy of {}", service.title()),
            connect.key_label("adds a proxy container to each task"),
        )
        .also(task.name_label("no `memory` for the task"))
        .help("write `memory` for the task: what its containers need, and 64 MiB or more for the proxy"),
    );
}
