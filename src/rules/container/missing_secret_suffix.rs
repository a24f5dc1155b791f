use crate::finding::{Category, Problem, Severity};
use crate::model::FetchedValue;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-secret-suffix",
    summary: "the ARN of a secret does not end with the six-character suffix",
    category: Category::Broken,
    severity: Severity::Note,
    profile: Profile::Asked,
    fix: None,
    reply: Reply::Always("ResourceNotFoundException"),
    settings: &[],
    sources: &[
        "https://github.com/aws/amazon-ecs-agent/blob/master/agent/taskresource/asmsecret/asmsecret.go",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
        "https://github.com/aws/aws-cdk/issues/11526",
    ],
    check: Check::FetchedValue(check),
};

fn check(value: &FetchedValue, report: &mut Report) {
    let Some(arn) = value.secret_arn() else { return };
    let parts = [arn.json_key(), arn.version_stage(), arn.version_id()];
    let asks_for_a_part = parts.iter().any(Option::is_some);
    if !asks_for_a_part || arn.has_suffix() {
        return;
    }
    report.add(
        Problem::new(
            format!(
                "the ARN of {} in {} does not end with the six-character suffix of a full ARN",
                value.title(),
                value.holder.title()
            ),
            arn.part_label(arn.secret_name_range(), "no `-` and six characters at the end"),
        )
        .help("copy the full ARN from Secrets Manager; it ends with a suffix such as `-AbCdEf`"),
    );
}
