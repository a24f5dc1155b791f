use crate::finding::{Category, Problem, Severity};
use crate::model::{Arn, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-listener-arn",
    summary: "a listener rule is not the ARN of one",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "productionListenerRule has an invalid ARN format. Must be RuleArn for ALB or ListenerArn for NLB. Got: {value}",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshooting-blue-green.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AdvancedConfiguration.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    for balancer in service.load_balancers().items() {
        for (key, rule) in [
            ("productionListenerRule", balancer.production_rule()),
            ("testListenerRule", balancer.test_rule()),
        ] {
            let Some(rule) = rule.known() else { continue };
            let arn = Arn::read(rule.value());
            if arn.is_some_and(|arn| arn.may_route()) {
                continue;
            }
            let is_listener = arn.is_some_and(|arn| arn.resource.starts_with("listener/app/"));
            let what = match arn.and_then(|arn| arn.noun()) {
                _ if is_listener => "this is a listener; a listener *rule* is required".to_owned(),
                Some(noun) => format!("this is {noun}"),
                None if arn.is_some() => "this is the ARN of something else".to_owned(),
                None => "not an ARN".to_owned(),
            };
            let help = if is_listener {
                "use the ARN of one of its rules, which `aws elbv2 describe-rules --listener-arn …` lists: `arn:aws:elasticloadbalancing:<Region>:<account>:listener-rule/app/…`"
            } else {
                "use the ARN of an Application Load Balancer listener rule (`…:listener-rule/app/…`) or of a Network Load Balancer listener (`…:listener/net/…`)"
            };
            let problem =
                Problem::new(format!("`{key}` is not the ARN of a listener rule"), rule.label(what))
                    .help(help);
            report.add(if key == "productionListenerRule" {
                problem.reply(0, &[("value", &rule)])
            } else {
                problem
            });
        }
    }
}
