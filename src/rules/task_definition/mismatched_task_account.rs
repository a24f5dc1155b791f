use crate::finding::{Category, Problem, Severity};
use crate::model::{AccountUse, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "mismatched-task-account",
    summary: "a task definition uses roles or parameters of different accounts",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "The Systems Manager parameter ARN has a different account ID than the current account. The current account ID is {account} and the ARN account ID is {other}. Cross-account access for ARNs is not currently supported.",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/awsdocs/amazon-ecs-developer-guide/issues/167",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let roles = task.role_accounts();
    let Some(own) = roles.first() else { return };
    if let Some(other) = roles.iter().find(|role| !role.is_of(own)) {
        report.add(
            Problem::new(
                format!(
                    "the two roles of the task belong to `{}` and `{}`",
                    own.told(other),
                    other.told(own)
                ),
                other.label(format!("belongs to `{}`", other.told(own))),
            )
            .also(own.label(format!("belongs to `{}`", own.told(other))))
            .help("a task and its roles belong to one account: use a role of that account"),
        );
    }
    let foreign: Vec<AccountUse> = task
        .parameter_accounts()
        .into_iter()
        .filter(|parameter| !roles.iter().any(|role| parameter.is_of(role)))
        .collect();
    let Some((first, others)) = foreign.split_first() else { return };
    let problem = Problem::new(
        format!("the task belongs to `{}`, but it fetches parameters from `{}`", own.told(first), first.told(own)),
        first.label("another account"),
    )
    .also_each(others.iter().map(|other| other.label("here too")))
    .also(own.label("the account of the task"))
    .help("move the parameter to the task's account, or make it an advanced parameter and share it with that account");
    let (account, other) = (own.arn.account, first.arn.account);
    report.add(if own.has_another_account(first) {
        problem.reply(0, &[("account", &account), ("other", &other)])
    } else {
        problem
    });
}
