use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ignored-circuit-breaker",
    summary: "a circuit breaker is configured but turned off",
    category: Category::Ignored,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentCircuitBreaker.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let breaker = service.deployment().and_then(|deployment| deployment.circuit_breaker());
    let Some(breaker) = breaker.known().filter(|breaker| breaker.has_settings().is_yes()) else { return };
    let Some(off) = breaker.enable().known().filter(|enabled| !**enabled) else { return };
    let rollback = breaker.rollback().known().filter(|rollback| **rollback);
    let threshold = breaker.threshold().present();
    let label = match (rollback, threshold) {
        (Some(rollback), _) => rollback.label("has no effect: failed deployments are not rolled back"),
        (None, Some(threshold)) => threshold.key_label("has no effect: failures are not counted"),
        (None, None) => return,
    };
    report.add(
        Problem::new("the deployment circuit breaker is configured but turned off", label)
            .also(off.label("turned off here"))
            .help("set `enable` to true, or `rollback` to false if it should stay off")
            .unless(threshold.filter(|_| rollback.is_none()).and_then(|threshold| threshold.doubt())),
    );
}
