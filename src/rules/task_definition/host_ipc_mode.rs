use crate::finding::{Category, Problem, Severity};
use crate::model::{LaunchType, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "host-ipc-mode",
    summary: "the containers share memory and semaphores with the instance",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
        "https://www.cisecurity.org/benchmark/docker",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(mode) = task.host_ipc_mode().filter(|_| task.runs_on_linux_instance()) else { return };
    // Reported by `unsupported-on-managed-instances`.
    if !task.lists(LaunchType::ManagedInstances).is_no() {
        return;
    }
    report.add(
        Problem::new(
            "the containers share memory and semaphores with every process on the instance",
            mode.label("shares the IPC namespace of the instance"),
        )
        .help("delete `ipcMode`, or set it to `task` if the containers share memory with each other"),
    );
}
