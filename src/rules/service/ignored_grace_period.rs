use crate::document::ServiceForm;
use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Answer, Field, Service};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "ignored-grace-period",
    summary: "a service waits for health checks that nobody makes",
    category: Category::Ignored,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    aws_says: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
        "https://github.com/aws-cloudformation/cfn-lint/issues/4227",
        "https://github.com/kayac/ecspresso/pull/805",
    ],
    page: page!("service/ignored-grace-period"),
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let (Some(task), Some(grace)) = (service.task_definition(), service.grace_period().present()) else {
        return;
    };
    let checked = task.any_container(|container| match container.health_check() {
        Field::Missing => Answer::No,
        Field::Known(_) => Answer::Yes,
        Field::Unknown(_) => Answer::Unknown,
    });
    let balanced = !service.load_balancers().is_missing() || !service.lattice_configurations().is_missing();
    // What a deployment moves traffic between is missing then, and will be added; the task sets of a
    // service that AWS does not deploy have load balancers of their own.
    let lacks_balancer = service.shift().is_some()
        || service.hands_over_to("CODE_DEPLOY").is_some()
        || service.deployment_strategy().is_unknown()
        || service.may_have_external_controller();
    if balanced || lacks_balancer || !checked.is_no() || service.form() == ServiceForm::Update {
        return;
    }
    report.add(
        Problem::new(
            format!("{} waits {grace} seconds for health checks that nobody makes", service.title()),
            grace.key_label("has no effect"),
        )
        .also(task.name_label("no container has a `healthCheck`"))
        .help("delete `healthCheckGracePeriodSeconds`, or give a container a `healthCheck`")
        .fix(Fix::new(
            Safety::Shown,
            "delete `healthCheckGracePeriodSeconds`",
            &[Change::Remove(grace.node())],
        ))
        .unless(grace.doubt()),
    );
}
