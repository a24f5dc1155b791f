use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-service-connect-timeouts",
    summary: "the idle timeout of Service Connect ends before the request timeout",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TimeoutConfiguration.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(connect) = service.service_connect_in_use() else { return };
    for entry in connect.services().items() {
        let (Some(idle), Some(request)) = (entry.idle_timeout().known(), entry.request_timeout().known())
        else {
            continue;
        };
        if *idle <= 0 || *idle >= *request {
            continue;
        }
        // Plain TCP has no request timeout, which `unsupported-request-timeout` reports.
        if !service.is_so_of_task(|task| task.has_plain_tcp(&entry).is_no()) {
            continue;
        }
        let port = entry.port_name().known().map_or_else(String::new, |name| format!(" to port `{name}`"));
        report.add(
            Problem::new(
                format!("requests{port} may take {request} seconds, but after {idle} without data they are likely to be cut off"),
                idle.label("shorter than the request timeout"),
            )
            .also(request.label("the request timeout"))
            .help(format!("set `idleTimeoutSeconds` to {request} or more, or `perRequestTimeoutSeconds` to {idle} or less")),
        );
    }
}
