use crate::finding::{Category, Label, Problem, Severity};
use crate::model::{Field, NetworkMode, Service};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "unsupported-classic-load-balancer",
    summary: "a Classic Load Balancer does not suit the service",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    aws_says: &[
        "Classic Load Balancers are not supported with Fargate",
        "advancedConfiguration field is not allowed with ELBv1 loadBalancers",
    ],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshooting-blue-green.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html",
    ],
    page: page!("service/unsupported-classic-load-balancer"),
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let is_rolling = service.is_controlled_by("CODE_DEPLOY").is_no();
    let rebalances = match service.zone_rebalancing() {
        Field::Known(zones) => zones.value() == "ENABLED",
        Field::Missing => false,
        Field::Unknown(_) => true,
    };
    if !is_rolling || rebalances || service.is_described() {
        return;
    }
    let Some((balancer, name)) = service.classic_load_balancers().next() else { return };
    let fargate =
        service.fargate_label("Fargate is asked for here").filter(|_| service.is_fargate().is_yes());
    let advanced = balancer.advanced().known().map(|advanced| advanced.key_label("for target groups only"));
    let network = service
        .network_configuration()
        .known()
        .map(|network| network.key_label("tasks have their own network interfaces"));
    let registries = service.registries().known().map(|registries| registries.key_label("service discovery"));
    let mode = service.task_definition().and_then(|task| task.writes_mode(&[NetworkMode::Awsvpc]));
    let mode = mode.map(|mode| mode.label("tasks have their own network interfaces"));
    let says = match (&fargate, &advanced) {
        (Some(_), _) => Some(RULE.aws_says[0]),
        (None, Some(_)) => Some(RULE.aws_says[1]),
        (None, None) => None,
    };
    let reasons: Vec<Label> = [fargate, network, mode, registries, advanced].into_iter().flatten().collect();
    if reasons.is_empty() {
        return;
    }
    let problem = Problem::new(
        format!("the Classic Load Balancer `{name}` cannot serve {}", service.title()),
        name.label("a Classic Load Balancer sends traffic to instances only"),
    )
    .also_each(reasons)
    .help("use an Application or Network Load Balancer: write `targetGroupArn` for `loadBalancerName`");
    report.add(match says {
        Some(says) => problem.aws_says(says),
        None => problem.without_reply(),
    });
}
