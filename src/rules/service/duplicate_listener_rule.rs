use std::collections::BTreeSet;

use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-listener-rule",
    summary: "a listener rule is used for both production and test traffic",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "The following rules cannot be used as both production and test listener rules: {rules}",
    ]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshooting-blue-green.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let balancers = || service.load_balancers().items();
    let production: Vec<_> = balancers().filter_map(|balancer| balancer.production_rule().known()).collect();
    let mut reported = BTreeSet::new();
    for test in balancers().filter_map(|balancer| balancer.test_rule().known()) {
        let same = production.iter().find(|rule| rule.value() == test.value());
        let Some(rule) = same.filter(|_| reported.insert(test.value())) else { continue };
        report.add(
            Problem::new("the same listener rule is used for production and test traffic", test.label("the test rule"))
                .also(rule.label("the production rule"))
                .help("set `testListenerRule` to a different rule, for example one for another port or header, or remove it")
                .reply(0, &[("rules", &test)]),
        );
    }
}
