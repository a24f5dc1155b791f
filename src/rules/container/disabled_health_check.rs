use crate::finding::{Category, Problem, Severity};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "disabled-health-check",
    summary: "the health check of a container is turned off",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(none) = container.health_check().known().and_then(|health| health.disabled()) else { return };
    report.add(
        Problem::new(
            format!("the health check of {} is turned off", container.title()),
            none.label("turns off the check of the image, which ECS ignores anyway"),
        )
        .help("replace it with a command that fails if the container does, or delete `healthCheck`"),
    );
}
