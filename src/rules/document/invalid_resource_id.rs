use crate::document::Document;
use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{ECS_NAMESPACE, Field, ResourceIdFault, Scaling};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "invalid-resource-id",
    summary: "`ResourceId` does not name a cluster and a service",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    aws_says: &[
        "Unsupported service namespace, resource type or scalable dimension",
        "ECS service doesn't exist: service/{cluster}/{service}",
    ],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    ],
    page: page!("document/invalid-resource-id"),
    check: Check::Document(check),
};

fn check(document: &Document, report: &mut Report) {
    let Some(scaling) = Scaling::of_document(document).filter(names_ecs) else { return };
    let Some(id) = scaling.resource_id().known() else { return };
    let Some(fault) = ResourceIdFault::find(&id) else { return };
    let message = format!("`{id}` is no id of a service");
    let is_name = matches!(fault, ResourceIdFault::Name(_));
    let wanted = "write `service/<cluster>/<service>`";
    let (label, help, meant) = match fault {
        ResourceIdFault::Arn(meant) => (id.label("an ARN"), wanted.to_owned(), meant),
        ResourceIdFault::LeadingSlash(meant) => {
            (id.part_label(0..1, "nothing stands before `service`"), wanted.to_owned(), Some(meant))
        }
        ResourceIdFault::NoCluster(service) => (
            id.label("the name of the cluster is missing"),
            format!(
                "write `service/<cluster>/{service}`, and `service/default/{service}` in the \
                cluster `default`"
            ),
            None,
        ),
        ResourceIdFault::Form => (id.label("not `service/<cluster>/<service>`"), wanted.to_owned(), None),
        ResourceIdFault::Name(part) => (
            id.part_label(part, "no name of a cluster or a service"),
            "names have letters, digits, `-` and `_`, and at most 255 of them; a service \
                has no revision"
                .to_owned(),
            None,
        ),
    };
    let problem = Problem::new(message, label);
    let problem = if is_name { problem.without_reply() } else { problem.aws_says(RULE.aws_says[0]) };
    report.add(match meant {
        Some(meant) => problem.help(format!("write `{meant}`")).fix(Fix::new(
            Safety::Shown,
            format!("write \"{meant}\""),
            &[Change::Replace(id.node(), meant.as_str().into())],
        )),
        None => problem.help(help),
    });
}

/// Whether the namespace is that of Amazon ECS and the dimension does not say otherwise: what is
/// wrong between those two is the fault that `mismatched-scalable-dimension` tells.
fn names_ecs(scaling: &Scaling) -> bool {
    let is_ecs = scaling.service_namespace().known().is_some_and(|namespace| *namespace == ECS_NAMESPACE);
    let fits = match scaling.scalable_dimension() {
        Field::Missing => true,
        Field::Unknown(_) => false,
        Field::Known(dimension) => dimension.to_ascii_lowercase().starts_with("ecs:"),
    };
    is_ecs && fits
}
