use crate::finding::{Category, Problem, Severity};
use crate::model::TaskDefinition;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "shared-role",
    summary: "the containers use the role of ECS itself",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(shared) = task.shared_role() else { return };
    report.add(
        Problem::new(
            format!("`taskRoleArn` and `executionRoleArn` are the same role, `{}`", shared.name),
            shared.task.label("the program in the containers uses it"),
        )
        .also(shared.execution.label("ECS uses it to start the task"))
        .help("set `taskRoleArn` to a role with just what the program needs: with this one, it can also pull the images and read the secrets that ECS fetches"),
    );
}
