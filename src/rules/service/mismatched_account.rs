use crate::finding::{Category, Problem, Severity};
use crate::model::{Arn, Known, Service, most_frequent};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "mismatched-account",
    summary: "a service refers to resources in different accounts",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html"],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let arns = service.accounted_arns();
    let Some(expected) = most_frequent(arns.iter().map(account)) else { return };
    let Some(odd) = arns.iter().find(|arn| account(arn) != expected) else { return };
    let others = arns.iter().filter(|arn| arn.node().index() != odd.node().index());
    report.add(
        Problem::new(
            format!("{} refers to resources in two accounts, {expected} and {}", service.title(), account(odd)),
            odd.label(format!("in account {}", account(odd))),
        )
        .also_each(others.map(|arn| arn.label(format!("in account {}", account(arn)))))
        .help("a service, its cluster, target groups and roles must be in one account: use the ARN of the resource in that account"),
    );
}

fn account<'d>(arn: &Known<'d, Arn<'d>>) -> &'d str {
    arn.account
}
