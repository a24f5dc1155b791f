use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Known, LaunchType, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-public-ip",
    summary: "a service requests public IP addresses for tasks that cannot have them",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Always("Assign public IP is not supported for this launch type."),
    settings: &[],
    sources: &[
        "https://github.com/hashicorp/waypoint/issues/643",
        "https://github.com/aws/amazon-ecs-cli/issues/627",
        "https://github.com/aws/aws-cdk/issues/13348",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let launch_type = service.launch_type().known();
    // On external instances the whole network configuration is rejected.
    let is_ec2 = |known: &Known<LaunchType>| **known == LaunchType::Ec2;
    let Some(launch_type) = launch_type.filter(|known| is_ec2(known) && !service.is_described()) else {
        return;
    };
    let public = service.awsvpc_configuration().and_then(|network| network.assign_public_ip()).known();
    let Some(public) = public.filter(|public| public.value() == "ENABLED") else { return };
    if !service.refuses_networks().is_no() {
        return;
    }
    report.add(
        Problem::new(
            format!("`assignPublicIp` is not supported with launch type {}", launch_type.name()),
            public.label("must be `DISABLED`"),
        )
        .also(launch_type.label("targets EC2"))
        .help("set `assignPublicIp` to `DISABLED`; use a NAT gateway for outbound traffic and a load balancer for inbound traffic")
        .fix(public.set(Safety::Shown, "DISABLED")),
    );
}
