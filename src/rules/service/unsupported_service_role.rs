use crate::finding::{Category, Label, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{NetworkMode, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule, page};

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
    page: page!("service/unsupported-service-role"),
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(role) = service.role().present().filter(|_| service.is_whole()) else { return };
    let balancers = service.load_balancers();
    let no_balancer = balancers.is_missing();
    let linked = linked_reasons(service);
    if linked.is_empty() && !no_balancer {
        return;
    }
    // Only of a known ARN is it certain where the name begins.
    let name = match service.role().known() {
        Some(known) => known.value().rsplit('/').next().unwrap_or_default(),
        None => role.node().text(),
    };
    let problem = Problem::new(
        format!("{} cannot use the role `{}`", service.title(), name),
        role.key_label(if no_balancer {
            "only for load balancers, but the service has none"
        } else {
            "the service-linked role is required here"
        }),
    )
    .help("remove `role`: ECS uses its service-linked role, `AWSServiceRoleForECS`")
    .fix(role.delete(Safety::Safe))
    .unless(role.doubt());
    let problem = match (no_balancer, linked.is_empty()) {
        (true, true) => problem.reply(1, &[]),
        (false, _) => problem.reply(0, &[]),
        // It is not known which of the two replies AWS gives.
        (true, false) => problem,
    };
    report.add(problem.also_each(linked));
}

/// Why the service needs the service-linked role.
fn linked_reasons(service: &Service) -> Vec<Label> {
    let mut reasons = Vec::new();
    let network = service.network_configuration().certain();
    reasons.extend(network.map(|network| network.key_label("tasks have their own network interfaces")));
    let fargate = service.fargate_label("targets Fargate");
    reasons.extend(fargate.filter(|_| service.is_fargate().is_yes()));
    let mode = service.task_definition().and_then(|task| task.writes_mode(&[NetworkMode::Awsvpc]));
    reasons.extend(mode.map(|mode| mode.label("tasks have their own network interfaces")));
    let registries = service.registries().certain();
    reasons.extend(registries.map(|registries| registries.key_label("service discovery")));
    let controller = service.deployment_controller().known().filter(|one| one.value() == "EXTERNAL");
    reasons.extend(controller.map(|controller| controller.label("the external deployment controller")));
    let second = service.load_balancers().items().filter_map(|one| one.target_group().certain()).nth(1);
    reasons.extend(second.map(|group| group.key_label("a second target group")));
    reasons
}
