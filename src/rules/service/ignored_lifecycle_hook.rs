use crate::finding::{Category, Problem, Severity};
use crate::model::{Present, Service, doubts};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ignored-lifecycle-hook",
    summary: "a lifecycle hook, or part of it, has no effect",
    category: Category::Ignored,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentLifecycleHook.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    if service.is_described() {
        return;
    }
    // A load balancer without an advanced configuration may get one with a test rule.
    let is_settled = (service.shift().is_none() && !service.deployment_strategy().is_unknown())
        || service.load_balancers().items().all(|balancer| !balancer.advanced().is_missing());
    let no_tests =
        service.is_whole() && is_settled && service.lacks_test_traffic() && !service.may_shift_nothing();
    for hook in service.lifecycle_hooks() {
        // At a stage where no hook may pause, the pause itself is the problem.
        let wanted: &[&str] = match hook.pause() {
            Some(_) => &["POST_TEST_TRAFFIC_SHIFT"],
            None => &["TEST_TRAFFIC_SHIFT", "POST_TEST_TRAFFIC_SHIFT"],
        };
        let stages: Vec<_> = hook.stages_among(wanted).collect();
        if let Some((first, others)) = stages.split_first().filter(|_| no_tests) {
            report.add(
                Problem::new(
                    format!("a lifecycle hook runs at {first}, but there is no test traffic"),
                    first.label("there is no test traffic at this stage"),
                )
                .also_each(others.iter().map(|other| other.label("nor at this stage")))
                .help("define test traffic with `testListenerRule` on a load balancer or `testTrafficRules` in Service Connect, or choose another stage"),
            );
        }
        let Some(pause) = hook.pause() else { continue };
        let function: Vec<Present> =
            [hook.target().present(), hook.role().present()].into_iter().flatten().collect();
        let Some((first, second)) = function.split_first() else { continue };
        report.add(
            Problem::new(
                "a lifecycle hook that pauses does not call a function",
                first.key_label("has no effect"),
            )
            .also_each(second.iter().map(|role| role.key_label("has no effect")))
            .also(pause.label("pauses the deployment"))
            .help("remove the fields for the function, or set `targetType` to `AWS_LAMBDA`")
            .unless(doubts(&function)),
        );
    }
}
