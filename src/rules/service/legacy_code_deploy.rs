use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "legacy-code-deploy",
    summary: "a service is deployed by CodeDeploy, although ECS has such deployments too",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-blue-green.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let controller = service.deployment_controller().known();
    // `unsupported-on-daemon` reports the controller of a daemon.
    let controller = controller.filter(|one| one.value() == "CODE_DEPLOY" && service.says_daemon().is_no());
    let Some(controller) = controller else { return };
    report.add(
        Problem::new(
            format!("{} is deployed by CodeDeploy, but ECS has blue/green deployments of its own", service.title()),
            controller.label("CodeDeploy shifts the traffic"),
        )
        .help("to deploy without CodeDeploy, set `type` to `ECS` and `deploymentConfiguration.strategy` to `BLUE_GREEN`, `LINEAR` or `CANARY`"),
    );
}
