use crate::finding::{Category, Problem, Severity};
use crate::model::{AwsUse, LaunchType, NetworkMode, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-task-role",
    summary: "the task has no task role",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
    ],
    check: Check::TaskDefinitionInProject(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    if !task.task_role().is_missing() || task.empty_task_role().is_some() || !task.demands_task_role().is_no()
    {
        return;
    }
    // With ECS Exec, the service is reported: `missing-exec-task-role`.
    if !task.any_service(|service| service.lacks_exec_role(task)).is_no() {
        return;
    }
    let uses = task.aws_uses();
    let fargate = task.is_fargate();
    let is_on_instances = task.lists(LaunchType::Ec2).is_yes() && fargate.is_no();
    let problem = match uses.first() {
        _ if is_on_instances && task.writes(NetworkMode::None).is_no() => warned(
            task,
            "no `taskRoleArn`: on EC2 the containers can use the role of the instance",
            "all tasks on the instance share that role, which often allows more",
        )
        .help("set `taskRoleArn` to a role with just what the containers need, or to one without policies if they call no AWS service"),
        Some(shown) if uses.iter().all(|shown| shown.is_key) => {
            let title = shown.container.title();
            warned(task, &format!("no `taskRoleArn`: {title} uses an access key instead"), LACKS)
                .help("set `taskRoleArn` to a role with just what the container needs, and delete the key: ECS renews the credentials of a role by itself")
        }
        Some(shown) => {
            let title = shown.container.title();
            let effect = if fargate.is_yes() { ": on Fargate ECS gives it no credentials" } else { "" };
            warned(task, &format!("no `taskRoleArn`, but {title} seems to call AWS{effect}"), LACKS)
                .help("set `taskRoleArn` to a role with just what the container needs; if it gets its credentials elsewhere, skip this rule: `--skip missing-task-role`")
        }
        None => {
            let is_cut_off = task.writes(NetworkMode::None).is_yes();
            let effect = if fargate.is_yes() {
                "on Fargate the containers get no AWS credentials"
            } else if is_cut_off || task.leaves_out(LaunchType::Ec2).is_yes() {
                "the containers get no AWS credentials from ECS"
            } else {
                "the containers get no AWS credentials on Fargate, and can use the role of the instance on EC2"
            };
            let label = task.name_label("needed only if a container calls AWS");
            Problem::new(format!("no `taskRoleArn`: {effect}"), label).at_most(Severity::Note)
        }
    };
    report.add(problem.also_each(uses.iter().take(SHOWN).map(AwsUse::label)));
}

const LACKS: &str = "`taskRoleArn` is missing";

/// How many signs of calls to AWS are shown.
const SHOWN: usize = 3;

fn warned(task: &TaskDefinition, message: &str, label: &str) -> Problem {
    Problem::new(message, task.name_label(label))
}
