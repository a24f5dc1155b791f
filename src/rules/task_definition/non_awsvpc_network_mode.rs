use crate::finding::{Category, Label, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{LaunchType, NetworkMode, TaskDefinition, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "non-awsvpc-network-mode",
    summary: "the task has no network interface of its own",
    category: Category::Security,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    // Fargate requires `awsvpc`, machines outside AWS do not support it, and Windows has its own default. What
    // Managed Instances and proxies do not support is reported by `mismatched-network-mode` and
    // `invalid-proxy-network-mode`.
    let others = [LaunchType::Fargate, LaunchType::External, LaunchType::ManagedInstances];
    if !others.iter().all(|other| task.lists(*other).is_no())
        || !task.says_windows().or(task.proxy().is(|_| true)).is_no()
    {
        return;
    }
    let is_on_ec2 = task.leaves_out(LaunchType::Ec2).is_no();
    let modes = [NetworkMode::Bridge, NetworkMode::None, NetworkMode::Default];
    let Some(mode) = modes.into_iter().find(|mode| is_on_ec2 && task.runs_in(*mode).is_yes()) else { return };
    let problem = match (task.network_mode().known(), mode) {
        (Some(written), NetworkMode::None) => in_mode(mode, written.label("no network at all")),
        (Some(written), _) => {
            in_mode(mode, written.label("shares the network interface and security groups of the instance"))
        }
        // Instances may run Windows without saying so, and then the default is another one.
        (None, _) => Problem::new(
            "the task sets no `networkMode`, so it does not run in `awsvpc`",
            task.name_label("no `networkMode`: `bridge` on Linux"),
        ),
    };
    let problem = problem.help(
        "set `networkMode` to `awsvpc` to give each task a network interface and security groups of its own; its services then need a `networkConfiguration`",
    );
    report.add(if task.surely_suits_awsvpc() {
        problem.fix(task.node().set_member(Safety::Shown, "networkMode", "awsvpc"))
    } else {
        problem
    });
}

fn in_mode(mode: NetworkMode, label: Label) -> Problem {
    Problem::new(format!("the task runs in network mode `{mode}`, not in `awsvpc`"), label)
}
