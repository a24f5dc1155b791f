use crate::finding::{Category, Problem, Severity};
use crate::model::{LaunchType, NetworkMode, TaskDefinition, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-fault-injection",
    summary: "fault injection is not supported in this network mode",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fault-injection.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(enabled) = task.enable_fault_injection().known().filter(|enabled| **enabled) else { return };
    let runs_elsewhere = task.is_fargate().is_no()
        && task.lists(LaunchType::ManagedInstances).is_no()
        && task.says_windows().is_no();
    let modes = [NetworkMode::Bridge, NetworkMode::None];
    let Some(mode) = modes.into_iter().find(|mode| runs_elsewhere && task.runs_in(*mode).is_yes()) else {
        return;
    };
    let problem = Problem::new(
        format!("fault injection is not supported in network mode `{mode}`"),
        enabled.key_label("requires `awsvpc` or `host`"),
    )
    .help("set `networkMode` to `awsvpc` or `host`, or delete `enableFaultInjection`");
    report.add(match task.network_mode().known() {
        Some(written) => problem.also(written.label("the network mode")),
        None => {
            problem.also(task.missing_label("networkMode", format!("no `networkMode`, which means `{mode}`")))
        }
    });
}
