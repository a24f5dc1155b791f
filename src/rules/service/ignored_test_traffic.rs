use crate::finding::{Category, Problem, Severity};
use crate::model::{Service, doubts};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ignored-test-traffic",
    summary: "test traffic is configured, but a rolling deployment does not use it",
    category: Category::Ignored,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AdvancedConfiguration.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    if !service.is_whole() || !service.rolls().is_yes() {
        return;
    }
    let rules = service.test_traffic();
    let mut labels = rules.iter().map(|rule| rule.key_label("has no effect"));
    let Some(first) = labels.next() else { return };
    let strategy = service.deployment_strategy().known();
    report.add(
        Problem::new("test traffic is configured, but a rolling deployment does not use it", first)
            .also_each(labels)
            .also_each(strategy.map(|strategy| strategy.label("the strategy in use")))
            .help("set `strategy` to `BLUE_GREEN`, or remove the test rules")
            .unless(doubts(&rules)),
    );
}
