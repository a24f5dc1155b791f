use crate::finding::{Category, Problem, Severity};
use crate::model::{Present, Service, doubts};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ignored-service-connect",
    summary: "Service Connect is configured but turned off",
    category: Category::Ignored,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectConfiguration.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    const IGNORED: &str = "has no effect";
    let Some(connect) = service.service_connect_configuration().known() else { return };
    let Some(disabled) = connect.is(false) else { return };
    let keys = [
        connect.namespace().present(),
        connect.services().present(),
        connect.log_configuration().present(),
        connect.access_log().present(),
    ];
    let ignored: Vec<Present> = keys.into_iter().flatten().collect();
    let mut labels = ignored.iter().map(|key| key.key_label(IGNORED));
    let Some(first) = labels.next() else { return };
    report.add(
        Problem::new(format!("{} configures Service Connect, but it is turned off", service.title()), first)
            .also_each(labels)
            .also(disabled.label("turned off here"))
            .help("set `enabled` to true, or remove the other fields")
            .unless(doubts(&ignored)),
    );
}
