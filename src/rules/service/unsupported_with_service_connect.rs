use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-with-service-connect",
    summary: "a service with Windows tasks uses Service Connect",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("Unsupported operating system in task definition. Please choose Linux"),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html",
        "https://github.com/aws/copilot-cli/issues/5696",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let (Some(connect), Some(task)) = (service.service_connect(), service.task_definition()) else { return };
    let Some(system) = task.operating_system().known().filter(|_| task.says_windows().is_yes()) else {
        return;
    };
    if service.is_described() || !service.is_external().is_no() {
        return;
    }
    report.add(
        Problem::new(
            format!("{} uses Service Connect, but its tasks run Windows", service.title()),
            connect.key_label("not supported on Windows"),
        )
        .also(system.label("the operating system of its tasks"))
        .help("remove `serviceConnectConfiguration`; service discovery and load balancers support Windows"),
    );
}
