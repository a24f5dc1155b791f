use crate::finding::{Category, Problem, Severity};
use crate::model::{Present, Service, doubts};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "ignored-lifecycle-hook",
    summary: "a lifecycle hook, or a part of it, has no effect",
    category: Category::Ignored,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentLifecycleHook.html"],
    page: page!("service/ignored-lifecycle-hook"),
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    if service.is_described() {
        return;
    }
    // A load balancer without any advanced configuration may get one with a rule for tests.
    let is_settled = (service.shift().is_none() && !service.deployment_strategy().is_unknown())
        || service.load_balancers().items().all(|balancer| !balancer.advanced().is_missing());
    let no_tests =
        service.is_whole() && is_settled && service.lacks_test_traffic() && !service.may_shift_nothing();
    for hook in service.lifecycle_hooks() {
        // Where no hook may pause, that is the fault.
        let wanted: &[&str] = match hook.pause() {
            Some(_) => &["POST_TEST_TRAFFIC_SHIFT"],
            None => &["TEST_TRAFFIC_SHIFT", "POST_TEST_TRAFFIC_SHIFT"],
        };
        let stages: Vec<_> = hook.stages_among(wanted).collect();
        if let Some((first, others)) = stages.split_first().filter(|_| no_tests) {
            report.add(
                Problem::new(
                    format!("a lifecycle hook waits for {first}, and there is no test traffic"),
                    first.label("no test traffic reaches this stage"),
                )
                .also_each(others.iter().map(|other| other.label("nor this one")))
                .help("say what test traffic is, with `testListenerRule` of a load balancer or `testTrafficRules` of Service Connect, or choose another stage"),
            );
        }
        let Some(pause) = hook.pause() else { continue };
        let function: Vec<Present> =
            [hook.target().present(), hook.role().present()].into_iter().flatten().collect();
        let Some((first, second)) = function.split_first() else { continue };
        report.add(
            Problem::new("a lifecycle hook that pauses calls no function", first.key_label("has no effect"))
                .also_each(second.iter().map(|role| role.key_label("has no effect")))
                .also(pause.label("the deployment waits for somebody"))
                .help("delete what names the function, or write `\"targetType\": \"AWS_LAMBDA\"`")
                .unless(doubts(&function)),
        );
    }
}
