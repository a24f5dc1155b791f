use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-service-role",
    summary: "a service has a role that it cannot use",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&[
        "You cannot specify an IAM role for services that require a service linked role.",
        "IAM roles are only valid for services configured to use load balancers",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/hashicorp/terraform-provider-aws/issues/4657",
        "https://github.com/aws/amazon-ecs-cli/issues/426",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(role) = service.role().present().filter(|_| service.is_whole()) else { return };
    let balancers = service.load_balancers();
    let no_balancer = balancers.is_missing();
    let linked = service.reasons_for_linked_role();
    if linked.is_empty() && !no_balancer {
        return;
    }
    // Only of a known ARN is it certain where the name begins.
    let name = service.role().known().and_then(|known| known.value().rsplit('/').next());
    let role_meant = name.map_or_else(|| "a role of its own".to_owned(), |name| format!("the role `{name}`"));
    // It is what the service has, and what Terraform writes when it imports one.
    let is_imported =
        service.node().is_in_module() && service.role().known().is_some_and(|role| is_linked(role.value()));
    let verb = if is_imported { "names" } else { "cannot use" };
    let problem = Problem::new(
        format!("{} {verb} {role_meant}", service.title()),
        role.key_label(if no_balancer {
            "only for load balancers, but the service has none"
        } else {
            "the service-linked role is required here"
        }),
    )
    .help("remove `role`: ECS uses its service-linked role, `AWSServiceRoleForECS`")
    .fix(role.delete(Safety::Safe))
    .unless(role.doubt());
    let problem = match is_imported {
        true => problem
            .warning_unless(false)
            .help("remove `role`: ECS uses this role anyway, and rejects it for a new service"),
        false => problem,
    };
    let problem = match (no_balancer, linked.is_empty()) {
        (true, true) => problem.reply(1, &[]),
        (false, _) => problem.reply(0, &[]),
        // It is not known which of the two replies AWS gives.
        (true, false) => problem,
    };
    report.add(problem.also_each(linked));
}

/// Whether a role is the service-linked role of ECS, by its name, its path, or as older states have it.
fn is_linked(role: &str) -> bool {
    role == "aws-service-role" || role.ends_with("aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS")
}
