use crate::finding::{Category, Problem, Severity};
use crate::model::{AWSFIRELENS, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-service-connect-log-driver",
    summary: "Fargate does not support the log driver of the Service Connect proxy",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(logs) = service.service_connect().and_then(|connect| connect.log_configuration().known()) else {
        return;
    };
    let fargate = service.fargate_label("targets Fargate").filter(|_| service.is_fargate().is_yes());
    let (Some(fargate), Some(driver)) = (fargate, logs.log_driver().known()) else { return };
    if ["awslogs", "splunk", AWSFIRELENS].contains(&driver.value()) {
        return;
    }
    report.add(
        Problem::new(
            format!("Fargate does not support the log driver `{driver}` of the Service Connect proxy"),
            driver.label("not supported on Fargate"),
        )
        .also(fargate)
        .help("use `awslogs` or `splunk`, or `awsfirelens` with a log router in the task"),
    );
}
