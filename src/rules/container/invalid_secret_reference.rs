use crate::finding::{Category, Problem, Severity};
use crate::model::{FetchedValue, Known, SecretSource, is_parameter_name, is_parameter_resource};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "invalid-secret-reference",
    summary: "`valueFrom` names neither a secret nor a parameter",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    aws_says: &["ResourceInitializationError: … invalid ssm parameters: {name}"],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html",
        "https://github.com/kayac/ecspresso/blob/v2/verify.go",
        "https://github.com/aws/containers-roadmap/issues/510",
    ],
    page: page!("container/invalid-secret-reference"),
    check: Check::FetchedValue(check),
};

fn check(fetched: &FetchedValue, report: &mut Report) {
    let Some(value) = fetched.secret.value_from().known() else { return };
    let Some(source) = fetched.secret.source().known() else { return };
    let problem = match source.value() {
        SecretSource::Elsewhere(arn) => Problem::new(
            message(fetched, "is fetched from something that is neither a secret nor a parameter"),
            value.part_label(service_range(&value, arn.service), "only `secretsmanager` and `ssm` hold secrets"),
        )
        .help("write the ARN of a secret, the ARN of a parameter, or the name of a parameter"),
        SecretSource::Broken => Problem::new(message(fetched, "has an incomplete ARN"), value.label("no whole ARN"))
            .help("write the ARN of a secret, the ARN of a parameter, or the name of a parameter"),
        SecretSource::Parameter(arn) if !is_parameter_resource(arn.resource) => Problem::new(
            message(fetched, "has an ARN that is not that of a parameter"),
            value.part_label(value.len() - arn.resource.len()..value.len(), "not of the form `parameter/name`"),
        )
        .help("write `parameter/` and the name without its first `/`: `/web/token` becomes `parameter/web/token`"),
        SecretSource::Name(name) if !is_parameter_name(name) => by_name(fetched, &value),
        _ => return,
    };
    report.add(problem);
}

fn message(fetched: &FetchedValue, fault: &str) -> String {
    format!("{} of {} {fault}", fetched.title(), fetched.holder.title())
}

/// A bare name that no parameter can have.
fn by_name(fetched: &FetchedValue, name: &Known<&str>) -> Problem {
    let bad = name.char_indices().find(|(_, c)| !(c.is_ascii_alphanumeric() || "_./-".contains(*c)));
    let (label, help) = match bad {
        Some((at, ':')) => (
            name.part_label(at..name.len(), "no name of a parameter has a colon"),
            "for a secret of Secrets Manager write its whole ARN: without `arn:` the value is the name of an SSM parameter".to_owned(),
        ),
        Some((at, c)) => (
            name.part_label(at..at + c.len_utf8(), "not part of any name"),
            "write the name of an SSM parameter, or the ARN of a secret or a parameter".to_owned(),
        ),
        None => (
            name.label("a path without its first `/`"),
            format!("write `/{name}`: the name of a parameter that has a `/` starts with one"),
        ),
    };
    let message = message(fetched, "names a parameter that cannot exist");
    let problem = Problem::new(message, label).help(help);
    if fetched.holder.task().is_some_and(|task| task.is_fargate().is_yes()) {
        problem.aws_says(format!("ResourceInitializationError: … invalid ssm parameters: {name}"))
    } else {
        problem
    }
}

/// The bytes of the service in an ARN.
fn service_range(arn: &str, service: &str) -> std::ops::Range<usize> {
    let start: usize = arn.split(':').take(2).map(|part| part.len() + 1).sum();
    start..start + service.len()
}
