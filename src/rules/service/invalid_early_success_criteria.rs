use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "invalid-early-success-criteria",
    summary: "the early success criteria of a deployment are not valid",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentEarlySuccessCriteria.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let criteria = service.deployment().and_then(|deployment| deployment.early_success());
    let Some(criteria) = criteria.known().filter(|_| !service.is_described()) else { return };
    let Some(enabled) = criteria.enable().known().filter(|enabled| **enabled) else { return };
    let strategy = service.deployment_strategy().known().filter(|strategy| strategy.value() != "ROLLING");
    if let Some(strategy) = strategy {
        report.add(
            Problem::new(
                "early success criteria are only supported for rolling deployments",
                criteria.key_label("not supported"),
            )
            .also(strategy.label("not a rolling deployment"))
            .help("remove `earlySuccessCriteria`"),
        );
        return;
    }
    let missing: Vec<&str> = [
        (criteria.healthy_percent().is_missing(), "healthyPercent"),
        (criteria.cleanup().is_missing(), "sourceServiceRevisionCleanup"),
    ]
    .into_iter()
    .filter_map(|(is_missing, name)| is_missing.then_some(name))
    .collect();
    if !missing.is_empty() {
        let missing = listed(missing);
        report.add(
            Problem::new(
                format!("the early success criteria are missing {missing}"),
                enabled.label("enabled here"),
            )
            .help(format!("add {missing}")),
        );
    }
    let (healthy, minimum) = (criteria.healthy_percent().known(), service.minimum_healthy_percent().known());
    let (Some(healthy), Some(minimum)) = (healthy, minimum) else { return };
    if *healthy < *minimum {
        report.add(
            Problem::new(
                format!(
                    "a deployment succeeds early with {healthy}% of its tasks, but {minimum}% must be healthy"
                ),
                healthy.label("below `minimumHealthyPercent`"),
            )
            .also(minimum.label("the minimum that must be healthy"))
            .help(format!("set `healthyPercent` to {minimum} or more")),
        );
    }
}
