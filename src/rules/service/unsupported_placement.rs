use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-placement",
    summary: "a service on Fargate sets placement constraints or strategies",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&[
        "Placement constraints are not supported with FARGATE launch type.",
        "Placement strategies are not supported with FARGATE launch type.",
    ]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    if !service.is_fargate().is_yes() || service.is_described() {
        return;
    }
    let Some(fargate) = service.fargate_label("targets Fargate") else { return };
    let constraints = service.placement_constraints().present();
    // `unsupported-on-daemon` reports the strategy of a daemon.
    let strategy = service.placement_strategy().present().filter(|_| service.says_daemon().is_no());
    let fields = [(constraints, "placementConstraints", 0), (strategy, "placementStrategy", 1)];
    for (field, name, says) in fields {
        let Some(field) = field else { continue };
        report.add(
            Problem::new(
                format!("{} runs on Fargate, which does not support `{name}`", service.title()),
                field.key_label("there are no instances to choose from"),
            )
            .also(fargate.clone())
            .help(format!(
                "remove `{name}`: Fargate spreads tasks across the Availability Zones of the subnets"
            ))
            .reply(says, &[])
            .fix(field.delete(Safety::Safe))
            .unless(field.doubt()),
        );
    }
}
