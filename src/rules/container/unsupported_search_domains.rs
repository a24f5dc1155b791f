use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, NetworkMode};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-search-domains",
    summary: "network mode `awsvpc` may not support `dnsSearchDomains`",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Unsafe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let mode = container.task().and_then(|task| task.writes_mode(&[NetworkMode::Awsvpc]));
    let (Some(mode), Some(domains)) = (mode, container.content_of("dnsSearchDomains")) else { return };
    let fix = domains.delete(Safety::Unsafe);
    report.add(
        Problem::new(
            format!("{} sets `dnsSearchDomains`, which network mode `awsvpc` may not support", container.title()),
            domains.key_label("AWS lists it as unsupported for such tasks"),
        )
        .also(mode.label("the network mode"))
        .help("delete `dnsSearchDomains`, and use full host names or set the domain in the DHCP options of the VPC")
        .fix(fix)
        .unless(domains.doubt()),
    );
}
