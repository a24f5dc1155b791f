use crate::finding::{Category, Problem, Severity};
use crate::model::{FARGATE_SPOT, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unused-fargate-spot",
    summary: "a Fargate service uses no Fargate Spot",
    category: Category::Cost,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://aws.amazon.com/fargate/pricing/",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let providers = service.capacity_providers();
    let names_spot =
        providers.items().any(|provider| provider.name().known().is_some_and(|name| *name == FARGATE_SPOT));
    let is_on_demand = service.is_fargate().is_yes() && providers.is_complete() && !names_spot;
    if !is_on_demand || !service.may_run_on_spot() || service.may_have_external_controller() {
        return;
    }
    report.add(
        Problem::new(
            format!("{} runs on Fargate at the full price, without Fargate Spot", service.title()),
            service.name_label("does not use `FARGATE_SPOT`"),
        )
        .also_each(service.fargate_label("on-demand capacity"))
        .help(
            "if its tasks may be stopped with two minutes' notice, add `FARGATE_SPOT` to `capacityProviderStrategy`",
        ),
    );
}
