use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Known, LaunchType, NetworkMode, TaskDefinition};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "mismatched-network-mode",
    summary: "the platform does not have this network mode",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    aws_says: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-anywhere.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters-managed-instances.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
    ],
    page: page!("task-definition/mismatched-network-mode"),
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(mode) = task.network_mode().known() else { return };
    // Beside FARGATE the mode is the business of invalid-fargate-network-mode, and FARGATE with
    // EXTERNAL that of conflicting-compatibilities.
    if !task.is_fargate().is_no() {
        return;
    }
    if *mode == NetworkMode::Default {
        if task.says_windows().is_no() {
            report.add(default_off_windows(task, &mode));
        }
    } else if let Some((platform, place, advice)) = mismatch(task, *mode) {
        report.add(
            Problem::new(format!("there is no network mode `{mode}` on {platform}"), mode.label("not here"))
                .also(place.label("the task is for it"))
                .help(advice),
        );
    }
}

/// What Windows calls its own default is known nowhere else.
fn default_off_windows(task: &TaskDefinition, mode: &Known<NetworkMode>) -> Problem {
    let linux = task.operating_system().known();
    Problem::new("only tasks on Windows have the network mode `default`", mode.label("not here"))
        .also_each(linux.map(|linux| linux.label("the task is for it")))
        .help(
            "delete `networkMode`: tasks on Linux then use `bridge`, and tasks on Windows their own default",
        )
        .fix(Fix::new(Safety::Safe, "delete `networkMode`", &[Change::Remove(mode.node())]))
}

/// The platform that does not have the mode, where it is asked for, and what to write instead.
fn mismatch<'d>(
    task: &TaskDefinition<'d>,
    mode: NetworkMode,
) -> Option<(&'static str, Known<'d, &'d str>, &'static str)> {
    let external = task.requirement(LaunchType::External).filter(|_| mode == NetworkMode::Awsvpc);
    if let Some(place) = external {
        return Some(("ECS Anywhere", place, "write `bridge`, `host` or `none`"));
    }
    let managed = task.requirement(LaunchType::ManagedInstances).filter(|_| mode == NetworkMode::Bridge);
    if let Some(place) = managed {
        return Some(("ECS Managed Instances", place, "write `awsvpc` or `host`"));
    }
    // Managed Instances do not run Windows at all: `unsupported-on-managed-instances`.
    let may_be_managed = !task.lists(LaunchType::ManagedInstances).is_no();
    let is_windows = task.is_windows().is_yes() && mode != NetworkMode::Awsvpc && !may_be_managed;
    let place = task.operating_system().known().filter(|_| is_windows)?;
    Some((
        "EC2 instances with Windows",
        place,
        "delete `networkMode` to use the network of Docker on Windows, or write `awsvpc`",
    ))
}
