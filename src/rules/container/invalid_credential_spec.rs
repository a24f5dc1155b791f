use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, CredentialSpecFault};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-credential-spec",
    summary: "a credential spec is not in a form that the agent reads",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("unsupported credentialspec ARN, only s3/ssm ARNs are valid"),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
        "https://github.com/aws/amazon-ecs-agent/tree/master/agent/taskresource/credentialspec",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    for spec in container.credential_specs() {
        let Some(fault) = CredentialSpecFault::of(&spec) else { continue };
        let why = match fault {
            CredentialSpecFault::NoPrefix => {
                "must start with `credentialspec:` or `credentialspecdomainless:`"
            }
            CredentialSpecFault::NoArn => "no ARN after the prefix",
            CredentialSpecFault::OtherArn => "must be an ARN of S3 or Systems Manager",
        };
        let prefix = if container.is_fargate().is_yes() {
            "`credentialspecdomainless:` (Fargate supports no other)"
        } else {
            "`credentialspec:` or `credentialspecdomainless:`"
        };
        let problem = Problem::new(format!("`{spec}` is not a valid credential spec"), spec.label(why))
            .help(format!("use {prefix} followed by the ARN of an S3 object or an SSM parameter"));
        report.add(match fault {
            CredentialSpecFault::OtherArn => problem.warning_unless(container.runs_on_docker()),
            _ => problem.warning_unless(false),
        });
    }
}
