use crate::document::{Document, ServiceForm};
use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, ScaledInstead, Scaling, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::counted;

pub(super) const RULE: Rule = Rule {
    id: "missing-scaling-policy",
    summary: "nothing in the files read scales the service",
    category: Category::Operations,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    if !service.scaling().is_no() || !can_scale(service) {
        return;
    }
    report.add(match service.scaled_instead() {
        Some(ScaledInstead::Near(document)) => nearly_scaled(service, document),
        Some(ScaledInstead::Other(resource)) => stays(
            service,
            Problem::new(
                format!("nothing scales {}, but the project scales `{resource}`", service.title()),
                service.name_label(UNNAMED),
            )
            .help(format!("{ADD}; {}", skip(service))),
        ),
        // Only JSON is read, but most projects scale by other means.
        None => Problem::new(
            format!("no scaling for {} in the files read", service.title()),
            service.name_label(UNNAMED),
        )
        .help(format!("{}; otherwise {ADD}", skip(service)))
        .at_most(Severity::Note),
    });
}

const UNNAMED: &str = "no scalable target, scaling policy or scheduled action names it";
const ADD: &str = "add a scalable target and a target-tracking policy";

/// What to do if the project is not all that scales the service.
fn skip(service: &Service) -> String {
    let tool = if service.node().is_in_module() { "another module" } else { "Terraform" };
    format!(
        "if scaling is set elsewhere ({tool}, a script, the console), skip this rule: `--skip missing-scaling-policy`"
    )
}

/// A document of the project nearly names the service.
fn nearly_scaled(service: &Service, document: &Document) -> Problem {
    let near = Scaling::of_document(document).and_then(|near| near.resource().known());
    let cluster = service.cluster().known().map_or("default", |cluster| cluster.value());
    let problem = Problem::new(format!("nothing scales {}", service.title()), service.name_label(UNNAMED));
    let problem = match (near, service.name().known()) {
        (Some(near), Some(name)) => problem
            .also(near.label("nearly its name"))
            .help(format!("if this service is meant, use `service/{cluster}/{name}` there; otherwise {ADD}")),
        _ => problem.help(format!("{ADD}; {}", skip(service))),
    };
    stays(service, problem)
}

/// Adds how many tasks the service keeps.
fn stays(service: &Service, problem: Problem) -> Problem {
    let count = service.desired_count().known();
    problem.also_each(count.map(|count| {
        count.label(format!("it stays at {}, whatever the load", counted(count.value(), "task")))
    }))
}

/// Whether Application Auto Scaling can certainly change the number of tasks.
fn can_scale(service: &Service) -> bool {
    let strategy = match service.scheduling_strategy() {
        // The number of tasks of a daemon follows the instances.
        Field::Known(strategy) => strategy.value() == "REPLICA",
        Field::Missing => service.form() != ServiceForm::Update,
        Field::Unknown(_) => false,
    };
    let controller = match service.deployment_controller() {
        Field::Known(controller) => controller.value() != "EXTERNAL",
        Field::Missing => true,
        Field::Unknown(_) => false,
    };
    let runs = match service.desired_count() {
        Field::Known(count) => *count > 0,
        Field::Missing => true,
        Field::Unknown(_) => false,
    };
    strategy && controller && runs
}
