use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Container, LaunchType, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-log-configuration",
    summary: "a container has no `logConfiguration`",
    category: Category::Operations,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
    ],
    check: Check::Containers(check),
};

/// One finding for all of them: it was forgotten, or it is added elsewhere.
fn check(containers: &[Container], report: &mut Report) {
    let silent: Vec<Container> =
        containers.iter().copied().filter(|container| container.log_configuration().is_missing()).collect();
    let Some((first, others)) = silent.split_first() else { return };
    let task = first.task();
    let is_fargate = task.is_some_and(|task| task.is_fargate().is_yes());
    let is_ec2 = task.is_some_and(|task| task.lists(LaunchType::Ec2).is_yes());
    let message = match (is_fargate, is_ec2, others.len()) {
        (true, _, 0) => format!("{} has no `logConfiguration`: its output is lost", first.title()),
        (true, _, more) => {
            format!("{} containers have no `logConfiguration`: their output is lost", more + 1)
        }
        (_, true, 0) => {
            format!("{} has no `logConfiguration`: its output stays on the instance", first.title())
        }
        (_, true, more) => {
            format!("{} containers have no `logConfiguration`: their output stays on the instance", more + 1)
        }
        (_, _, 0) => format!("{} has no `logConfiguration`", first.title()),
        (_, _, more) => format!("{} containers have no `logConfiguration`", more + 1),
    };
    let label = if is_fargate { "Fargate does not keep its output" } else { "no log driver is set" };
    let problem = Problem::new(message, first.label(label))
        .also_each(others.iter().map(|other| other.label("not set here either")));
    report.add(match task.and_then(|task| suggestion(&task, &silent)) {
        Some((help, fix)) => problem.help(help).fix(fix),
        None => problem.help(
            "add a `logConfiguration`, such as the log driver `awslogs` with the options `awslogs-group`, `awslogs-region` and `awslogs-stream-prefix`",
        ),
    });
}

/// Logs to CloudWatch, with the other containers, if the Region is known.
fn suggestion(task: &TaskDefinition, containers: &[Container]) -> Option<(String, Fix)> {
    let family = task.family().known()?.value();
    let region = task.log_region()?;
    let group = task.log_group().map_or_else(|| format!("/ecs/{family}"), str::to_owned);
    let help = format!(
        "add a `logConfiguration` with the log driver `awslogs`, log group `{group}`, Region `{region}` and stream prefix `{family}`"
    );
    let options = serde_json::json!({
        "awslogs-group": group,
        "awslogs-region": region,
        "awslogs-stream-prefix": family,
    });
    let logs = serde_json::json!({ "logDriver": "awslogs", "options": options });
    let nodes = containers.iter().map(|container| container.node());
    let changes: Vec<Change> =
        nodes.map(|node| Change::set(node, "logConfiguration", logs.clone())).collect();
    Some((help, Fix::new(Safety::Shown, "add a `logConfiguration`", &changes)))
}
