use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-circuit-breaker-threshold",
    summary: "a deployment circuit breaker threshold is out of range",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://github.com/aws/aws-cdk/issues/38259",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentCircuitBreaker.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let breaker = service.deployment().and_then(|deployment| deployment.circuit_breaker());
    let Some(breaker) = breaker.known().filter(|_| !service.is_described()) else { return };
    let Some(value) = breaker.threshold_value().known() else { return };
    let kind = breaker.threshold_type().known();
    let bounded = kind.filter(|kind| kind.value() == "BOUNDED_PERCENT");
    let (label, help) = match bounded {
        _ if *value < 1 => (
            "must be at least 1",
            "set `value` to 1 or more: the number of failed tasks that stops a deployment",
        ),
        Some(_) if *value > 100 => ("must be at most 100", "set `value` to 100 or less"),
        _ => return,
    };
    let problem =
        Problem::new(format!("circuit breaker threshold {value} is out of range"), value.label(label));
    report.add(problem.also_each(bounded.map(|kind| kind.label("a percentage"))).help(help));
}
