use crate::finding::{Category, Problem, Severity};
use crate::model::{AWSFIRELENS, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-log-router",
    summary: "a container logs with `awsfirelens`, but no container is a log router",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always(
        "When awsfirelens log driver is specified in log configuration, a firelens configuration object must be configured in one of the containers.",
    ),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html",
        "https://github.com/fabfuel/ecs-deploy/issues/164",
        "https://github.com/turnerlabs/fargate/issues/60",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    if !task.has_log_router().is_no() {
        return;
    }
    let senders = task.containers().filter_map(|container| {
        let driver = container.logs_to(AWSFIRELENS)?.log_driver().known()?;
        Some((container, driver))
    });
    let mut senders = senders;
    let Some((container, driver)) = senders.next() else { return };
    let problem = Problem::new(
        format!("{} logs with `awsfirelens`, but the task has no log router", container.title()),
        driver.label("sends to a log router"),
    )
    .help("add a container with a `firelensConfiguration`, such as Fluent Bit, or log with another driver");
    report.add(senders.fold(problem, |problem, (_, driver)| problem.also(driver.label("this one too"))));
}
