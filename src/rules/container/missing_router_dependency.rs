use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{AWSFIRELENS, Answer, Container, Known, NetworkMode, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-router-dependency",
    summary: "a container may start before its log router",
    category: Category::Broken,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://github.com/aws/amazon-ecs-agent/blob/master/agent/api/task/task.go",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(task) = container.task() else { return };
    let on_bridge = task.runs_in(NetworkMode::Bridge).is_yes() && task.is_fargate().is_no();
    let Some(router) = task.log_router().filter(|_| on_bridge) else { return };
    let Some(waits) = router.container.depends_on().known() else { return };
    let Some(router_name) = router.container.name().known() else { return };
    let is_router = container.position() == router.container.position();
    if is_router || !container.waits_for(router_name.value()).is_no() {
        return;
    }
    let Some(logs) = container.logs_to(AWSFIRELENS) else { return };
    let Some(driver) = logs.log_driver().known() else { return };
    let waits = waits.value().key_label("the router waits, so ECS does not start it first");
    let driver = driver.label("sends its logs to the router");
    let own = container.name().known().map(|own| router.container.waits_for(own.value()));
    report.add(match own {
        Some(Answer::Yes) => {
            let title = container.title();
            let message = format!("{title} starts before the log router `{router_name}`, which waits for it");
            Problem::new(message, driver)
                .also(waits)
                .help("use another log driver here, or do not make the router wait for this container")
        }
        own => {
            let message = format!("{} may start before the log router `{router_name}`", container.title());
            let problem = Problem::new(message, driver).also(waits);
            with_advice(problem, container, &router_name, own == Some(Answer::No))
        }
    });
}

/// Makes the container wait for the router, unless that would create a cycle.
fn with_advice(problem: Problem, container: &Container, name: &Known<&str>, is_free: bool) -> Problem {
    let entry = format!("{{\"containerName\": \"{name}\", \"condition\": \"START\"}}");
    let problem = problem.help(format!("add to its `dependsOn`: {entry}"));
    if !is_free || !container.depends_on().is_missing() {
        return problem;
    }
    let dependency = serde_json::json!([{ "containerName": name.value(), "condition": "START" }]);
    problem.fix(
        container
            .node()
            .set_member(Safety::Shown, "dependsOn", dependency)
            .titled(format!("make it wait for `{name}`")),
    )
}
