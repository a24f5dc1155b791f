use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::ScalableTarget;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ignored-scaling-role",
    summary: "a scalable target sets `RoleARN`, which has no effect for ECS services",
    category: Category::Ignored,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    ],
    check: Check::ScalableTarget(check),
};

/// The prefix of the names of service-linked roles.
const SERVICE_LINKED: &str = "AWSServiceRoleFor";

fn check(target: &ScalableTarget, report: &mut Report) {
    if target.is_described() || !target.scaling().is_for_ecs() {
        return;
    }
    let Some(role) = target.role_arn().known().filter(|role| !role.contains(SERVICE_LINKED)) else { return };
    report.add(
        Problem::new(
            "Application Auto Scaling ignores the `RoleARN` of this scalable target",
            role.label("has no effect"),
        )
        .help(
            "remove `RoleARN`: ECS services are always scaled with the service-linked role \
                `AWSServiceRoleForApplicationAutoScaling_ECSService`",
        )
        .fix(role.delete(Safety::Shown)),
    );
}
