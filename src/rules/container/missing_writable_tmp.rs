use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-writable-tmp",
    summary: "the root file system is read-only and nothing is mounted at `/tmp`",
    category: Category::Security,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(read_only) = container.read_only_root().known().filter(|read_only| **read_only) else { return };
    if !container.may_be_windows().is_no() || !container.surely_mounts_nothing_at("/tmp") {
        return;
    }
    let problem = Problem::new(
        format!("{} has a read-only root file system but no mount at `/tmp`", container.title()),
        read_only.label("`/tmp` is read-only too"),
    )
    .help("mount a `tmpfs` at `/tmp` if the program writes there, as many runtimes do when they start");
    report.add(match mount_tmp(container) {
        Some(change) => problem.fix(Fix::new(Safety::Shown, "mount a `tmpfs` at `/tmp`", &[change])),
        None => problem,
    });
}

/// Mounts a `tmpfs`, if the container has none yet.
fn mount_tmp<'d>(container: &Container<'d>) -> Option<Change<'d>> {
    let tmpfs = serde_json::json!([{ "containerPath": "/tmp", "size": 64 }]);
    match container.linux_parameters().known() {
        Some(parameters) if parameters.tmpfs().is_missing() => {
            Some(Change::set(parameters.node(), "tmpfs", tmpfs))
        }
        Some(_) => None,
        None => Some(Change::set(container.node(), "linuxParameters", serde_json::json!({ "tmpfs": tmpfs }))),
    }
}
