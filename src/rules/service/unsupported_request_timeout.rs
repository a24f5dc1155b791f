use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Service, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-request-timeout",
    summary: "a plain TCP port of Service Connect has a request timeout",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&["Per request timeout {seconds} can't be set for tcp application."]),
    settings: &[],
    sources: &[
        "https://github.com/pulumi/pulumi-aws/issues/4265",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TimeoutConfiguration.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(task) = service.task_definition() else { return };
    let Some(connect) = service.usable_service_connect(&task) else { return };
    let ports = task.ports_by_name();
    for entry in connect.services().items() {
        let (Some(port), Some(timeout)) = (entry.port_name().known(), entry.request_timeout().present())
        else {
            continue;
        };
        let Some([mapping]) = ports.get(port.value()).map(Vec::as_slice) else { continue };
        let Some(name) = mapping.name().known().filter(|_| mapping.app_protocol().is_missing()) else {
            continue;
        };
        let removal = if timeout.node().is_in_module() {
            "delete the `timeout`: Terraform sends a request timeout of 0 even if only `idleTimeoutSeconds` is set"
        } else {
            "remove it, even if it is 0, and use only `idleTimeoutSeconds` for plain TCP"
        };
        let problem = Problem::new(
            format!("port `{port}` carries plain TCP, which has no requests to time out"),
            timeout.key_label("only for HTTP, HTTP/2 and gRPC"),
        )
        .also(name.label("no `appProtocol`, which means TCP"))
        .help(format!("{removal}; or set `appProtocol` to `http`, `http2` or `grpc` in the port mapping"))
        .fix(mapping.node().set_member(Safety::Shown, "appProtocol", "http"))
        .unless(timeout.doubt());
        report.add(match entry.request_timeout().known() {
            Some(seconds) => problem.reply(0, &[("seconds", &seconds)]),
            None => problem,
        });
    }
}
