use crate::finding::{Category, Problem, Severity};
use crate::model::{Evidence, Exposed, Sign};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "secret-in-command",
    summary: "a command contains a credential",
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
    let Evidence::Text(Sign::Command(place)) = exposed.evidence else { return };
    let problem = Problem::new(format!("{} contains a credential", exposed.title), exposed.label(place));
    report.add(problem.conceal(exposed.secrets()).help(
        "change it, because everyone who can describe the task definition can read it; fetch the value with `secrets`, and let a shell fill it in: `$NAME`",
    ));
}
