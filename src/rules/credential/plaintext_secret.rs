use crate::finding::{Category, Problem, Severity};
use crate::model::{Evidence, Exposed, Sign};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "plaintext-secret",
    summary: "a credential is in plain text",
    category: Category::Security,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html"],
    check: Check::Credential(check),
};

fn check(exposed: &Exposed, report: &mut Report) {
    let Evidence::Text(Sign::Form(what)) = exposed.evidence else { return };
    let problem = Problem::new(format!("{} contains {what}", exposed.title), exposed.label(what));
    let help = match exposed.is_half {
        true => "the ID alone opens nothing; to hide it too, fetch it with `secrets` as well".to_owned(),
        false => {
            format!("revoke it, because {}; then {}", exposed.audience(), exposed.remedy("a new one"))
        }
    };
    report.add(problem.conceal(exposed.secrets()).help(help).warning_unless(!exposed.is_half));
}
