use crate::finding::{Category, Label, Problem, Severity};
use crate::model::{Service, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-with-code-deploy",
    summary: "a service deployed by CodeDeploy uses a feature that only ECS deployments support",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "Deployment circuit breaker feature is only supported with ECS deployment controller. Update to ECS deployment controller and try again.",
        "Alarm based rollback feature is only supported with ECS deployment controller. Update to ECS deployment controller and try again.",
        "Service Connect feature is only supported with ECS (rolling update) deployment controller. Update to ECS deployment controller and try again.",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshooting-blue-green.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinearConfiguration.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(controller) = service.hands_over_to("CODE_DEPLOY") else { return };
    for problem in refused(service) {
        report.add(problem.also(controller.label("CodeDeploy deploys this service")));
    }
}

fn problem(noun: &str, label: Label, help: &str, says: Option<usize>) -> Problem {
    let problem =
        Problem::new(format!("a service deployed by CodeDeploy cannot have {noun}"), label).help(help);
    problem.reply_if(says)
}

/// What the service sets but CodeDeploy does not support.
fn refused(service: &Service) -> Vec<Problem> {
    let mut found = Vec::new();
    let deployment = service.deployment().known();
    let breaker = deployment.and_then(|deployment| deployment.circuit_breaker().known());
    if let Some(on) = breaker.and_then(|breaker| breaker.enable().known()).filter(|on| **on) {
        let help = "set `enable` to `false` or remove `deploymentCircuitBreaker`: the deployment group decides when to roll back";
        found.push(problem("a circuit breaker", on.label("not supported"), help, Some(0)));
    }
    let alarms = deployment.and_then(|deployment| deployment.alarms().known());
    if let Some(on) = alarms.and_then(|alarms| alarms.enable().known()).filter(|on| **on) {
        let help = "set `enable` to `false` or remove `alarms`: the deployment group names the alarms that stop a deployment";
        found.push(problem("deployment alarms", on.label("not supported"), help, Some(1)));
    }
    if let Some(strategy) = service.deployment_strategy().known().filter(|one| one.value() != "ROLLING") {
        let help = "remove `strategy`: the deployment group decides how traffic shifts; or remove `deploymentController`, so that ECS shifts it";
        let label = strategy.label("only ECS deployments support this");
        found.push(problem(&format!("the strategy {strategy}"), label, help, None));
    }
    let hooks = deployment.and_then(|deployment| deployment.lifecycle_hooks().present());
    if let Some(hooks) = hooks {
        let help = "remove `lifecycleHooks`: the AppSpec file names the functions that CodeDeploy calls";
        found.push(
            problem("lifecycle hooks", hooks.key_label("not supported"), help, None).unless(hooks.doubt()),
        );
    }
    if let Some(connect) = service.service_connect() {
        let help = "remove `serviceConnectConfiguration` or `deploymentController`";
        found.push(problem("Service Connect", connect.key_label("not supported"), help, Some(2)));
    }
    if let Some(second) = service.load_balancers().objects().nth(1) {
        let help = "keep one entry: the deployment group names the second target group";
        found.push(problem("more than one load balancer", second.label("one too many"), help, None));
    }
    if let Some(forced) = service.forces_deployment() {
        let help = "remove `forceNewDeployment` and start the deployment in CodeDeploy";
        found.push(problem(
            "a forced deployment",
            forced.label("ECS cannot start a deployment here"),
            help,
            None,
        ));
    }
    found
}
