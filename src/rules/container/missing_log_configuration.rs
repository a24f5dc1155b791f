use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Container, LaunchType, TaskDefinition};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "missing-log-configuration",
    summary: "a container does not say where its output goes",
    category: Category::Operations,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    aws_says: &[],
    sources: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
    ],
    page: page!("container/missing-log-configuration"),
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    if !container.log_configuration().is_missing() {
        return;
    }
    let (message, label) = match container.task() {
        Some(task) if task.is_fargate().is_yes() => (
            format!("what {} prints is lost", container.title()),
            "no `logConfiguration`, and Fargate keeps no output",
        ),
        Some(task) if task.lists(LaunchType::Ec2).is_yes() => {
            (format!("what {} prints stays on its instance", container.title()), "no `logConfiguration`")
        }
        _ => (format!("{} does not say where its output goes", container.title()), "no `logConfiguration`"),
    };
    let problem = Problem::new(message, container.label(label));
    report.add(match container.task().and_then(|task| suggestion(&task, container)) {
        Some((help, fix)) => problem.help(help).fix(fix),
        None => problem.help(
            "add a `logConfiguration`, such as the driver `awslogs` with the options `awslogs-group`, `awslogs-region` and `awslogs-stream-prefix`",
        ),
    });
}

/// Logs to CloudWatch, beside the other containers, where the Region is known.
fn suggestion(task: &TaskDefinition, container: &Container) -> Option<(String, Fix)> {
    let family = task.family().known()?.value();
    let region = task.log_region()?;
    let group = task.log_group().map_or_else(|| format!("/ecs/{family}"), str::to_owned);
    let help = format!(
        "add a `logConfiguration` with the driver `awslogs`, its group `{group}`, its Region `{region}` and its stream prefix `{family}`"
    );
    let options = serde_json::json!({
        "awslogs-group": group,
        "awslogs-region": region,
        "awslogs-stream-prefix": family,
    });
    let logs = serde_json::json!({ "logDriver": "awslogs", "options": options });
    let add = Change::set(container.node(), "logConfiguration", logs);
    Some((help, Fix::new(Safety::Shown, "add a `logConfiguration`", &[add])))
}
