use crate::finding::{Category, Problem, Severity};
use crate::model::{LaunchType, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-on-external",
    summary: "a service uses a feature that external instances do not support",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["Service registries are not supported for external launch type."]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshooting-blue-green.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-anywhere.html",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let external = service.launches_on(LaunchType::External).filter(|_| !service.is_described());
    let Some(external) = external.filter(|_| !service.may_have_external_controller()) else { return };
    const REFUSED: &str = "not supported";
    let registries = service.registries().present();
    let connect = service.service_connect().map(|connect| connect.present());
    let network = service.network_configuration().present();
    let fields = [
        (registries, "service discovery", Some(0)),
        (connect, "Service Connect", None),
        (network, "a network configuration", None),
    ];
    for (field, noun, says) in fields {
        let Some(field) = field else { continue };
        let problem = Problem::new(
            format!("{} uses {noun}, which external instances do not support", service.title()),
            field.key_label(REFUSED),
        )
        .also(external.label("targets external instances"))
        .help("remove it: tasks on external instances have no network interface in a VPC")
        .unless(field.doubt());
        report.add(problem.reply_if(says));
    }
}
