use crate::finding::{Category, Problem, Severity};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "privileged-container",
    summary: "a container runs privileged",
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
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(privileged) = container.privileged().known().filter(|privileged| **privileged) else { return };
    // With the network or the processes of the instance, it is reported by `privileged-host-namespace`.
    let shares_namespace = container.task().is_some_and(|task| !task.shares_host_namespace().is_no());
    if !container.runs_on_linux_instance() || shares_namespace {
        return;
    }
    report.add(
        Problem::new(
            format!("{} is privileged: it can do whatever root can on the instance", container.title()),
            privileged.label("all capabilities, and all devices of the instance"),
        )
        .help("delete `privileged`, and add only the capabilities and devices that the container needs in `linuxParameters`"),
    );
}
