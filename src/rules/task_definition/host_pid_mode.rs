use crate::finding::{Category, Problem, Severity};
use crate::model::TaskDefinition;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "host-pid-mode",
    summary: "the containers share the processes of the instance",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
        "https://www.cisecurity.org/benchmark/docker",
    ],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let Some(mode) = task.host_pid_mode().filter(|_| task.runs_on_linux_instance()) else { return };
    // A privileged container with these processes is reported by `privileged-host-namespace`.
    if !task.has_privileged_host_namespace().is_no() {
        return;
    }
    report.add(
        Problem::new(
            "the containers see every process on the instance, those of other tasks included",
            mode.label("shares the processes of the instance"),
        )
        .help("delete `pidMode`, or set it to `task` if the containers must see each other's processes"),
    );
}
