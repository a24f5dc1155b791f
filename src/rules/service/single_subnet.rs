use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "single-subnet",
    summary: "all tasks run in one Availability Zone",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html",
        "https://docs.aws.amazon.com/awssupport/latest/user/fault-tolerance-checks.html",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(subnet) = service.usable_network().and_then(|network| network.only_subnet()) else { return };
    report.add(
        Problem::new(
            format!("{} runs all its tasks in one subnet, and so in one Availability Zone", service.title()),
            subnet.label("the only subnet"),
        )
        .help("add at least one subnet in another Availability Zone: the tasks then survive the loss of one"),
    );
}
