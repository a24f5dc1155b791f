use crate::finding::{Category, Label, Problem, Severity};
use crate::model::{Present, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-with-external-controller",
    summary: "a service with an external controller sets fields that belong in its task sets",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "LoadBalancers must be empty or null",
        "TaskDefinition must be blank",
        "The EXTERNAL deployment controller type is not supported for services using Service Connect.",
        "Deployment circuit breaker feature is only supported with ECS deployment controller. Update to ECS deployment controller and try again.",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshooting-blue-green.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-external.html",
        "https://github.com/pipe-cd/pipecd",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(controller) = service.hands_over_to("EXTERNAL") else { return };
    for (field, says) in of_task_sets(service) {
        let key = field.key();
        let problem = Problem::new(
            format!("a service with an external controller cannot have `{key}`"),
            field.key_label("belongs in each task set"),
        )
        .also(controller.label("something other than ECS creates the task sets"))
        .help(format!("remove `{key}` here and set it in each task set (`aws ecs create-task-set`)"))
        .unless(field.doubt());
        report.add(problem.reply_if(says));
    }
    for (noun, label, says) in of_ecs(service) {
        let problem =
            Problem::new(format!("a service with an external controller cannot have {noun}"), label)
                .also(controller.label("ECS does not deploy this service"))
                .help("disable it, or remove `deploymentController` so that ECS deploys the service");
        report.add(problem.reply_if(says));
    }
}

type Refused = (&'static str, Label, Option<usize>);

/// The fields of the service that belong in its task sets.
fn of_task_sets<'d>(service: &Service<'d>) -> Vec<(Present<'d>, Option<usize>)> {
    let fields = [
        (service.load_balancers().present(), Some(0)),
        (service.task_definition_text().present(), Some(1)),
        (service.capacity_providers().present(), None),
        (service.platform_version().present(), None),
    ];
    let sent_by_pipecd = [
        (service.network_configuration().present(), None),
        (service.launch_type().present(), None),
        (service.registries().present(), None),
    ];
    let others = sent_by_pipecd.into_iter().filter(|_| !service.is_of_pipecd());
    fields.into_iter().chain(others).filter_map(|(field, says)| Some((field?, says))).collect()
}

/// What the service sets but only ECS deployments support.
fn of_ecs(service: &Service) -> Vec<Refused> {
    const TEXT: &str = "not supported";
    let deployment = service.deployment().known();
    let breaker = deployment.and_then(|deployment| deployment.circuit_breaker().known());
    let breaker = breaker.and_then(|breaker| breaker.enable().known()).filter(|on| **on);
    let alarms = deployment.and_then(|deployment| deployment.alarms().known());
    let alarms = alarms.and_then(|alarms| alarms.enable().known()).filter(|on| **on);
    let fields = [
        ("Service Connect", service.service_connect().map(|one| one.key_label(TEXT)), Some(2)),
        ("a circuit breaker", breaker.map(|on| on.label(TEXT)), Some(3)),
        ("deployment alarms", alarms.map(|on| on.label(TEXT)), None),
    ];
    fields.into_iter().filter_map(|(noun, label, says)| Some((noun, label?, says))).collect()
}
