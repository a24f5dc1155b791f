use crate::finding::{Category, Problem, Severity};
use crate::model::{LoadBalancer, Service, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "missing-advanced-configuration",
    summary: "a load balancer lacks the settings that a deployment needs to shift its traffic",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "advancedConfiguration field is required for all loadBalancers when using a non-ROLLING deployment strategy",
        "Either all or none of the provided loadBalancers must have advancedConfiguration defined",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshooting-blue-green.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AdvancedConfiguration.html",
    ],
    check: Check::Service(check),
};

/// The required parts of an advanced configuration, with their purpose.
const PARTS: [(&str, &str); 3] = [
    ("alternateTargetGroupArn", "a second target group"),
    ("productionListenerRule", "the listener rule for production traffic"),
    ("roleArn", "a role that lets ECS change the rule"),
];

fn check(service: &Service, report: &mut Report) {
    if service.is_described() || !service.leaves_deployments_to_ecs() {
        return;
    }
    let balancers = || service.load_balancers().items();
    let bare: Vec<_> = balancers().filter(|balancer| balancer.advanced().is_missing()).collect();
    let full = balancers().find_map(|balancer| balancer.advanced().known());
    if let Some((first, others)) = bare.split_first() {
        let label = |balancer: &LoadBalancer| {
            balancer.missing_label("advancedConfiguration", "no `advancedConfiguration`")
        };
        let others = others.iter().map(label);
        if let Some(strategy) = service.shift() {
            report.add(
                Problem::new(
                    format!(
                        "a load balancer has no `advancedConfiguration`, which the strategy {strategy} requires"
                    ),
                    label(first),
                )
                .also_each(others)
                .also(strategy.label("shifts traffic to another target group"))
                .help(help(&PARTS.map(|(key, _)| key)))
                .reply(0, &[]),
            );
        } else if let Some(full) = full {
            report.add(
                Problem::new(
                    "one load balancer has an `advancedConfiguration` but another does not",
                    label(first),
                )
                .also_each(others)
                .also(full.key_label("this one has it"))
                .help("set it for all of them or for none")
                .reply(1, &[]),
            );
        }
    }
    for balancer in balancers() {
        let (lacks, Some(advanced)) = (balancer.lacks_of_advanced(), balancer.advanced().known()) else {
            continue;
        };
        let Some(first) = lacks.first() else { continue };
        let missing = listed(lacks.iter().copied());
        let label = match advanced.node().get(first) {
            Some(_) => advanced.value().missing_label(first, format!("no {missing}")),
            None => advanced.key_label(format!("no {missing}")),
        };
        let problem =
            Problem::new(format!("`advancedConfiguration` has no {missing}"), label).help(help(&lacks));
        // The rule and the role may be omitted if the deployment does not shift traffic.
        let is_certain = service.shift().is_some() || lacks.contains(&"alternateTargetGroupArn");
        report.add(if is_certain { problem } else { problem.at_most(Severity::Warning) });
    }
}

/// How to add the missing parts.
fn help(missing: &[&str]) -> String {
    let parts: Vec<String> = PARTS
        .iter()
        .filter(|(key, _)| missing.contains(key))
        .map(|(key, what)| format!("{what} (`{key}`)"))
        .collect();
    match parts.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("add {} and {last}", first.join(", ")),
        parts => format!("add {}", parts.concat()),
    }
}
