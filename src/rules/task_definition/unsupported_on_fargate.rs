use crate::finding::{Category, Severity};
use crate::fix::Safety;
use crate::model::{LaunchType, Surroundings, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::rules::unsupported;

pub(super) const RULE: Rule = Rule {
    id: "unsupported-on-fargate",
    summary: "Fargate does not support a field",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Unsafe),
    reply: Reply::Sometimes(&[
        "Fargate compatible task definitions do not support {field}",
        "Fargate requires that the 'privileged' setting be 'false'",
        "Tasks using the Fargate launch type do not support GPU resource requirements.",
        "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.",
        "Tasks using the Fargate launch type do not support ipcMode.",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinuxParameters.html",
        "https://github.com/cloudposse/terraform-aws-ecs-alb-service-task/issues/174",
        "https://github.com/cn-terraform/terraform-aws-ecs-fargate-task-definition/issues/2",
        "https://github.com/boto/boto3/issues/3283",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(fargate) = task.requirement(LaunchType::Fargate) else { return };
    let cause = fargate.label("targets Fargate");
    unsupported::check(Surroundings::Fargate, &cause, Some(Safety::Unsafe), task, report);
}
