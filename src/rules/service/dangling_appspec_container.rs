use crate::finding::{Category, Problem, Severity};
use crate::model::{AppSpec, Known, LoadBalancer, Service, TaskDefinition, View};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "dangling-appspec-container",
    summary: "an AppSpec file does not fit the service that CodeDeploy deploys with it",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &[
        "https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html",
        "https://github.com/aws-actions/amazon-ecs-deploy-task-definition/issues/149",
    ],
    page: page!("service/dangling-appspec-container"),
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(app_spec) = service.app_spec() else { return };
    if service.is_controlled_by("CODE_DEPLOY").is_no() {
        let problem = Problem::new(
            format!("CodeDeploy does not deploy {}: the AppSpec file has no effect", service.title()),
            app_spec.opening_label("an AppSpec file for a service"),
        );
        let help =
            "write \"deploymentController\": { \"type\": \"CODE_DEPLOY\" }, or delete the AppSpec file";
        report.add(problem.also(service.name_label("its deployments are those of ECS")).help(help));
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
            format!("`{named}` is no ARN of a task definition"),
            named.label("CodeDeploy needs the ARN, with the revision"),
        )
        .help("write the ARN, or `<TASK_DEFINITION>` where the pipeline or the deploy action fills it in"),
    );
}

/// The container that gets the traffic, which the task definition and the service name too.
fn report_container(service: &Service, app_spec: &AppSpec, report: &mut Report) {
    let Some(name) = app_spec.container_name() else { return };
    let port = app_spec.container_port();
    if let Some(task) = service.task_definition().filter(|task| task.knows_all_container_names()) {
        let Some(container) = task.container(&name) else {
            let problem = Problem::new(
                format!("the task definition has no container `{name}`"),
                name.label("CodeDeploy sends the traffic here"),
            );
            let containers = task.listed_container_names();
            report.add(
                problem
                    .also(task.name_label(format!("its containers: {containers}")))
                    .help("write the name of the container that takes the traffic"),
            );
            return;
        };
        if let Some(port) = port.filter(|port| container.maps(**port).is_no()) {
            let problem = Problem::new(
                format!("container `{name}` does not map port {port}"),
                port.label("CodeDeploy sends the traffic here"),
            );
            let help = "write the port that the container maps and listens on";
            report.add(problem.also(container.label("this container")).help(help));
            return;
        }
    }
    let balancers = service.load_balancers();
    // A load balancer that does not fit the task definition either is what is wrong then.
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
            name.label("CodeDeploy sends the traffic here"),
        )
        .also(first.label("the load balancer of the service"))
        .help("write the same container and port in both"),
    );
}

/// Whether the task definition lacks the container of a load balancer, or its port, as far as can be
/// told.
fn dangles(balancer: &LoadBalancer, task: &TaskDefinition) -> bool {
    let container = balancer.container_name().known().and_then(|name| task.container(&name));
    let port = balancer.container_port().known();
    container.zip(port).is_none_or(|(container, port)| !container.maps(*port).is_yes())
}

fn at_port(port: Option<Known<i64>>) -> String {
    port.map_or_else(String::new, |port| format!(" at port {port}"))
}
