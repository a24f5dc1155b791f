use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::ScalableTarget;
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "ignored-scaling-role",
    summary: "a scalable target of a service names a role, which has no effect",
    category: Category::Ignored,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    aws_says: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    ],
    page: page!("scalable-target/ignored-scaling-role"),
    check: Check::ScalableTarget(check),
};

/// The names of roles that AWS makes for itself begin with this.
const SERVICE_LINKED: &str = "AWSServiceRoleFor";

fn check(target: &ScalableTarget, report: &mut Report) {
    if target.is_described() || !target.scaling().is_for_ecs() {
        return;
    }
    let Some(role) = target.role_arn().known().filter(|role| !role.contains(SERVICE_LINKED)) else { return };
    report.add(
        Problem::new(
            "Application Auto Scaling does not use the role of this scalable target",
            role.label("has no effect"),
        )
        .help(
            "delete `RoleARN`: services are scaled with a role that AWS makes by itself, \
                `AWSServiceRoleForApplicationAutoScaling_ECSService`",
        )
        .fix(Fix::new(Safety::Shown, "delete `RoleARN`", &[Change::Remove(role.node())])),
    );
}
