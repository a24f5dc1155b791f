use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "ignored-access-log",
    summary: "the access logs of Service Connect have nowhere to go",
    category: Category::Ignored,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectAccessLogConfiguration.html",
        "https://github.com/aws/aws-cdk/pull/36067",
    ],
    page: page!("service/ignored-access-log"),
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(connect) = service.service_connect_configuration().known() else { return };
    let Some(access_log) = connect.access_log().present() else { return };
    if !connect.log_configuration().is_missing() || connect.is(false).is_some() {
        return;
    }
    report.add(
        Problem::new(
            format!("the access logs of {} have nowhere to go", service.title()),
            access_log.key_label("no `logConfiguration` beside it"),
        )
        .help("add a `logConfiguration` for the proxy, such as the driver `awslogs` with the options `awslogs-group`, `awslogs-region` and `awslogs-stream-prefix`")
        .unless(access_log.doubt()),
    );
}
