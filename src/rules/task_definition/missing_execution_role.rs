use crate::finding::{Category, Problem, Severity};
use crate::model::{RoleDemand, RoleNeed, TaskDefinition, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::tree::Node;

pub(super) const RULE: Rule = Rule {
    id: "missing-execution-role",
    summary: "the task definition needs an execution role but has none",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
        "Fargate requires task definition to have execution role ARN to support log driver awslogs.",
        "Fargate requires task definition to have execution role ARN to support ECR images.",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
        "https://github.com/fabfuel/ecs-deploy/issues/87",
        "https://github.com/hashicorp/terraform-provider-aws/issues/3051",
        "https://github.com/hashicorp/terraform-provider-aws/issues/6503",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    if !task.lacks_execution_role().is_yes() {
        return;
    }
    let needs = task.execution_role_demands();
    let Some((first, others)) = needs.split_first() else { return };
    let (why, says) = reason(first.what);
    let message = format!("the task needs an execution role: {} {why}", first.container);
    let mut problem = Problem::new(message, label(first)).reply(says, &[]);
    problem.also.extend(others.iter().map(label));
    let empty = task.empty_execution_role("an empty string is not a role");
    problem.also.extend(empty);
    let place = place_of_role(task, first.node);
    report.add(problem.help(format!("set {place}; most accounts have a role `ecsTaskExecutionRole` for it")));
}

/// Where the role is set that a value in a container needs. The containers of a module may be in a file of their own.
pub(super) fn place_of_role(task: &TaskDefinition, value: Node) -> &'static str {
    if value.place().source == task.node().place().source {
        "`executionRoleArn` next to `containerDefinitions`"
    } else {
        "`execution_role_arn` of the task definition that has these containers"
    }
}

/// Why the role is needed, and which of the replies AWS gives.
fn reason(demand: RoleDemand) -> (&'static str, usize) {
    match demand {
        RoleDemand::Secrets => ("fetches secrets", 0),
        RoleDemand::Awslogs => ("logs with `awslogs` on Fargate", 1),
        RoleDemand::EcrImage => ("pulls a private ECR image on Fargate", 2),
    }
}

fn label(need: &RoleNeed<RoleDemand>) -> crate::finding::Label {
    match need.what {
        RoleDemand::Secrets => need.key_label("ECS fetches these with the execution role"),
        RoleDemand::Awslogs => need.label("Fargate writes the logs with the execution role"),
        RoleDemand::EcrImage => need.label("Fargate pulls this with the execution role"),
    }
}
