use crate::finding::{Category, Problem, Severity};
use crate::model::{Evidence, Exposed, Sign};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "plaintext-url-password",
    summary: "a URL or a connection string contains a password",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html"],
    check: Check::Credential(check),
};

fn check(exposed: &Exposed, report: &mut Report) {
    let what = match exposed.evidence {
        Evidence::Text(Sign::Url) => "a URL with a password",
        Evidence::Text(Sign::ConnectionString) => "a connection string with a password",
        _ => return,
    };
    let problem =
        Problem::new(format!("{} contains {what}", exposed.title), exposed.label("a password in plain text"));
    report.add(problem.conceal(exposed.secrets()).help(format!(
        "change the password, because {}; then {}",
        exposed.audience(),
        exposed.remedy("the whole value")
    )));
}
