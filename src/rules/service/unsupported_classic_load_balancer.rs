use crate::finding::{Category, Label, Problem, Severity};
use crate::model::{Field, NetworkMode, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-classic-load-balancer",
    summary: "a service does not support its Classic Load Balancer",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "Classic Load Balancers are not supported with Fargate",
        "advancedConfiguration field is not allowed with ELBv1 loadBalancers",
        "Deployment circuit breaker feature is not supported with Classic Load Balancers. Remove the Classic Load Balancer and try again.",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshooting-blue-green.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html",
        "https://github.com/aws/containers-roadmap/issues/1272",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html",
    ],
    check: Check::ServiceOrTaskSet(check),
};

/// Why a Classic Load Balancer is not supported, and what AWS replies.
struct Reason {
    label: Label,
    says: Option<usize>,
    most: Severity,
}

fn check(service: &Service, report: &mut Report) {
    if service.is_described() {
        return;
    }
    let Some((balancer, name)) = service.classic_load_balancers().next() else { return };
    let mut reasons = Vec::new();
    if leaves_it_to_this_rule(service) {
        reasons.extend(reasons_of_network(service));
        let advanced = balancer.advanced().certain();
        reasons.extend(advanced.map(|advanced| Reason {
            label: advanced.key_label("for target groups only"),
            says: Some(1),
            most: Severity::Error,
        }));
    }
    reasons.extend(circuit_breaker(service));
    let Some(most) = reasons.iter().map(|reason| reason.most).max() else { return };
    let says = reasons.iter().filter(|reason| reason.most == most).find_map(|reason| reason.says);
    let problem = Problem::new(
        format!("the Classic Load Balancer `{name}` is not supported for {}", service.title()),
        name.key_label("a Classic Load Balancer sends traffic to instances only"),
    )
    .also_each(reasons.into_iter().map(|reason| reason.label))
    .at_most(most)
    .help("use an Application or Network Load Balancer: set `targetGroupArn` instead of `loadBalancerName`")
    .unless(name.doubt());
    report.add(problem.reply_if(says));
}

/// Whether no other rule reports, or may report, the Classic Load Balancer: neither the one about load
/// balancers of CodeDeploy nor the one about Availability Zone rebalancing.
fn leaves_it_to_this_rule(service: &Service) -> bool {
    let rebalances = match service.zone_rebalancing() {
        Field::Known(zones) => zones.value() == "ENABLED",
        Field::Missing => false,
        Field::Unknown(_) => true,
    };
    service.is_controlled_by("CODE_DEPLOY").is_no() && !rebalances
}

fn reasons_of_network(service: &Service) -> Vec<Reason> {
    let fargate = service.fargate_label("targets Fargate").filter(|_| service.is_fargate().is_yes());
    let interfaces = "tasks have their own network interfaces";
    let network = service.network_configuration().certain().map(|network| network.key_label(interfaces));
    let mode = service.task_definition().and_then(|task| task.writes_mode(&[NetworkMode::Awsvpc]));
    let registries =
        service.registries().certain().map(|registries| registries.key_label("service discovery"));
    let interfaces = network.or_else(|| mode.map(|mode| mode.label(interfaces)));
    let others = [interfaces, registries].into_iter().flatten();
    let others = others.map(|label| Reason { label, says: None, most: Severity::Error });
    fargate
        .map(|label| Reason { label, says: Some(0), most: Severity::Error })
        .into_iter()
        .chain(others)
        .collect()
}

/// The circuit breaker of a service that ECS deploys. A disabled one was also rejected when the reply was
/// recorded, which may have changed since.
fn circuit_breaker(service: &Service) -> Option<Reason> {
    let breaker = service.deployment().and_then(|deployment| deployment.circuit_breaker()).known()?;
    let is_on = breaker.enable().known().is_some_and(|enabled| *enabled);
    let is_for_ecs = service.leaves_deployments_to_ecs();
    is_for_ecs.then(|| Reason {
        label: breaker.key_label("not supported with a Classic Load Balancer"),
        says: Some(2),
        most: if is_on { Severity::Error } else { Severity::Warning },
    })
}
