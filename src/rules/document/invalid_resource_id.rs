use crate::document::Document;
use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{ResourceIdFault, Scaling};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-resource-id",
    summary: "`ResourceId` does not name a cluster and a service",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&[
        "Unsupported service namespace, resource type or scalable dimension",
        "ECS service doesn't exist: service/{cluster}/{service}",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    ],
    check: Check::Document(check),
};

fn check(document: &Document, report: &mut Report) {
    let Some(id) = Scaling::of_document(document).and_then(|scaling| scaling.id_of_service()) else { return };
    let Some(fault) = ResourceIdFault::find(&id) else { return };
    let form = "set `ResourceId` to `service/<cluster>/<service>`";
    let (label, help, meant) = match fault {
        ResourceIdFault::Arn(meant) => (id.label("an ARN"), form.to_owned(), meant),
        ResourceIdFault::LeadingSlash(meant) => {
            (id.part_label(0..1, "nothing may precede `service`"), form.to_owned(), Some(meant))
        }
        ResourceIdFault::NoCluster(service) => (
            id.label("the cluster name is missing"),
            format!(
                "set `ResourceId` to `service/<cluster>/{service}`, or `service/default/{service}` if it is in the cluster `default`"
            ),
            None,
        ),
        ResourceIdFault::Form => (id.label("not `service/<cluster>/<service>`"), form.to_owned(), None),
        // AWS may accept such an id: `impossible-resource-id` reports it.
        ResourceIdFault::NoService { .. } => return,
    };
    let problem = Problem::new(format!("`{id}` is not the resource id of a service"), label).reply(0, &[]);
    report.add(match meant {
        Some(meant) => {
            problem.help(format!("set `ResourceId` to `{meant}`")).fix(id.set(Safety::Shown, meant.as_str()))
        }
        None => problem.help(help),
    });
}
