use crate::document::Document;
use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{ECS_DIMENSION, ECS_NAMESPACE, Scaling};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "mismatched-scalable-dimension",
    summary: "`ServiceNamespace`, `ResourceId` and `ScalableDimension` do not match",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&["Unsupported service namespace, resource type or scalable dimension"]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    ],
    check: Check::Document(check),
};

fn check(document: &Document, report: &mut Report) {
    let Some(scaling) = Scaling::of_document(document).filter(Scaling::is_for_ecs) else { return };
    let mismatched = scaling.mismatched();
    let Some(((first, right), others)) = mismatched.split_first() else { return };
    let problem = Problem::new(
        format!("`{first}` cannot be used to scale an Amazon ECS service"),
        first.label(format!("must be `{right}`")),
    )
    .also_each(others.iter().map(|(other, right)| other.label(format!("must be `{right}`"))));
    // AWS may not recognize a nearly right value at all, and then replies differently.
    let is_respelled = mismatched.iter().all(|(found, right)| found.eq_ignore_ascii_case(right));
    let is_nearly_right = mismatched.iter().any(|(found, _)| found.to_ascii_lowercase().starts_with("ecs"));
    let problem = if is_nearly_right { problem } else { problem.reply(0, &[]) };
    report.add(if is_respelled {
        let changes: Vec<Change> =
            mismatched.iter().map(|(found, right)| Change::Replace(found.node(), (*right).into())).collect();
        problem.help("values are case-sensitive").fix(Fix::new(Safety::Safe, "use AWS's spelling", &changes))
    } else {
        problem.help(format!(
            "for a service, set `ServiceNamespace` to `{ECS_NAMESPACE}` and `ScalableDimension` to \
            `{ECS_DIMENSION}`"
        ))
    });
}
