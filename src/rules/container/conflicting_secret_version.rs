use crate::finding::{Category, Problem, Severity};
use crate::model::FetchedValue;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-secret-version",
    summary: "a secret reference has both a version stage and a version id",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
    ],
    check: Check::FetchedValue(check),
};

fn check(value: &FetchedValue, report: &mut Report) {
    let Some(arn) = value.secret_arn() else { return };
    let (Some(stage), Some(id)) = (arn.version_stage(), arn.version_id()) else { return };
    report.add(
        Problem::new(
            format!("{} in {} sets both a version stage and a version id", value.title(), value.holder.title()),
            arn.part_label(arn.extras_range(), "only one of these is allowed"),
        )
        .help(format!(
            "keep `{stage}`, which follows the rotation of the secret, or `{id}`, which never changes, and leave the other empty"
        )),
    );
}
