use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Known, LaunchType, NetworkMode, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "mismatched-network-mode",
    summary: "the platform does not support this network mode",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-anywhere.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters-managed-instances.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(mode) = task.network_mode().known() else { return };
    // With FARGATE, invalid-fargate-network-mode checks the mode; FARGATE with EXTERNAL is reported
    // by conflicting-compatibilities.
    if !task.is_fargate().is_no() {
        return;
    }
    if *mode == NetworkMode::Default {
        if task.says_windows().is_no() {
            report.add(default_off_windows(task, &mode));
        }
    } else if let Some((platform, place, advice)) = mismatch(task, *mode) {
        report.add(
            Problem::new(
                format!("network mode `{mode}` is not supported on {platform}"),
                mode.label("not supported"),
            )
            .also(place.label("targets this platform"))
            .help(advice),
        );
    }
}

/// Only Windows has the mode `default`.
fn default_off_windows(task: &TaskDefinition, mode: &Known<NetworkMode>) -> Problem {
    let linux = task.operating_system().known();
    Problem::new("network mode `default` is supported only on Windows", mode.label("Windows only"))
        .also_each(linux.map(|linux| linux.label("targets Linux")))
        .help("delete `networkMode`: tasks on Linux then use `bridge`, tasks on Windows use `default`")
        .fix(mode.delete(Safety::Safe))
}

/// The platform that does not support the mode, the value that targets it, and what to set instead.
fn mismatch<'d>(
    task: &TaskDefinition<'d>,
    mode: NetworkMode,
) -> Option<(&'static str, Known<'d, &'d str>, &'static str)> {
    let external = task.requirement(LaunchType::External).filter(|_| mode == NetworkMode::Awsvpc);
    if let Some(place) = external {
        return Some(("ECS Anywhere", place, "set `networkMode` to `bridge`, `host` or `none`"));
    }
    let managed = task.requirement(LaunchType::ManagedInstances).filter(|_| mode == NetworkMode::Bridge);
    if let Some(place) = managed {
        return Some(("ECS Managed Instances", place, "set `networkMode` to `awsvpc` or `host`"));
    }
    // Managed Instances do not support Windows: `unsupported-on-managed-instances`.
    let may_be_managed = !task.lists(LaunchType::ManagedInstances).is_no();
    let is_windows = task.is_windows().is_yes() && mode != NetworkMode::Awsvpc && !may_be_managed;
    let place = task.operating_system().known().filter(|_| is_windows)?;
    Some((
        "Windows instances on EC2",
        place,
        "delete `networkMode` to use Docker's network on Windows, or set it to `awsvpc`",
    ))
}
