use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Known};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "shadowed-task-role",
    summary: "an access key in the environment overrides the task role",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html",
        "https://github.com/aws-containers/amazon-ecs-exec-checker/issues/49",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(role) = container.task().and_then(|task| task.task_role().known()) else { return };
    let keys = container.access_keys();
    let Some((first, others)) = keys.split_first() else { return };
    if container.calls_an_emulator() {
        return;
    }
    let names = keys.iter().map(|key| key.value());
    let verb = if others.is_empty() { "overrides" } else { "override" };
    report.add(
        Problem::new(
            format!(
                "{} of {} {verb} the task role",
                crate::words::listed(names),
                container.title()
            ),
            first.label("used before any role"),
        )
        .also_each(others.iter().map(|other: &Known<&str>| other.label("")))
        .also(role.label("has no effect in this container, not even for ECS Exec"))
        .help("grant the key's permissions to the task role and delete the key, or pass the key under different variable names"),
    );
}
