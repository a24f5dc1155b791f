use crate::finding::{Category, Problem, Severity};
use crate::model::{Service, both};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-load-balancers",
    summary: "a service mixes Classic Load Balancers with target groups",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "loadBalancerName and targetGroupArn cannot both be specified",
        "All loadBalancers must be strictly either ELBv1 (defining loadBalancerName) or ELBv2 (defining targetGroupArn)",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshooting-blue-green.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/register-multiple-targetgroups.html",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let balancers = service.load_balancers().items();
    let named: Vec<_> = balancers.filter_map(|one| Some((one, one.classic_name().present()?))).collect();
    let Some((_, name)) = named.first().filter(|_| !service.is_described()) else { return };
    let help = "keep the target groups, or a single Classic Load Balancer and nothing else";
    if let Some((group, name)) =
        named.iter().find_map(|(one, name)| both(one.target_group().present(), Some(*name)))
    {
        let problem = Problem::new(
            "a `loadBalancers` entry names both a target group and a Classic Load Balancer",
            name.key_label("a Classic Load Balancer"),
        );
        report.add(
            problem
                .also(group.key_label("a target group"))
                .help(help)
                .reply(0, &[])
                .unless(group.doubt())
                .unless(name.doubt()),
        );
    } else if let Some((group, name)) =
        service.load_balancers().items().find_map(|one| both(one.target_group().present(), Some(*name)))
    {
        let problem = Problem::new(
            format!("{} mixes target groups with a Classic Load Balancer", service.title()),
            name.key_label("a Classic Load Balancer"),
        );
        report.add(
            problem
                .also(group.key_label("a target group"))
                .help(help)
                .reply(1, &[])
                .unless(group.doubt())
                .unless(name.doubt()),
        );
    } else if let Some((second, name)) = both(named.get(1).map(|(_, name)| *name), Some(*name)) {
        let problem = Problem::new(
            format!("{} names more than one Classic Load Balancer", service.title()),
            second.key_label("a second Classic Load Balancer"),
        );
        report.add(
            problem
                .also(name.key_label("the first one"))
                .help(help)
                .unless(name.doubt())
                .unless(second.doubt()),
        );
    }
}
