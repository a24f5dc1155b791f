use crate::document::Document;
use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{IdFlaw, ResourceIdFault, Scaling};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "impossible-resource-id",
    summary: "no service can have this `ResourceId`, so nothing is ever scaled",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://github.com/aws/aws-cdk/issues/14297",
        "https://github.com/cds-snc/covid-alert-portal/pull/626",
        "https://github.com/stroeer/terraform-aws-ecs-fargate/pull/130",
    ],
    check: Check::Document(check),
};

fn check(document: &Document, report: &mut Report) {
    let Some(id) = Scaling::of_document(document).and_then(|scaling| scaling.id_of_service()) else { return };
    let Some(ResourceIdFault::NoService { part, flaw, meant }) = ResourceIdFault::find(&id) else { return };
    let why = match flaw {
        IdFlaw::Arn => "an ARN: must be a plain name",
        IdFlaw::Rest => "nothing may follow the name of the service",
        IdFlaw::Name => "not a valid cluster or service name",
    };
    let problem = Problem::new(
        format!("no service has the id `{id}`, so nothing is ever scaled"),
        id.part_label(part, why),
    );
    report.add(match meant {
        Some(meant) => problem.help(format!("set `ResourceId` to `{meant}`")).fix(id.set(Safety::Shown, meant.as_str())),
        None => problem.help(
            "set `ResourceId` to `service/<cluster>/<service>`: names have up to 255 letters, digits, hyphens and underscores, and no revision",
        ),
    });
}
