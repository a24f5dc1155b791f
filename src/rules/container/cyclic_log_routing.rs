use crate::finding::{Category, Problem, Severity};
use crate::model::{AWSFIRELENS, Container, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "cyclic-log-routing",
    summary: "a log router logs to itself",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://github.com/aws/amazon-ecs-agent/blob/master/agent/api/task/task.go",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let (Some(firelens), Some(logs)) = (container.firelens().known(), container.logs_to(AWSFIRELENS)) else {
        return;
    };
    let Some(driver) = logs.log_driver().known() else { return };
    report.add(
        Problem::new(
            format!("{} is the log router, but logs to itself", container.title()),
            driver.label("logs to itself"),
        )
        .also(firelens.value().key_label("the log router"))
        .help("use another log driver for the router, such as `awslogs`: its output explains why logs do not arrive"),
    );
}
