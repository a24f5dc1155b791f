use crate::finding::{Category, Problem, Severity};
use crate::model::{Service, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-health-check-grace-period",
    summary: "load balancer health checks count from the start of a task",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let is_settled = service.is_whole() && service.is_controlled_by("EXTERNAL").is_no();
    let Some(balancers) = service.load_balancers().certain().filter(|_| is_settled) else { return };
    if !service.grace_period().is_missing() {
        return;
    }
    let label = match service.node().get("healthCheckGracePeriodSeconds") {
        Some(zero) => zero.label("no grace period"),
        None => service.name_label("no `healthCheckGracePeriodSeconds`"),
    };
    report.add(
        Problem::new(format!("{} has no health check grace period", service.title()), label)
            .also(balancers.key_label("its health checks count from the start of a task"))
            .help("if the tasks take longer to start than the load balancer waits, set `healthCheckGracePeriodSeconds` to that time: otherwise ECS stops them before they are ready"),
    );
}
