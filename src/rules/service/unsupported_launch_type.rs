use crate::document::ServiceForm;
use crate::finding::{Category, Problem, Severity};
use crate::model::{LaunchType, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-launch-type",
    summary: "a new service requests Managed Instances with a launch type",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let managed = service.launches_on(LaunchType::ManagedInstances);
    // With a strategy, no launch type is allowed at all: `conflicting-launch-type`.
    let is_alone = service.capacity_providers().is_missing();
    let Some(launch_type) = managed.filter(|_| is_alone && service.form() == ServiceForm::Create) else {
        return;
    };
    report.add(
        Problem::new(
            "Managed Instances require a capacity provider, not a launch type",
            launch_type.label("not a documented launch type for a new service"),
        )
        .help(
            "remove `launchType`, and name your Managed Instances capacity provider in an entry of `capacityProviderStrategy`",
        ),
    );
}
