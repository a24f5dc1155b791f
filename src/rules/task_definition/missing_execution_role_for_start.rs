use super::missing_execution_role::place_of_role;
use crate::finding::{Category, Problem, Severity};
use crate::model::TaskDefinition;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-execution-role-for-start",
    summary: "a container needs an execution role to start, but there is none",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("unable to find execution role credentials"),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
        "https://github.com/aws/amazon-ecs-agent",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    if !task.execution_role().is_missing() || !task.lacks_execution_role().is_no() {
        return;
    }
    let uses = task.execution_role_uses();
    let Some((first, others)) = uses.split_first() else { return };
    let message = format!("the task needs an execution role to start: {} {}", first.container, first.what);
    let mut problem =
        Problem::new(message, first.key_label("the ECS agent does this with the execution role"));
    problem.also.extend(others.iter().map(|other| other.key_label("this too")));
    problem.also.extend(task.empty_execution_role("an empty string is not a role"));
    let place = place_of_role(task, first.node);
    report.add(problem.help(format!("set {place} to a role that may read these")));
}
