use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Known, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-empty-string",
    summary: "a role, size, mode, path or other identifier is an empty string",
    category: Category::Rejected,
    // A warning: the GitHub deploy action deletes empty values, and some pipelines fill them in.
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&[
        "Role is not valid",
        "Invalid 'cpu' setting for task.",
        "host.sourcePath should not be blank.",
    ]),
    settings: &[],
    sources: &[
        "https://github.com/aws/amazon-ecs-cli/issues/11",
        "https://github.com/fabfuel/ecs-deploy/issues/231",
        "https://github.com/actions/runner-images/issues/10387",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let of_containers = task.containers().flat_map(|container| container.empty_identifiers());
    for empty in task.empty_identifiers().into_iter().chain(of_containers) {
        let name = empty.node().key().map_or("links", |key| key.text());
        if is_reported_elsewhere(task, name) {
            continue;
        }
        report.add(problem(name, &empty));
    }
}

fn problem(name: &str, empty: &Known<&str>) -> Problem {
    let (message, help, title) = if empty.node().key().is_some() {
        (
            format!("`{name}` is an empty string"),
            format!("delete `{name}`, or give it a value"),
            format!("delete `{name}`"),
        )
    } else {
        let help = "delete the entry, or set it to the name of a container".to_owned();
        (format!("an entry of `{name}` is an empty string"), help, "delete the empty entry".to_owned())
    };
    // Removing the task role must be a deliberate choice: see missing-task-role.
    let safety = if name == "taskRoleArn" { Safety::Shown } else { Safety::Safe };
    let label = empty.label("AWS does not treat an empty string as unset");
    let problem = Problem::new(message, label).help(help).fix(empty.delete(safety).titled(title));
    match name {
        "taskRoleArn" | "executionRoleArn" => problem.reply(0, &[]),
        "cpu" => problem.reply(1, &[]),
        "sourcePath" => problem.reply(2, &[]),
        _ => problem,
    }
}

/// Whether another rule reports, or may report, the missing value.
fn is_reported_elsewhere(task: &TaskDefinition, name: &str) -> bool {
    match name {
        "executionRoleArn" => !task.lacks_execution_role().is_no() || !task.execution_role_uses().is_empty(),
        "taskRoleArn" => !task.demands_task_role().is_no(),
        // Fargate requires all three.
        "cpu" | "memory" | "networkMode" => !task.is_fargate().is_no(),
        _ => false,
    }
}
