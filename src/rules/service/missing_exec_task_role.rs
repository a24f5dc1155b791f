use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-exec-task-role",
    summary: "a service enables ECS Exec but its tasks have no role",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always(
        "The service couldn't be updated because a valid taskRoleArn is not being used. Specify a valid task role in your task definition and try again.",
    ),
    settings: &[],
    sources: &[
        "https://github.com/aws/aws-cli/issues/6242",
        "https://github.com/aws/aws-toolkit-jetbrains/issues/3649",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let (Some(task), Some(enabled)) = (service.task_definition(), service.executes_commands()) else {
        return;
    };
    if !service.lacks_exec_role(&task).is_yes() {
        return;
    }
    let mut problem = Problem::new(
        format!("{} enables ECS Exec, but its tasks have no role", service.title()),
        enabled.key_label("requires a task role"),
    )
    .also(task.name_label("no `taskRoleArn`"))
    .help("set `taskRoleArn` in the task definition to a role that allows the four `ssmmessages` actions that create and open channels");
    let execution = task.execution_role().known();
    problem.also.extend(execution.map(|role| role.key_label("the role of ECS, not of the containers")));
    report.add(problem);
}
