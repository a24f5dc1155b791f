use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Known, capability_meant};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "dangerous-capability",
    summary: "a container adds a capability that is enough to control the instance",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-security-considerations.html",
        "https://www.cisecurity.org/benchmark/docker",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let added = container.dangerous_capabilities();
    let Some((first, others)) = added.split_first() else { return };
    let names = listed(added.iter().map(|name| name.value()));
    // Tracing is dangerous only together with this.
    let traces = added.iter().any(|name| capability_meant(name) == Some("SYS_PTRACE"));
    let processes = container.task().filter(|_| traces).and_then(|task| task.host_pid_mode());
    report.add(
        Problem::new(
            format!("{} adds {names}, enough to take control of the instance", container.title()),
            first.label("close to root on the instance"),
        )
        .also_each(others.iter().map(|other: &Known<&str>| other.label("so is this")))
        .also_each(processes.map(|mode| mode.label("with the processes of the instance")))
        .help("delete what the container works without, or add a narrower capability"),
    );
}
