use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Container, TaskDefinition, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-init-process",
    summary: "ECS Exec is enabled for a container without an init process",
    category: Category::Operations,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: Some(Safety::Unsafe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinuxParameters.html",
    ],
    check: Check::TaskDefinitionInProject(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    // In a process namespace that the containers share, another process adopts the orphans.
    if !task.says_windows().is_no() || !task.pid_mode().is_missing() {
        return;
    }
    let Some(enabled) = task.services().find_map(|service| service.executes_commands()) else { return };
    let lacking: Vec<Container> =
        task.containers().filter(|container| container.has_init_process().is_no()).collect();
    let Some((first, others)) = lacking.split_first() else { return };
    let message = match others.len() {
        0 => format!(
            "{} has no init process: sessions of ECS Exec may leave zombie processes behind",
            first.title()
        ),
        more => format!(
            "{} containers have no init process: sessions of ECS Exec may leave zombie processes behind",
            more + 1
        ),
    };
    report.add(
        Problem::new(message, first.label("no `initProcessEnabled`"))
            .also_each(others.iter().map(|other| other.label("not set here either")))
            .also(enabled.key_label("enables ECS Exec"))
            .help("set `initProcessEnabled` to true in `linuxParameters`")
            .fix(enable(&lacking)),
    );
}

/// Sets `initProcessEnabled` in each container.
fn enable(containers: &[Container]) -> Fix {
    let changes: Vec<Change> = containers.iter().map(change).collect();
    Fix::new(Safety::Unsafe, "set `initProcessEnabled` to true", &changes)
}

fn change<'d>(container: &Container<'d>) -> Change<'d> {
    match container.linux_parameters().known() {
        Some(parameters) => Change::set(parameters.value().node(), "initProcessEnabled", true.into()),
        None => {
            let parameters = serde_json::json!({ "initProcessEnabled": true });
            Change::set(container.node(), "linuxParameters", parameters)
        }
    }
}
