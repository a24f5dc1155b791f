use crate::finding::{Category, Problem, Severity};
use crate::model::{AWSFIRELENS, Container, LaunchType};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-log-driver",
    summary: "Fargate does not support the log driver",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "{driver} is not a valid log driver. Must be one of [awslogs,splunk,awsfirelens]",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
        "https://github.com/kayac/ecspresso/issues/364",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let fargate = container.task().and_then(|task| task.requirement(LaunchType::Fargate));
    let driver = container.log_configuration().known().and_then(|logs| logs.log_driver().known());
    let (Some(fargate), Some(driver)) = (fargate, driver) else { return };
    if ["awslogs", "splunk", AWSFIRELENS].contains(&driver.value()) {
        return;
    }
    report.add(
        Problem::new(
            format!("Fargate does not support the log driver `{driver}` of {}", container.title()),
            driver.label("not supported on Fargate"),
        )
        .also(fargate.label("targets Fargate"))
        .help("use `awslogs`, `splunk`, or `awsfirelens` with a log router; without a `logConfiguration`, the output is lost")
        .reply(0, &[("driver", &driver)]),
    );
}
