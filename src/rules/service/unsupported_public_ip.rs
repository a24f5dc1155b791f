use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Known, LaunchType, Service};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "unsupported-public-ip",
    summary: "a service asks for public addresses where tasks cannot have them",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    aws_says: &["Assign public IP is not supported for this launch type."],
    sources: &[
        "https://github.com/hashicorp/waypoint/issues/643",
        "https://github.com/aws/amazon-ecs-cli/issues/627",
        "https://github.com/aws/aws-cdk/issues/13348",
    ],
    page: page!("service/unsupported-public-ip"),
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let launch_type = service.launch_type().known();
    // On external instances the whole network configuration is refused.
    let is_ec2 = |known: &Known<LaunchType>| **known == LaunchType::Ec2;
    let Some(launch_type) = launch_type.filter(|known| is_ec2(known) && !service.is_described()) else {
        return;
    };
    let public = service.awsvpc_configuration().and_then(|network| network.assign_public_ip()).known();
    let Some(public) = public.filter(|public| public.value() == "ENABLED") else { return };
    if !service.refuses_networks().is_no() {
        return;
    }
    let change = Change::Replace(public.node(), "DISABLED".into());
    report.add(
        Problem::new(
            format!("tasks of the launch type {} cannot have public addresses", launch_type.name()),
            public.label("not supported here"),
        )
        .also(launch_type.label("asked for here"))
        .help("write `DISABLED`; the tasks reach the internet through a NAT gateway, and load balancers reach them")
        .fix(Fix::new(Safety::Shown, "write `DISABLED`", &[change])),
    );
}
