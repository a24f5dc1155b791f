use crate::finding::{Category, Problem, Severity};
use crate::model::{
    Arn, FetchedValue, Known, PlaceFault, SecretSource, is_parameter_name, is_parameter_resource,
    parameter_extras,
};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-secret-reference",
    summary: "`valueFrom` names neither a secret nor a parameter",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "ResourceInitializationError: … invalid ssm parameters: {name}",
        "The Systems Manager parameter name specified for secret {secret} is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.-",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html",
        "https://github.com/kayac/ecspresso/blob/v2/verify.go",
        "https://github.com/aws/containers-roadmap/issues/510",
        "https://github.com/aws/copilot-cli/issues/3446",
        "https://github.com/hashicorp/terraform/issues/22926",
    ],
    check: Check::FetchedValue(check),
};

const FORMS: &str = "set it to the ARN of a secret, the ARN of a parameter, or the name of a parameter";

fn check(fetched: &FetchedValue, report: &mut Report) {
    let Some(value) = fetched.secret.value_from().known() else { return };
    let Some(source) = fetched.secret.source().known() else { return };
    let problem = match source.value() {
        // A wrong number of parts is reported by `invalid-secret-arn`.
        SecretSource::SecretsManager(secret) if !secret.is_well_formed() => return,
        SecretSource::SecretsManager(secret) => match secret.arn() {
            Some(arn) => without_place(fetched, &value, &arn),
            None => None,
        },
        SecretSource::Elsewhere(arn) => Some(
            Problem::new(
                message(fetched, "is fetched from something that is neither a secret nor a parameter"),
                value.part_label(service_range(&value, arn.service), "must be `secretsmanager` or `ssm`"),
            )
            .help(FORMS)
            .at_most(Severity::Warning),
        ),
        SecretSource::Broken => Some(
            Problem::new(message(fetched, "has an incomplete ARN"), value.label(missing_parts(&value)))
                .help(FORMS),
        ),
        SecretSource::Parameter(arn) => {
            without_place(fetched, &value, &arn).or_else(|| of_parameter(fetched, &value, &arn))
        }
        SecretSource::Name(name) if !is_parameter_name(name) => Some(by_name(fetched, &value)),
        SecretSource::Name(_) => None,
    };
    report.add_each(problem);
}

/// An ARN without an account or a Region.
fn without_place(fetched: &FetchedValue, value: &Known<&str>, arn: &Arn) -> Option<Problem> {
    let fault = PlaceFault::of(arn)?;
    let region = service_range(value, arn.service).end + 1;
    let account = region + arn.region.len() + 1;
    // An empty part, between two colons.
    let at = match fault {
        PlaceFault::NoAccount => account - 1..account + 1,
        PlaceFault::NoRegion => region - 1..region + 1,
        _ => account..account + arn.account.len(),
    };
    let (what, label) = match fault {
        PlaceFault::NoAccount => ("has an ARN without an account", "the account is missing"),
        PlaceFault::NoRegion => ("has an ARN without a Region", "the Region is missing"),
        _ => ("has an ARN with an invalid account ID", "must be twelve digits"),
    };
    let help = match fault {
        PlaceFault::NoRegion => "add the Region between the two colons",
        PlaceFault::NoAccount => "add the twelve-digit account ID between the two colons",
        _ => "use the twelve-digit account ID",
    };
    let problem = Problem::new(message(fetched, what), value.part_label(at, label)).help(help);
    // A value that is filled in later may look like a name.
    let is_named = fault == PlaceFault::NamedAccount;
    Some(if is_named { problem.at_most(Severity::Warning) } else { problem })
}

/// A resource of SSM that is not a parameter, or more than one.
fn of_parameter(fetched: &FetchedValue, value: &Known<&str>, arn: &Arn) -> Option<Problem> {
    let start = value.len() - arn.resource.len();
    let problem = if !is_parameter_resource(arn.resource) {
        Problem::new(
            message(fetched, "has an SSM ARN that is not a parameter ARN"),
            value.part_label(start..value.len(), "must be `parameter/<name>`"),
        )
        .help("use `parameter/` and the name without its leading `/`: `/web/token` becomes `parameter/web/token`")
    } else {
        let extras = parameter_extras(arn.resource)?;
        Problem::new(
            message(fetched, "requests part of a parameter"),
            value.part_label(value.len() - extras.len()..value.len(), "only secrets have JSON keys"),
        )
        .help(format!("delete `{extras}`: the whole parameter is fetched; for a single JSON key, use a secret in Secrets Manager"))
    };
    Some(problem.at_most(Severity::Warning))
}

/// What an ARN with too few parts most likely lacks.
fn missing_parts(arn: &str) -> &'static str {
    match arn.split(':').count() {
        5 => "one of its six parts is missing, such as the account",
        _ => "an ARN has six parts, separated by colons",
    }
}

fn message(fetched: &FetchedValue, fault: &str) -> String {
    format!("{} of {} {fault}", fetched.title(), fetched.holder.title())
}

/// A bare name that no parameter can have.
fn by_name(fetched: &FetchedValue, name: &Known<&str>) -> Problem {
    let bad = name.char_indices().find(|(_, c)| !(c.is_ascii_alphanumeric() || "_./-".contains(*c)));
    let (label, help) = match bad {
        Some((at, ':')) => (
            name.part_label(at..name.len(), "parameter names have no colon"),
            "for a secret of Secrets Manager, set it to the whole ARN: without `arn:` the value is the name of an SSM parameter".to_owned(),
        ),
        Some((at, c)) => (
            name.part_label(at..at + c.len_utf8(), "not allowed in a parameter name"),
            FORMS.to_owned(),
        ),
        None => (
            name.label("a path must start with `/`"),
            format!("use `/{name}`: a parameter name that contains a `/` must start with one"),
        ),
    };
    let message = message(fetched, "is not a valid parameter name");
    let problem = Problem::new(message, label).help(help);
    // How AWS treats a path without its leading slash is not recorded.
    if bad.is_none() {
        return problem.at_most(Severity::Warning);
    }
    if fetched.holder.task().is_some_and(|task| task.is_fargate().is_yes()) {
        problem.reply(0, &[("name", &name)])
    } else {
        problem
    }
}

/// The bytes of the service in an ARN.
fn service_range(arn: &str, service: &str) -> std::ops::Range<usize> {
    let start: usize = arn.split(':').take(2).map(|part| part.len() + 1).sum();
    start..start + service.len()
}
