use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ignored-registry-credentials",
    summary: "`repositoryCredentials` are set for an image in ECR, which does not use them",
    category: Category::Ignored,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(image) = container.image().known() else { return };
    let Some(credentials) = container.repository_credentials().present() else { return };
    // Without a secret they are reported by `missing-field`.
    if !image.is_private_ecr() || container.credentials_parameter().is_missing() {
        return;
    }
    report.add(
        Problem::new(
            format!("{} has `repositoryCredentials` for an image in ECR", container.title()),
            credentials.key_label("only for registries other than ECR"),
        )
        .also(image.label("pulled with the execution role"))
        .help("delete `repositoryCredentials`: ECS pulls from ECR with the role in `executionRoleArn`")
        .fix(credentials.delete(Safety::Shown))
        .unless(credentials.doubt()),
    );
}
