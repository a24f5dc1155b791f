use crate::document::ServiceForm;
use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, Service};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "missing-scaling-policy",
    summary: "nothing in the project scales the service",
    category: Category::Operations,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html"],
    page: page!("service/missing-scaling-policy"),
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    if !service.scaling().is_no() || !can_scale(service) {
        return;
    }
    let mut problem = Problem::new(
        format!("nothing scales {}", service.title()),
        service.name_label("no scaling policy, scheduled action or scalable target of the project names it"),
    );
    if let Some(count) = service.desired_count().known() {
        let tasks = if *count == 1 { "task" } else { "tasks" };
        problem =
            problem.also(count.label(format!("it stays at {} {tasks}, whatever the load", count.value())));
    }
    report.add(problem.help(
        "add a scalable target and a target-tracking policy; if scaling is set elsewhere (a script, Terraform), skip this rule: `--skip missing-scaling-policy`",
    ));
}

/// Whether the number of tasks is certainly one that Application Auto Scaling may change.
fn can_scale(service: &Service) -> bool {
    let strategy = match service.scheduling_strategy() {
        // The number of tasks of a daemon follows the instances.
        Field::Known(strategy) => strategy.value() == "REPLICA",
        Field::Missing => service.form() != ServiceForm::Update,
        Field::Unknown => false,
    };
    let controller = match service.deployment_controller() {
        Field::Known(controller) => controller.value() != "EXTERNAL",
        Field::Missing => true,
        Field::Unknown => false,
    };
    let runs = match service.desired_count() {
        Field::Known(count) => *count > 0,
        Field::Missing => true,
        Field::Unknown => false,
    };
    strategy && controller && runs
}
