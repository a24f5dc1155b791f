use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ignored-deployment-percentages",
    summary: "deployment percentages have no effect under another deployment controller",
    category: Category::Ignored,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let controller = service.deployment_controller().known();
    // A daemon cannot use such a controller at all.
    let counts = !service.is_described() && service.says_daemon().is_no();
    let Some(controller) = controller.filter(|one| one.value() != "ECS" && counts) else { return };
    let minimum = service.minimum_healthy_percent().known().filter(|minimum| **minimum != 100);
    let maximum = service.maximum_percent().known().filter(|maximum| **maximum != 200);
    let Some(first) = minimum.or(maximum) else { return };
    let problem = Problem::new(
        format!("the deployment controller {controller} ignores the deployment percentages"),
        first.label("has no effect"),
    );
    let second = maximum.filter(|_| minimum.is_some());
    report.add(
        problem
            .also_each(second.map(|second| second.label("has no effect")))
            .also(controller.label("this controller runs the deployments"))
            .help("remove the percentages: they only apply to rolling deployments by ECS"),
    );
}
