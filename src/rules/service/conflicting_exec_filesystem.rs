use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-exec-filesystem",
    summary: "a read-only root file system prevents ECS Exec from running",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always(
        "The execute command failed because execute command was not enabled when the task was run or the execute command agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.",
    ),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html",
        "https://github.com/aws/containers-roadmap/issues/1359",
        "https://github.com/aws/containers-roadmap/issues/2824",
        "https://github.com/fabfuel/ecs-deploy/issues/193",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let (Some(task), Some(enabled)) = (service.task_definition(), service.executes_commands()) else {
        return;
    };
    let blocked: Vec<Container> = task.containers().filter(|container| container.blocks_exec()).collect();
    if blocked.is_empty() || !task.says_windows().is_no() {
        return;
    }
    let names: Vec<String> = blocked.iter().map(|container| container.title()).collect();
    report.add(
        Problem::new(
            format!("ECS Exec is likely to fail in {}: the root file system is read-only", names.join(", ")),
            enabled.key_label("the ECS Exec agent must write to the file system"),
        )
        .also_each(blocked.iter().map(|container| container.label("`readonlyRootFilesystem` is true")))
        .help("mount writable volumes at `/var/lib/amazon` and `/var/log/amazon`"),
    );
}
