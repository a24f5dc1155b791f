use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "public-ip-assigned",
    summary: "the tasks get public IP addresses",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Strict,
    fix: Some(Safety::Unsafe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(network) = service.usable_network().filter(|_| may_run_on_fargate(service)) else { return };
    let public = network.assign_public_ip().known().filter(|public| public.value() == "ENABLED");
    let Some(public) = public else { return };
    let balancers = service.load_balancers().certain();
    let problem = Problem::new(
        format!("{} gives each task a public IP address", service.title()),
        public.label("reachable from the internet as far as the security groups allow"),
    )
    .also_each(balancers.map(|balancers| balancers.key_label("reaches the tasks at their private addresses")))
    .help("set `assignPublicIp` to `DISABLED`; tasks in private subnets pull their images through a NAT gateway or VPC endpoints")
    .fix(public.set(Safety::Unsafe, "DISABLED"));
    report.add(problem);
}

/// Whether the service runs on Fargate, as far as it states where it runs. On instances AWS rejects public
/// addresses: `unsupported-public-ip`.
fn may_run_on_fargate(service: &Service) -> bool {
    let states_nothing = service.launch_type().is_missing() && service.capacity_providers().is_missing();
    service.is_fargate().is_yes() || (states_nothing && service.says_daemon().is_no())
}
