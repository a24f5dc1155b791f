use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ignored-access-log",
    summary: "Service Connect access logs have no destination",
    category: Category::Ignored,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectAccessLogConfiguration.html",
        "https://github.com/aws/aws-cdk/pull/36067",
    ],
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
            format!("the Service Connect access logs of {} have no destination", service.title()),
            access_log.key_label("requires `logConfiguration`"),
        )
        .help("add a `logConfiguration` for the proxy, for example the driver `awslogs` with the options `awslogs-group`, `awslogs-region` and `awslogs-stream-prefix`")
        .unless(access_log.doubt()),
    );
}
