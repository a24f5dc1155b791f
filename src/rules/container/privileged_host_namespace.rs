use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, NetworkMode};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "privileged-host-namespace",
    summary: "a privileged container shares the network or the processes of its instance",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(task) = container.task().filter(|task| task.runs_on_linux_instance()) else { return };
    let Some(privileged) = container.privileged().known().filter(|privileged| **privileged) else { return };
    let network = task.writes_mode(&[NetworkMode::Host]);
    let processes = task.host_pid_mode();
    let shared = match (&network, &processes) {
        (Some(_), Some(_)) => "the network and the processes",
        (Some(_), None) => "the network",
        (None, Some(_)) => "the processes",
        (None, None) => return,
    };
    report.add(
        Problem::new(
            format!("{} is privileged and shares {shared} of the instance", container.title()),
            privileged.label("full control of the instance"),
        )
        .also_each(network.map(|mode| mode.label("shares the network of the instance")))
        .also_each(processes.map(|mode| mode.label("shares the processes of the instance")))
        .help("delete `privileged`, and add only the capabilities and devices that the container needs in `linuxParameters`"),
    );
}
