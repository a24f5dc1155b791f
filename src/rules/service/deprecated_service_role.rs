use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "deprecated-service-role",
    summary: "the service-linked role has replaced `role`",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: Some(Safety::Unsafe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(role) = service.role().present().filter(|_| service.may_have_role()) else { return };
    report.add(
        Problem::new(
            format!("{} sets `role`, which the service-linked role has replaced", service.title()),
            role.key_label("no longer needed"),
        )
        .help("remove `role`: ECS then uses its service-linked role, `AWSServiceRoleForECS`")
        .fix(role.delete(Safety::Unsafe))
        .unless(role.doubt()),
    );
}
