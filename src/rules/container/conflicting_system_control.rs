use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, KernelNamespace, NetworkMode};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-system-control",
    summary: "a container sets a kernel parameter of a namespace it shares with the host",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["sysctl not allowed in host network namespace"]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SystemControl.html",
        "https://github.com/opencontainers/runc/blob/main/libcontainer/configs/validate/validator.go",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(task) = container.task().filter(|task| task.is_fargate().is_no() && task.says_windows().is_no())
    else {
        return;
    };
    let network = task.network_mode().known().filter(|mode| **mode == NetworkMode::Host);
    let ipc = task.ipc_mode().known().filter(|mode| **mode == "host");
    for control in container.system_controls().items() {
        let Some(parameter) = control.parameter().known() else { continue };
        let (namespace, cause) = match KernelNamespace::of(&parameter) {
            KernelNamespace::Network => {
                ("network", network.map(|mode| mode.label("uses the network of the instance")))
            }
            KernelNamespace::Ipc => {
                ("IPC namespace", ipc.map(|mode| mode.label("uses the IPC namespace of the instance")))
            }
            KernelNamespace::None => continue,
        };
        let Some(cause) = cause else { continue };
        let problem = Problem::new(
            format!("{} sets `{parameter}`, but shares the {namespace} of the instance", container.title()),
            parameter.label("would change the instance"),
        )
        .also(cause)
        .help("set the parameter on the instance instead, or do not share the namespace with the host")
        .warning_unless(container.runs_on_docker());
        // Docker's reply is recorded only for the network.
        report.add(if namespace == "network" { problem.reply(0, &[]) } else { problem });
    }
}
