use crate::finding::{Category, Problem, Severity};
use crate::model::{Service, repeated};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-subnet",
    summary: "a subnet is listed twice",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html"],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(network) = service.usable_network() else { return };
    for (first, again) in repeated(network.real_subnets().map(|id| (id.value(), id))) {
        report.add(
            Problem::new(format!("subnet `{again}` is listed twice"), again.label("the same subnet again"))
                .also(first.label("first listed here"))
                .help("replace it with a subnet in another Availability Zone, or remove it: it adds no place for the tasks"),
        );
    }
}
