use crate::finding::{Category, Problem, Severity};
use crate::model::Container;
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "conflicting-secret-version",
    summary: "a secret is asked for by version stage and by version id at once",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
    ],
    page: page!("container/conflicting-secret-version"),
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    for (secret, arn) in container.secret_arns() {
        let (Some(stage), Some(id)) = (arn.version_stage(), arn.version_id()) else { continue };
        report.add(
            Problem::new(
                format!("{} in {} names a version stage and a version id", secret.title(), container.title()),
                arn.part_label(arn.extras_range(), "one of these is too many"),
            )
            .help(format!(
                "keep `{stage}`, which follows the rotation of the secret, or `{id}`, which never changes, and leave the other empty"
            )),
        );
    }
}
