use crate::document::ServiceForm;
use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ignored-grace-period",
    summary: "a service has a health check grace period but no health checks",
    category: Category::Ignored,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
        "https://github.com/aws-cloudformation/cfn-lint/issues/4227",
        "https://github.com/kayac/ecspresso/pull/805",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let (Some(task), Some(grace)) = (service.task_definition(), service.grace_period().present()) else {
        return;
    };
    let checked = task.any_container(|container| container.health_check().is(|_| true));
    let balanced = !service.load_balancers().is_missing() || !service.lattice_configurations().is_missing();
    // The load balancer that a deployment shifts traffic on is missing and will be added; with an
    // external controller, the task sets have the load balancers.
    let lacks_balancer = service.shift().is_some()
        || service.hands_over_to("CODE_DEPLOY").is_some()
        || service.deployment_strategy().is_unknown()
        || service.may_have_external_controller();
    if balanced || lacks_balancer || !checked.is_no() || service.form() == ServiceForm::Update {
        return;
    }
    let length =
        service.grace_period().known().map_or_else(String::new, |seconds| format!(" of {seconds} seconds"));
    report.add(
        Problem::new(
            format!("{} has a health check grace period{length} but no health checks", service.title()),
            grace.key_label("has no effect"),
        )
        .also(task.name_label("no container has a `healthCheck`"))
        .help("remove `healthCheckGracePeriodSeconds`, or add a `healthCheck` to a container")
        .fix(grace.delete(Safety::Shown))
        .unless(grace.doubt()),
    );
}
