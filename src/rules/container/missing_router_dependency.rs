use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{AWSFIRELENS, Container, Known, NetworkMode, View};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "missing-router-dependency",
    summary: "a container may start before the log router that it logs to",
    category: Category::Broken,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    aws_says: &[],
    sources: &["https://github.com/aws/amazon-ecs-agent/blob/master/agent/api/task/task.go", "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html"],
    page: page!("container/missing-router-dependency"),
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(task) = container.task() else { return };
    let on_bridge = task.runs_in(NetworkMode::Bridge).is_yes() && task.is_fargate().is_no();
    let Some(router) = task.log_router().filter(|_| on_bridge) else { return };
    let (Some(waits), Some(router_name)) = (router.container.depends_on().known(), router.container.name().known())
    else {
        return;
    };
    let is_router = container.position() == router.container.position();
    if is_router || !container.waits_for(router_name.value()).is_no() {
        return;
    }
    let Some(logs) = container.logs_to(AWSFIRELENS) else { return };
    let Some(driver) = logs.log_driver().known() else { return };
    let problem = Problem::new(
        format!("{} may start before the log router `{router_name}`", container.title()),
        driver.label("sends to the log router"),
    )
    .also(waits.value().key_label("the router waits, so that ECS does not start it first"));
    report.add(mended(problem, container, &router.container, &router_name));
}

fn mended(problem: Problem, container: &Container, router: &Container, name: &Known<&str>) -> Problem {
    let own = container.name().known();
    let awaited = own.map(|own| router.waits_for(own.value()));
    if !awaited.is_some_and(|awaited| awaited.is_no()) {
        return problem.help("log with another driver here, or do not let the router wait for this container");
    }
    let entry = format!("{{\"containerName\": \"{name}\", \"condition\": \"START\"}}");
    let problem = problem.help(format!("add to its `dependsOn`: {entry}"));
    if !container.depends_on().is_missing() || container.node().get("dependsOn").is_some() {
        return problem;
    }
    let dependency = serde_json::json!([{ "containerName": name.value(), "condition": "START" }]);
    problem.fix(Fix::new(
        Safety::Shown,
        format!("let it wait for `{name}`"),
        &[Change::Insert(container.node(), "dependsOn", dependency)],
    ))
}
