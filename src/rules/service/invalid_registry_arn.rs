use crate::finding::{Category, Problem, Severity};
use crate::model::{Arn, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-registry-arn",
    summary: "a service registry is not the ARN of a Cloud Map service",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRegistry.html"],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    for registry in service.registries().items() {
        let Some(written) = registry.arn().known() else { continue };
        let arn = Arn::read(written.value());
        if arn.is_some_and(|arn| arn.is_registry()) {
            continue;
        }
        let what = match arn.and_then(|arn| arn.noun()) {
            Some("a service of Cloud Map") => "the service ID must start with `srv-`".to_owned(),
            Some(noun) => format!("this is {noun}"),
            None if arn.is_some() => "this is the ARN of something else".to_owned(),
            None => "not an ARN".to_owned(),
        };
        report.add(Problem::new("the service registry is not a Cloud Map service", written.label(what)).help(
            "use the ARN of the Cloud Map service: `arn:aws:servicediscovery:<Region>:<account>:service/srv-…`",
        ));
    }
}
