use crate::finding::{Category, Problem, Severity};
use crate::model::{Arn, Known, Service, most_frequent};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "mismatched-region",
    summary: "a service refers to resources in different Regions",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRegistry.html",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let arns = service.regional_arns();
    let Some(expected) = most_frequent(arns.iter().map(place)) else { return };
    let Some(odd) = arns.iter().find(|arn| place(arn) != expected) else { return };
    let others = arns.iter().filter(|arn| arn.node().index() != odd.node().index());
    let (wrong, right) = (place(odd), expected);
    report.add(
        Problem::new(
            format!("{} is in `{}` but refers to a resource in `{}`", service.title(), told(right, wrong), told(wrong, right)),
            odd.label(format!("in `{}`", told(wrong, right))),
        )
        .also_each(others.map(|arn| arn.label(format!("in `{}`", told(place(arn), if place(arn) == wrong { right } else { wrong })))))
        .help("a service, its cluster, task definition, target groups and registry must be in one Region: use the ARN of the resource in that Region"),
    );
}

/// The partition and the Region.
fn place<'d>(arn: &Known<'d, Arn<'d>>) -> (&'d str, &'d str) {
    (arn.partition, arn.region)
}

/// The part that distinguishes one place from another: the Region, or else the partition.
fn told<'d>(place: (&'d str, &'d str), other: (&'d str, &'d str)) -> &'d str {
    if place.1 == other.1 { place.0 } else { place.1 }
}
