use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "logged-query-parameters",
    summary: "access logs of Service Connect contain query parameters",
    category: Category::Security,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectAccessLogConfiguration.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(connect) = service.service_connect_in_use() else { return };
    // Access logs without a destination are reported by `ignored-access-log`.
    let may_lack = connect.node().is_incomplete() && connect.log_configuration().known().is_none();
    if connect.may_lose_access_logs() || may_lack {
        return;
    }
    let included = connect.logged_query_parameters().known().filter(|included| included.value() == "ENABLED");
    let Some(included) = included else { return };
    report.add(
        Problem::new(
            format!("the access logs of {} contain query parameters", service.title()),
            included.label("tokens and personal data may be among them"),
        )
        .help("use `DISABLED`, the default, unless you need them, and limit who can read the logs"),
    );
}
