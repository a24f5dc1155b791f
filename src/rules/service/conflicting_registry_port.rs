use crate::finding::{Category, Problem, Severity};
use crate::model::{Service, both, surest};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-registry-port",
    summary: "a service registry has both a port and a container, or only half a container reference",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRegistry.html",
        "https://github.com/umotif-public/terraform-aws-ecs-fargate/issues/25",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let needs_port = service.task_definition().and_then(|task| task.instance_network()).is_some();
    for registry in service.registries().items() {
        let (port, name, own) = (registry.port(), registry.container_name(), registry.container_port());
        let parts = [name.present(), own.present()];
        if let Some((port, part)) = both(port.present(), surest(parts.into_iter().flatten())) {
            let problem =
                Problem::new("a service registry sets both a port and a container", port.key_label("a port"));
            let problem = match name.present() {
                Some(name) => problem
                    .also(name.key_label("a container"))
                    .help("remove `port`, or remove `containerName` and `containerPort`"),
                None => problem
                    .also(part.key_label("a container port"))
                    .help("remove `port`, or remove `containerPort`"),
            };
            report.add(problem.unless(port.doubt()).unless(part.doubt()));
            continue;
        }
        let (half, other) = match parts {
            // With records of type `A`, the name may do alone: AWS refuses a port.
            [Some(name), None] if own.is_missing() && needs_port => (name, "containerPort"),
            [None, Some(own)] if name.is_missing() => (own, "containerName"),
            _ => continue,
        };
        if port.is_missing() {
            report.add(
                Problem::new(
                    format!("a service registry sets `{}` but not `{other}`", half.key()),
                    half.key_label(format!("requires `{other}`")),
                )
                .help(format!("add `{other}`"))
                .unless(half.doubt()),
            );
        }
    }
}
