use crate::finding::{Category, Problem, Severity};
use crate::model::{Service, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "missing-load-balancer-target",
    summary: "a load balancer entry lacks its target group, container or port",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    if !service.is_whole() || !service.is_controlled_by("EXTERNAL").is_no() {
        return;
    }
    for balancer in service.load_balancers().items() {
        let mut lacks = Vec::new();
        if balancer.target_group().is_missing() && balancer.classic_name().is_missing() {
            lacks.push("targetGroupArn");
        }
        if balancer.container_name().is_missing() {
            lacks.push("containerName");
        }
        if balancer.container_port().is_missing() {
            lacks.push("containerPort");
        }
        let Some(first) = lacks.first() else { continue };
        let missing = listed(lacks.iter().copied());
        // Whoever fills in the network, or other blanks, also fills in the target group.
        let is_blank = || balancer.has_empty_target_group() && service.holds_samples();
        let is_certain = lacks != ["targetGroupArn"] || !(service.leaves_network_open() || is_blank());
        report.add(
            Problem::new(
                format!("a load balancer of {} has no {missing}", service.title()),
                balancer.missing_label(first, format!("no {missing}")),
            )
            .help(format!("set {missing}"))
            .warning_unless(is_certain),
        );
    }
}
