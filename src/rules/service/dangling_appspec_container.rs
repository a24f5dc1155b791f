use crate::finding::{Category, Problem, Severity};
use crate::model::{AppSpec, Known, LoadBalancer, Service, TaskDefinition, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "dangling-appspec-container",
    summary: "an AppSpec file does not match the service or its task definition",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html",
        "https://github.com/aws-actions/amazon-ecs-deploy-task-definition/issues/149",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(app_spec) = service.app_spec() else { return };
    if service.is_controlled_by("CODE_DEPLOY").is_no() {
        let problem = Problem::new(
            format!("CodeDeploy does not deploy {}: the AppSpec file has no effect", service.title()),
            app_spec.head_label("an AppSpec file for an ECS service"),
        );
        let help = "set `\"deploymentController\": {\"type\": \"CODE_DEPLOY\"}`, or delete the AppSpec file";
        report.add(problem.also(service.name_label("ECS, not CodeDeploy, deploys this service")).help(help));
        return;
    }
    report_task_definition(&app_spec, report);
    report_container(service, &app_spec, report);
}

fn report_task_definition(app_spec: &AppSpec, report: &mut Report) {
    let Some(named) = app_spec.task_definition().filter(|named| !AppSpec::may_name_task_definition(named))
    else {
        return;
    };
    report.add(
        Problem::new(
            format!("`{named}` is not the ARN of a task definition"),
            named.label("CodeDeploy requires the ARN with its revision"),
        )
        .help("use the ARN, or `<TASK_DEFINITION>` if the pipeline or deploy action fills it in"),
    );
}

/// The container that receives the traffic, which the task definition and the service also name.
fn report_container(service: &Service, app_spec: &AppSpec, report: &mut Report) {
    let Some(name) = app_spec.container_name() else { return };
    let port = app_spec.container_port();
    if let Some(task) = service.task_definition().filter(|task| task.knows_all_container_names()) {
        let Some(container) = task.container(&name) else {
            let problem = Problem::new(
                format!("the task definition has no container `{name}`"),
                name.label("CodeDeploy sends traffic here"),
            );
            let containers = task.listed_container_names();
            report.add(
                problem
                    .also(task.name_label(format!("its containers: {containers}")))
                    .help("use the name of the container that receives the traffic"),
            );
            return;
        };
        if let Some(port) = port.filter(|port| container.maps(**port).is_no()) {
            let problem = Problem::new(
                format!("container `{name}` does not map port {port}"),
                port.label("CodeDeploy sends traffic here"),
            );
            let help = "use the port that the container maps and listens on";
            report.add(problem.also(container.label("does not map this port")).help(help));
            return;
        }
    }
    let balancers = service.load_balancers();
    // If a load balancer does not match the task definition either, that is the problem.
    if service.task_definition().is_some_and(|task| balancers.items().any(|one| dangles(&one, &task))) {
        return;
    }
    let fits = |one: &LoadBalancer| {
        let is_name = one.container_name().known().is_none_or(|own| *own == *name);
        let own_port = one.container_port().known();
        is_name && port.zip(own_port).is_none_or(|(port, own)| *port == *own)
    };
    let mut items = balancers.items();
    let Some(first) = items.next().filter(|_| balancers.is_complete()) else { return };
    if fits(&first) || items.any(|one| fits(&one)) {
        return;
    }
    report.add(
        Problem::new(
            format!(
                "{} has no load balancer that sends traffic to `{name}`{}",
                service.title(),
                at_port(port)
            ),
            name.label("CodeDeploy sends traffic here"),
        )
        .also(first.label("the load balancer of the service"))
        .help("use the same container and port in both"),
    );
}

/// Whether the task definition lacks the container of a load balancer, or its port, as far as is
/// known.
fn dangles(balancer: &LoadBalancer, task: &TaskDefinition) -> bool {
    let container = balancer.container_name().known().and_then(|name| task.container(&name));
    let port = balancer.container_port().known();
    container.zip(port).is_none_or(|(container, port)| !container.maps(*port).is_yes())
}

fn at_port(port: Option<Known<i64>>) -> String {
    port.map_or_else(String::new, |port| format!(" on port {port}"))
}
