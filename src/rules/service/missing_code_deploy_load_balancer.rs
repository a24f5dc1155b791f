use crate::finding::{Category, Problem, Severity};
use crate::model::{LoadBalancer, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-code-deploy-load-balancer",
    summary: "a service deployed by CodeDeploy has no target group",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always(
        "When specifying the CODE_DEPLOY deployment controller type, the service requires an Application Load Balancer or Network Load Balancer.",
    ),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentController.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let controller = service.hands_over_to("CODE_DEPLOY").filter(|_| service.is_whole());
    let Some(controller) = controller.filter(|_| service.load_balancers().is_complete()) else { return };
    // `missing-load-balancer-target` reports an entry that names neither; it may be meant for a target group.
    let may_have = |balancer: LoadBalancer| {
        !balancer.target_group().is_missing() || balancer.classic_name().known().is_none()
    };
    if service.load_balancers().items().any(may_have) {
        return;
    }
    let label = match service.classic_load_balancers().next() {
        Some((_, name)) => name.label("a Classic Load Balancer has no target groups"),
        None => service.name_label("no target group"),
    };
    report.add(
        Problem::new(format!("{} is deployed by CodeDeploy but has no target group", service.title()), label)
            .also(controller.label("CodeDeploy shifts traffic between target groups"))
            .help("add a target group of an Application or Network Load Balancer to `loadBalancers`, or remove `deploymentController`"),
    );
}
