use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, KernelNamespace};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsupported-system-control",
    summary: "a kernel parameter is not one of a container",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&["sysctl \"{parameter}\" is not in a separate kernel namespace"]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SystemControl.html",
        "https://github.com/aws/containers-roadmap/issues/2743",
        "https://github.com/opencontainers/runc/blob/main/libcontainer/configs/validate/validator.go",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    if !container.says_windows().is_no() {
        return;
    }
    for control in container.system_controls().items() {
        let Some(parameter) = control.parameter().known() else { continue };
        if KernelNamespace::of(&parameter) != KernelNamespace::None {
            continue;
        }
        let help = if *parameter == "vm.max_map_count" {
            "set it on the instance (user data: `sysctl -w vm.max_map_count=262144`), or configure the program to work without it, such as Elasticsearch with `node.store.allow_mmap: false`"
        } else {
            "set it on the instance; a container may set `net.*`, `fs.mqueue.*`, `kernel.sem`, `kernel.msg…` and `kernel.shm…`"
        };
        report.add(
            Problem::new(
                format!("{} sets `{parameter}`, which applies to the whole machine", container.title()),
                parameter.label("not a parameter of a container"),
            )
            .help(help)
            .reply(0, &[("parameter", &parameter)])
            // runc has a copy of this one for each container, though AWS does not list it.
            .warning_unless(container.runs_on_docker() && *parameter != "kernel.domainname"),
        );
    }
}
