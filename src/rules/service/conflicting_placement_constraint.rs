use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-placement-constraint",
    summary: "a placement constraint has an expression it must not have, or lacks one it requires",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&["distinctInstance expression should not be specified"]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementConstraint.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    // Fargate does not support placement constraints at all; another rule reports that.
    if service.is_described() || !service.may_place() {
        return;
    }
    for constraint in service.placement_constraints().items() {
        let (Some(kind), expression) = (constraint.kind().known(), constraint.expression()) else { continue };
        if let ("distinctInstance", Some(written)) = (kind.value(), expression.present()) {
            report.add(
                Problem::new(
                    "`distinctInstance` does not support an expression",
                    written.key_label("not supported"),
                )
                .also(kind.label("places each task on a different instance, whichever it is"))
                .help("remove `expression`, or move it to a constraint of type `memberOf`")
                .reply(0, &[])
                .fix(written.delete(Safety::Safe))
                .unless(written.doubt()),
            );
        } else if kind.value() == "memberOf" && expression.is_missing() {
            report.add(
                Problem::new("`memberOf` requires an expression", kind.label("no `expression`"))
                    .help("add an `expression`, for example `attribute:ecs.os-type == linux`"),
            );
        }
    }
}
