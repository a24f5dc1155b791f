use crate::finding::{Category, Problem, Severity};
use crate::model::{Arn, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-target-group-arn",
    summary: "a target group is not the ARN of one",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html"],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    for group in service.target_groups() {
        let arn = Arn::read(group.value());
        if arn.is_some_and(|arn| arn.may_be_target_group()) {
            continue;
        }
        let what = match arn.and_then(|arn| arn.noun()) {
            Some("a target group") => "this target group ARN is incomplete".to_owned(),
            Some(noun) => format!("this is {noun}"),
            None if arn.is_some() => "this is the ARN of something else".to_owned(),
            None => "not an ARN".to_owned(),
        };
        report.add(
            Problem::new("a load balancer does not name a target group by its ARN", group.label(what)).help(
                "use the ARN of the target group: `arn:aws:elasticloadbalancing:<Region>:<account>:targetgroup/<name>/<16 digits>`",
            ),
        );
    }
}
