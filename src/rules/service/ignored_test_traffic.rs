use crate::finding::{Category, Problem, Severity};
use crate::model::{Service, doubts};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "ignored-test-traffic",
    summary: "a rolling deployment has no test traffic",
    category: Category::Ignored,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AdvancedConfiguration.html"],
    page: page!("service/ignored-test-traffic"),
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    if !service.is_whole() || !service.rolls().is_yes() {
        return;
    }
    let rules = service.test_traffic();
    let mut labels = rules.iter().map(|rule| rule.key_label("test traffic"));
    let Some(first) = labels.next() else { return };
    let strategy = service.deployment_strategy().known();
    report.add(
        Problem::new("a rolling deployment has no test traffic", first)
            .also_each(labels)
            .also_each(strategy.map(|strategy| strategy.label("the strategy that is used")))
            .help("write `\"strategy\": \"BLUE_GREEN\"`, or delete what is for tests")
            .unless(doubts(&rules)),
    );
}
