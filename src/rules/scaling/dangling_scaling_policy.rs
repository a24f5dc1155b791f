use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Linked, Scaling};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "dangling-scaling-policy",
    summary: "no scalable target of the project matches a scaling policy or scheduled action",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&[
        "No scalable target registered for service namespace: ecs, resource ID: {id}, scalable dimension: ecs:service:DesiredCount",
    ]),
    settings: &[],
    sources: &["https://github.com/hashicorp/terraform/issues/10737"],
    check: Check::Scaling(check),
};

fn check(scaling: &Scaling, report: &mut Report) {
    let Linked::Dangling(near) = scaling.scalable_target() else { return };
    let Some(resource) = scaling.resource().known().filter(|_| !scaling.is_described()) else { return };
    let problem = Problem::new(
        format!("no scalable target of the project is for {}: `{resource}`", scaling.title()),
        resource.label("no scalable target has this `ResourceId`"),
    )
    .reply(0, &[("id", &resource)]);
    let near = near.as_ref().and_then(Scaling::of_document).and_then(|near| near.resource().known());
    report.add(match near {
        Some(near) if scaling.service().found().is_some() => {
            problem.also(near.label("this is not a service of the project")).help(format!(
                "set `ResourceId` to `{resource}` in the scalable target: this is the name of the service"
            ))
        }
        Some(near) => problem
            .also(near.label("this one is registered"))
            .help(format!("did you mean `{near}`?"))
            .fix(resource.set(Safety::Shown, near.to_string())),
        None => {
            problem.help("register a scalable target for it first; ignore this if that is done elsewhere")
        }
    });
}
