use crate::finding::{Category, Problem, Severity};
use crate::model::{AWSFIRELENS, TaskDefinition, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unused-log-router",
    summary: "the task has a log router, but no container logs to it",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always(
        "When a firelensConfiguration object is specified, at least one container has to be configured with the awsfirelens log driver.",
    ),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html",
        "https://github.com/aws/amazon-cloudwatch-logs-for-fluent-bit/issues/20",
        "https://github.com/cloudposse/terraform-aws-ecs-container-definition/issues/47",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    if !task.logs_with(AWSFIRELENS).is_no() {
        return;
    }
    let Some(router) = task.log_routers().next() else { return };
    report.add(
        Problem::new(
            format!("{} is a log router, but no container logs to it", router.container.title()),
            router.firelens.value().key_label("routes the logs of containers that use `awsfirelens`"),
        )
        .help("set `logDriver` to `awsfirelens` in the containers whose logs it should route, or delete the `firelensConfiguration`"),
    );
}
