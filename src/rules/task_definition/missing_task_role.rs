use crate::finding::{Category, Problem, Severity};
use crate::model::{LaunchType, TaskDefinition};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "missing-task-role",
    summary: "the task has no role of its own",
    category: Category::Security,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
    ],
    page: page!("task-definition/missing-task-role"),
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    if !task.task_role().is_missing() || task.empty_task_role().is_some() || !task.demands_task_role().is_no()
    {
        return;
    }
    let fargate = task.is_fargate();
    let effect = if fargate.is_yes() {
        "on Fargate the containers have no AWS credentials at all"
    } else if task.lists(LaunchType::Ec2).is_yes() && fargate.is_no() {
        "the containers use the role of the instance, which often may do more"
    } else {
        "on Fargate the containers have no AWS credentials, on EC2 those of the instance"
    };
    report.add(
        Problem::new(format!("the task has no role of its own: {effect}"), task.name_label("lacks `taskRoleArn`"))
            .help("set `taskRoleArn` to a role with just what the containers need; if they call no AWS service, skip this rule: `--skip missing-task-role`"),
    );
}
