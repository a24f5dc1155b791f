use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-service-connect-namespace",
    summary: "a service uses Service Connect without a namespace",
    category: Category::Rejected,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["Namespace is missing"]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectConfiguration.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(connect) = service.service_connect().filter(|_| service.is_whole()) else { return };
    // If Service Connect does not work here, it needs no namespace.
    let is_usable = service.is_so_of_task(|task| service.usable_service_connect(task).is_some());
    if service.has_default_namespace() {
        return;
    }
    if !connect.namespace().is_missing() || !service.is_external().is_no() || !is_usable {
        return;
    }
    report.add(
        Problem::new(
            format!("{} sets no Service Connect `namespace`: the cluster's default is used", service.title()),
            connect.key_label("no `namespace`"),
        )
        .help("set `namespace`, or make sure that the cluster has a default namespace"),
    );
}
