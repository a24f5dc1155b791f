use crate::finding::{Category, Problem, Severity};
use crate::model::{Service, repeated};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-target-group",
    summary: "a service names a target group twice in a blue/green deployment",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["Duplicate targetGroupArn found: {arn}"]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshooting-blue-green.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let strategy = service.deployment_strategy().known();
    let has_advanced = service.load_balancers().items().any(|balancer| balancer.advanced().known().is_some());
    let shifts = has_advanced || strategy.is_some_and(|strategy| strategy.value() != "ROLLING");
    if !shifts || service.is_described() {
        return;
    }
    for (first, second) in repeated(service.target_groups().map(|group| (group.value(), group))) {
        let name = second.rsplit('/').nth(1).unwrap_or(&second).to_owned();
        report.add(
            Problem::new(format!("the target group `{name}` is named twice"), second.label("named again"))
                .also(first.label("first named here"))
                .help("traffic moves from one target group to the other: use a second target group")
                .reply(0, &[("arn", &second)]),
        );
    }
}
