use crate::finding::{Category, Problem, Severity};
use crate::model::{Evidence, Exposed};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "plaintext-aws-credentials",
    summary: "an AWS credential is set in plain text",
    category: Category::Security,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
    ],
    check: Check::Credential(check),
};

fn check(exposed: &Exposed, report: &mut Report) {
    let Evidence::AwsVariable { is_certain } = exposed.evidence else { return };
    let also = exposed.also.iter();
    let verb = if exposed.also.iter().all(|one| one.name.is_empty()) { "is" } else { "are" };
    let names = std::iter::once(exposed).chain(also.clone()).map(|one| one.name.as_str());
    let names = names.filter(|name| !name.is_empty());
    let problem = Problem::new(
        format!("{} of {} {verb} set in plain text", crate::words::listed(names), exposed.owner),
        exposed.label("readable in the task definition"),
    )
    .also_each(also.map(|other| other.label("")))
    .conceal(exposed.secrets())
    .help(match exposed.name.as_str() {
        "ECS_ENGINE_AUTH_DATA" => "revoke the login in the registry, and remove the variable: only the ECS agent reads it, from `/etc/ecs/ecs.config` of the instance; a container has `repositoryCredentials` for it",
        _ => "deactivate the key in IAM, and give the task a `taskRoleArn`: the AWS SDKs then get temporary credentials on their own",
    });
    report.add(problem.warning_unless(is_certain && !exposed.is_half));
}
