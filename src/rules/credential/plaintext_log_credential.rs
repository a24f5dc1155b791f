use crate::finding::{Category, Problem, Severity};
use crate::model::{Evidence, Exposed, Sign};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "plaintext-log-credential",
    summary: "a log option contains a credential in plain text",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html"],
    check: Check::Credential(check),
};

fn check(exposed: &Exposed, report: &mut Report) {
    let Evidence::Text(Sign::LogOption) = exposed.evidence else { return };
    let problem =
        Problem::new(format!("{} is set in plain text", exposed.title), exposed.label("a credential"));
    report.add(problem.conceal(exposed.secrets()).help(format!(
        "{}: {}",
        exposed.audience(),
        exposed.remedy("it")
    )));
}
