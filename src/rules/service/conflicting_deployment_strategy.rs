use crate::document::ServiceForm;
use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-deployment-strategy",
    summary: "a service configures a deployment strategy that it does not use",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(deployment) = service.deployment().known().filter(|_| !service.is_described()) else { return };
    for (key, wanted, configuration) in deployment.of_one_strategy() {
        let Some(configuration) = configuration.present() else { continue };
        let (used, chosen) = match service.deployment_strategy() {
            Field::Known(strategy) if strategy.value() != wanted => (strategy.value(), Some(strategy)),
            Field::Missing if service.form() == ServiceForm::Create => ("ROLLING", None),
            _ => continue,
        };
        let also = chosen.map(|strategy| strategy.label("the strategy in use"));
        let help = if service.is_controlled_by("ECS").is_no() {
            format!("remove `{key}`: it is only for deployments by ECS")
        } else {
            format!("set `strategy` to `{wanted}`, or remove `{key}`")
        };
        let label = configuration.key_label(if also.is_some() {
            "for another strategy"
        } else {
            "no `strategy` selects it"
        });
        report.add(
            Problem::new(format!("`{key}` is for the strategy {wanted}, but the service uses {used}"), label)
                .also_each(also)
                .help(help)
                .unless(configuration.doubt()),
        );
    }
}
