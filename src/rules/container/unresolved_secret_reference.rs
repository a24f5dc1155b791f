use crate::finding::{Category, Label, Problem, Severity};
use crate::model::{Container, SecretArn};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unresolved-secret-reference",
    summary: "an environment variable is set to a reference to a secret that nothing resolves there",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    for variable in container.environment().items() {
        let Some(name) = variable.name().known() else { continue };
        if let Some(reference) = variable.lost_reference() {
            report.add(
                Problem::new(
                    format!("`{name}` of {} is a reference that only CloudFormation resolves", container.title()),
                    Label::new(reference.place(), "the container gets this text"),
                )
                .help("move it to `secrets`, with the name or the ARN of the parameter or secret as `valueFrom`"),
            );
            continue;
        }
        let Some(value) = variable.value().known() else { continue };
        // A program may well read a whole secret by its ARN, but only ECS knows what may follow the ARN.
        let Some(arn) = SecretArn::read(value.value()) else { continue };
        let parts = [arn.json_key(), arn.version_stage(), arn.version_id()];
        if !arn.is_well_formed() || parts.iter().all(Option::is_none) {
            continue;
        }
        let range = arn.extras_range();
        report.add(
            Problem::new(
                format!(
                    "`{name}` of {} is the text of a secret reference, not the secret",
                    container.title()
                ),
                value.part_label(range, "only `valueFrom` resolves this"),
            )
            .help("move it to `secrets`, with this value as `valueFrom`"),
        );
    }
}
