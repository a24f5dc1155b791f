use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-service-connect-logs",
    summary: "the Service Connect proxy has no `logConfiguration`",
    category: Category::Operations,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectConfiguration.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(connect) = service.service_connect_in_use() else { return };
    // Access logs without a destination are reported by `ignored-access-log`.
    if !connect.lacks_logs() || connect.may_lose_access_logs() {
        return;
    }
    report.add(
        Problem::new(
            format!("the logs of the Service Connect proxy of {} are lost", service.title()),
            connect.key_label("no `logConfiguration`"),
        )
        .help("add a `logConfiguration`, such as the log driver `awslogs` with the options `awslogs-group`, `awslogs-region` and `awslogs-stream-prefix`"),
    );
}
