use crate::finding::{Category, Problem, Severity};
use crate::model::{Arn, Known, TaskDefinition, is_role_name};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::source::Cut;

pub(super) const RULE: Rule = Rule {
    id: "invalid-role-arn",
    summary: "a role is not the ARN or name of an IAM role",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("Role is not valid"),
    settings: &[],
    sources: &[
        "https://github.com/aws-samples/aws-modern-application-workshop/issues/272",
        "https://github.com/aws/containers-roadmap/issues/1390",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    for (name, role) in [("taskRoleArn", task.task_role()), ("executionRoleArn", task.execution_role())] {
        let Some(role) = role.known() else { continue };
        report.add_each(nested(name, &role));
        if let Some((what, why)) = fault(&role) {
            report.add(Problem::new(format!("`{name}` {what}"), role.label(why)).help(
                "use the ARN of a role, `arn:aws:iam::<account>:role/<name>`, or only its name: `aws iam list-roles` shows both",
            ));
        }
    }
}

/// An ARN in the path of a role is possible, but hardly meant.
fn nested(name: &str, role: &Known<&str>) -> Option<Problem> {
    Arn::read(role.value()).filter(Arn::is_role)?;
    let at = role.rfind("arn:").filter(|at| *at > 0)?;
    let inner = role.value().cut(at..);
    let problem = Problem::new(
        format!("`{name}` has an ARN inside an ARN"),
        role.part_label(at..role.len(), "a second ARN"),
    );
    Some(
        problem
            .help(format!("if the role is meant that the second one names, keep only `{inner}`"))
            .at_most(Severity::Warning),
    )
}

/// What is wrong with the value, for the message and for its label.
fn fault(role: &Known<&str>) -> Option<(String, String)> {
    let text = role.value();
    if text.starts_with("arn:") {
        let Some(arn) = Arn::read(text) else {
            return Some((
                "is not a complete ARN".to_owned(),
                "an ARN has six parts, separated by colons".to_owned(),
            ));
        };
        return (!arn.is_role()).then(|| fault_of_arn(&arn));
    }
    // Whether AWS accepts a name with its path is not known.
    if is_role_name(text)
        || (text.contains('/') && text.split('/').all(|part| part.is_empty() || is_role_name(part)))
    {
        return None;
    }
    let why = match text.find("arn:") {
        Some(_) if text.trim() != text => "whitespace around the ARN",
        Some(_) => "unexpected text before the ARN",
        None => "a role name has at most 64 characters: letters, digits and `_+=,.@-`",
    };
    Some(("is neither an ARN nor a valid role name".to_owned(), why.to_owned()))
}

fn fault_of_arn(arn: &Arn) -> (String, String) {
    if let Some(noun) = arn.noun() {
        return (format!("is {noun}, not a role"), format!("the ARN of {noun}"));
    }
    let is_iam_role = arn.service == "iam" && arn.resource.starts_with("role/");
    let why = if is_iam_role && !arn.region.is_empty() {
        "IAM ARNs have no Region: leave it empty".to_owned()
    } else if is_iam_role && !arn.has_account() {
        format!("an account ID has 12 digits, but this is `{}`", arn.account)
    } else if arn.resource.contains("arn:") {
        "an ARN inside another ARN".to_owned()
    } else if arn.service == "iam" {
        format!("`{}` is not `role/` followed by a name", arn.resource)
    } else {
        format!("an ARN of `{}`, but roles belong to `iam`", arn.service)
    };
    ("is not the ARN of a role".to_owned(), why)
}
