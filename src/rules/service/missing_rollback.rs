use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Field, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-rollback",
    summary: "a failed deployment is stopped but not rolled back",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Unsafe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(deployment) = service.deployment().known() else { return };
    let breaker =
        deployment.circuit_breaker().known().map(|one| (one.enable(), one.rollback(), "the circuit breaker"));
    let alarms = deployment.alarms().known().map(|one| (one.enable(), one.rollback(), "an alarm"));
    for (enable, rollback, what) in breaker.into_iter().chain(alarms) {
        let (Field::Known(enable), Field::Known(rollback)) = (enable, rollback) else { continue };
        if !*enable || *rollback {
            continue;
        }
        report.add(
            Problem::new(
                format!("a deployment that {what} stops is not rolled back"),
                rollback.label("the failed deployment stays in place"),
            )
            .also(enable.label("stops the deployment"))
            .help("set `rollback` to `true`: the service returns to the last deployment that worked")
            .fix(rollback.set(Safety::Unsafe, true)),
        );
    }
}
