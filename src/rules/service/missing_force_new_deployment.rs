use crate::document::ServiceForm;
use crate::finding::{Category, Label, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Field, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-force-new-deployment",
    summary: "an update sets a capacity provider strategy without forcing a new deployment",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Always(
        "When switching from launch type to capacity provider strategy on an existing service, or making a change to a capacity provider strategy on a service that is already using one, you must force a new deployment.",
    ),
    settings: &[],
    sources: &[
        "https://github.com/pipe-cd/pipecd/pull/6385",
        "https://github.com/kayac/ecspresso/pull/481",
        "https://github.com/aws/aws-cdk/issues/34631",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let is_update = service.form() == ServiceForm::Update && service.leaves_deployments_to_ecs();
    let Some(strategy) = service.written_strategy().filter(|_| is_update) else { return };
    let off = match service.forces_new_deployment() {
        Field::Missing => None,
        Field::Known(force) if !*force => Some(force),
        _ => return,
    };
    let before = service.created();
    let is_changed = match &before {
        Some(before) => service.has_strategy_of(before).is_no() && !service.may_be_of_code_deploy(),
        None => !service.may_be_created_elsewhere(),
    };
    if !is_changed {
        return;
    }
    let message = match &before {
        Some(_) => format!(
            "the update changes the capacity providers of {} without forcing a new deployment",
            service.title()
        ),
        None => format!(
            "the update sets the capacity providers of {} without forcing a new deployment",
            service.title()
        ),
    };
    let label = if strategy.is_absent() {
        "an empty list is also a change: back to the launch type"
    } else {
        "changing this requires `forceNewDeployment`"
    };
    report.add(
        Problem::new(message, strategy.key_label(label))
            .also_each(off.map(|off| off.label("not forced")))
            .also_each(before.and_then(|before| previous_capacity(&before)))
            .help("set `forceNewDeployment` to `true`; remove the strategy if the service already has it")
            .fix(service.node().set_member(Safety::Shown, "forceNewDeployment", true)),
    );
}

/// What the service runs on before the update.
fn previous_capacity(service: &Service) -> Option<Label> {
    let strategy = service.capacity_providers().known().map(|list| list.key_label("a different strategy"));
    strategy.or_else(|| Some(service.launch_type().known()?.label("a launch type, not a strategy")))
}
