use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, NetworkMode, is_search_domain};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-search-domain",
    summary: "an entry of `dnsSearchDomains` is not a domain name",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/create-task-definition.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    // With awsvpc, the whole list is reported by unsupported-search-domains.
    if !container.task().is_some_and(|task| task.runs_in(NetworkMode::Awsvpc).is_no()) {
        return;
    }
    for domain in container.dns_search_domains().filter(|domain| !is_search_domain(domain)) {
        report.add(
            Problem::new(
                format!(
                    "`{domain}` in `dnsSearchDomains` of {} is not a valid domain name",
                    container.title()
                ),
                domain.label(reason(&domain)),
            )
            .help("use a domain of letters, digits, hyphens and dots, such as `corp.example`"),
        );
    }
}

fn reason(domain: &str) -> String {
    let is_odd = |letter: &char| !letter.is_ascii_alphanumeric() && !matches!(letter, '.' | '-');
    if let Some(odd) = domain.chars().find(is_odd) {
        format!("`{odd}` is not allowed in a domain name")
    } else if domain.len() > 254 {
        "longer than 254 characters".to_owned()
    } else {
        "must end with a letter or a digit".to_owned()
    }
}
