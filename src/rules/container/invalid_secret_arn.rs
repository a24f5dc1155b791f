use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{FetchedValue, Holder, Known, LaunchType, SecretArn};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::source::Cut;

pub(super) const RULE: Rule = Rule {
    id: "invalid-secret-arn",
    summary: "the ARN of a secret has the wrong number of parts",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&[
        "ResourceInitializationError: … an invalid ARN format for the AWS Secrets Manager secret was specified. Specify a valid ARN and try again.",
        "unexpected ARN format with parameters when trying to retrieve ASM secret",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/aws/amazon-ecs-agent/blob/master/agent/taskresource/asmsecret/asmsecret.go",
        "https://github.com/kayac/ecspresso/issues/532",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
    ],
    check: Check::FetchedValue(check),
};

fn check(value: &FetchedValue, report: &mut Report) {
    let Some(arn) = value.secret_arn().filter(|arn| !arn.is_well_formed()) else { return };
    let label = match arn.extras_range() {
        extras if extras.is_empty() => arn.label("too few parts for the ARN of a secret"),
        extras => arn.part_label(extras, "read as `:json-key:version-stage:version-id`"),
    };
    let message =
        format!("the ARN of {} in {} has the wrong number of parts", value.title(), value.holder.title());
    let problem = Problem::new(message, label);
    report.add(said(with_advice(problem, &arn), &value.holder));
}

fn with_advice<'d>(problem: Problem, arn: &Known<'d, SecretArn<'d>>) -> Problem {
    let from = arn.extras_range().start;
    let rewrite = |safety, text: &str| {
        let title = format!("end the ARN with `{}`", text.cut(from..));
        arn.set(safety, text).titled(title)
    };
    if let Some(whole) = arn.completed() {
        let help = "the last three parts come together, each with its colon, even if empty";
        return problem.help(help).fix(rewrite(Safety::Safe, &whole));
    }
    match arn.with_one_key() {
        Some(whole) => {
            let help = format!("for a single JSON key, end the ARN with `{}`", whole.cut(from..));
            problem.help(help).fix(rewrite(Safety::Shown, &whole))
        }
        None => problem.help(
            "use `arn:aws:secretsmanager:<region>:<account>:secret:<name>`, followed by `:<key>::` for a single JSON key",
        ),
    }
}

/// Adds the platform's reply, if known.
fn said(problem: Problem, holder: &Holder) -> Problem {
    let Some(task) = holder.task() else { return problem };
    if task.is_fargate().is_yes() {
        problem.reply(0, &[])
    } else if task.lists(LaunchType::Ec2).is_yes() {
        problem.reply(1, &[])
    } else {
        problem
    }
}
