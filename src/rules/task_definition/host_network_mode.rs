use crate::finding::{Category, Problem, Severity};
use crate::model::{LaunchType, NetworkMode, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "host-network-mode",
    summary: "the containers share the network of the instance",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
        "https://www.cisecurity.org/benchmark/docker",
    ],
    check: Check::TaskDefinitionInProject(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(mode) = task.writes_mode(&[NetworkMode::Host]) else { return };
    // On Windows, it is reported by `mismatched-network-mode`; with a proxy, by `invalid-proxy-network-mode`;
    // with a privileged container, by `privileged-host-namespace`.
    let is_exempt = !task.runs_on_linux_instance() || !task.proxy().is_missing();
    if is_exempt || !task.has_privileged_host_namespace().is_no() {
        return;
    }
    // Node agents need the network of their instance.
    let runs_as_daemon = task.any_service(|service| service.scheduling_strategy().is(|one| one == "DAEMON"));
    if !runs_as_daemon.is_no() {
        return;
    }
    let help = if task.lists(LaunchType::External).is_no() {
        "set `networkMode` to `awsvpc`, which gives each task a network interface and security groups of its own"
    } else {
        "set `networkMode` to `bridge`, and map the ports that the containers need"
    };
    report.add(
        Problem::new(
            "the containers share the network of the instance, including what listens on its `localhost`",
            mode.label("no network of its own"),
        )
        .help(help),
    );
}
