use crate::finding::{Category, Problem, Severity};
use crate::model::{Evidence, Exposed, Sign};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "suspected-secret",
    summary: "a value is likely to be a credential in plain text",
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
    let (message, label) = match exposed.evidence {
        Evidence::Text(Sign::Name) => ("is set in plain text".to_owned(), "secret, judging by its name"),
        Evidence::Text(Sign::Member) => {
            ("contains a secret in plain text".to_owned(), "secret, judging by its name")
        }
        Evidence::Text(Sign::CommonForm(what)) => {
            (format!("contains {what}"), "secret, unless it is meant to be public")
        }
        _ => return,
    };
    let problem = Problem::new(format!("{} {message}", exposed.title), exposed.label(label));
    report.add(problem.conceal(exposed.secrets()).help(format!(
        "{}: {}",
        exposed.audience(),
        exposed.remedy("it")
    )));
}
