use crate::finding::{Category, Problem, Severity};
use crate::fix::Safety;
use crate::model::{Linked, Scaling, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "dangling-scalable-target",
    summary: "the target does not match any service of the project, but nearly does",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&["ECS service doesn't exist: {resource}"]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    ],
    check: Check::Scaling(check),
};

fn check(scaling: &Scaling, report: &mut Report) {
    let Linked::Dangling(Some(near)) = scaling.service() else { return };
    let Some(resource) = scaling.resource().known().filter(|_| !scaling.is_described()) else { return };
    let Some(service) = Service::alone(near) else { return };
    let Some(name) = service.name().known() else { return };
    let cluster = service.cluster().known().map_or("default", |cluster| cluster.value());
    let meant = format!("service/{cluster}/{name}");
    report.add(
        Problem::new(
            format!("{} is for `{resource}`, which is not a service of the project", scaling.title()),
            resource.label("no service has this name"),
        )
        .also(name.label(format!("this service is `{meant}`")))
        .reply(0, &[("resource", &resource)])
        .suggest(&resource, &meant),
    );
}
