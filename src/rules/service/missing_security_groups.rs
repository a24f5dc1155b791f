use crate::document::ServiceForm;
use crate::finding::{Category, Problem, Severity};
use crate::model::{Service, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-security-groups",
    summary: "the tasks get the default security group of the VPC",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html"],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(network) = service.usable_network().filter(|_| service.form() != ServiceForm::Update) else {
        return;
    };
    if !network.lacks_security_groups() || service.leaves_network_open() || service.has_misplaced_subnets() {
        return;
    }
    let label = match network.node().get("securityGroups") {
        Some(empty) => empty.key_label("none is set"),
        None => network.key_label("no `securityGroups`"),
    };
    report.add(
        Problem::new(
            format!("{} sets no security groups: its tasks get the default group of the VPC", service.title()),
            label,
        )
        .help("set `securityGroups` to a group that allows only the traffic that the tasks serve; the default group usually lets no load balancer in"),
    );
}
