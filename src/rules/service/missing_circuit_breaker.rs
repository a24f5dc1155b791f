use serde_json::json;

use crate::document::ServiceForm;
use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-circuit-breaker",
    summary: "nothing stops a deployment that fails",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Strict,
    fix: Some(Safety::Unsafe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let may_be_stopped = !service.stops_failed_deployments().is_no();
    // A Classic Load Balancer rules out the circuit breaker.
    let balancers = service.load_balancers();
    let is_settled = balancers.is_complete() && balancers.items().all(|one| one.classic_name().is_missing());
    if service.form() == ServiceForm::Update || !service.rolls().is_yes() || may_be_stopped || !is_settled {
        return;
    }
    let deployment = service.deployment().known();
    let breaker = deployment.and_then(|deployment| deployment.circuit_breaker().known());
    let label = match breaker.and_then(|breaker| Some((breaker, breaker.enable().known()?))) {
        // Other settings beside it are reported by `ignored-circuit-breaker`.
        Some((breaker, _)) if !breaker.has_settings().is_no() => return,
        Some((_, off)) => off.label("turned off here"),
        // A description may omit it.
        None if service.is_described() => return,
        None => service.name_label("no `deploymentCircuitBreaker`"),
    };
    let on = json!({ "enable": true, "rollback": true });
    let change = match deployment {
        Some(deployment) => Change::set(deployment.node(), "deploymentCircuitBreaker", on),
        None => {
            let whole = json!({ "deploymentCircuitBreaker": on });
            Change::set(service.node(), "deploymentConfiguration", whole)
        }
    };
    report.add(
        Problem::new(format!("nothing stops a failing deployment of {}", service.title()), label)
            .help("set `\"deploymentConfiguration\": {\"deploymentCircuitBreaker\": {\"enable\": true, \"rollback\": true}}`: without it, ECS keeps starting tasks that fail")
            .fix(Fix::new(Safety::Unsafe, "turn on the deployment circuit breaker", &[change])),
    );
}
