use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-task-set",
    summary: "a task set belongs to a service that AWS deploys",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always(
        "Amazon ECS only supports task set management on services configured to use external deployment controllers.",
    ),
    settings: &[],
    sources: &[
        "https://github.com/hashicorp/terraform-provider-aws/issues/30347",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateTaskSet.html",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(task_set: &Service, report: &mut Report) {
    let Some(name) = task_set.name().known().filter(|_| task_set.is_task_set()) else { return };
    let Some(service) = task_set.created() else { return };
    let label = match service.deployment_controller() {
        Field::Known(controller) if controller.value() != "EXTERNAL" => {
            controller.label("this controller deploys the service")
        }
        // A field that a description omits is unknown.
        Field::Missing if !service.is_described() => {
            service.name_label("no `deploymentController`: ECS deploys the service")
        }
        _ => return,
    };
    report.add(
        Problem::new(
            format!("service `{name}` does not support task sets: its deployment controller is not `EXTERNAL`"),
            name.label("the service of the task set"),
        )
        .also(label)
        .help("set `\"deploymentController\": {\"type\": \"EXTERNAL\"}` in the service, or deploy it with `aws ecs update-service`"),
    );
}
