use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "conflicting-registry-port",
    summary: "a service registry has a port beside a container, or half a container",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRegistry.html"],
    page: page!("service/conflicting-registry-port"),
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    for registry in service.registries().items() {
        let (name, own) = (registry.container_name(), registry.container_port());
        let message = "a service registry says twice, or by half, where the service listens";
        let problem = match (registry.port().present(), name.present(), own.present()) {
            (Some(port), Some(name), _) => Problem::new(message, port.key_label("a port of its own"))
                .also(name.key_label("and a container"))
                .help("delete `port`, or delete `containerName` and `containerPort`")
                .unless(port.doubt())
                .unless(name.doubt()),
            (Some(port), None, Some(own)) => Problem::new(message, port.key_label("a port of its own"))
                .also(own.key_label("and a port of a container"))
                .help("delete `port`, or delete `containerPort`")
                .unless(port.doubt())
                .unless(own.doubt()),
            (None, Some(name), None) if own.is_missing() => {
                Problem::new(message, name.key_label("no `containerPort` beside it"))
                    .help("write `containerPort` too")
                    .unless(name.doubt())
            }
            (None, None, Some(own)) if name.is_missing() => {
                Problem::new(message, own.key_label("no `containerName` beside it"))
                    .help("write `containerName` too")
                    .unless(own.doubt())
            }
            _ => continue,
        };
        report.add(problem);
    }
}
