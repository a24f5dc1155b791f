use crate::document::ServiceForm;
use crate::finding::{Category, Problem, Severity};
use crate::model::{LaunchType, Service};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "unsupported-launch-type",
    summary: "a new service asks for Managed Instances by a launch type",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"],
    page: page!("service/unsupported-launch-type"),
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let managed = service.launches_on(LaunchType::ManagedInstances);
    // Beside a strategy there must be no launch type at all: `conflicting-launch-type`.
    let is_alone = service.capacity_providers().is_missing();
    let Some(launch_type) = managed.filter(|_| is_alone && service.form() == ServiceForm::Create) else {
        return;
    };
    report.add(
        Problem::new(
            "Managed Instances are chosen by a capacity provider, not by a launch type",
            launch_type.label("not documented as a launch type of a service"),
        )
        .help("delete `launchType`, and name your capacity provider of Managed Instances: `\"capacityProviderStrategy\": [{\"capacityProvider\": \"…\", \"weight\": 1}]`"),
    );
}
