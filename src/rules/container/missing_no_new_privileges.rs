use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-no-new-privileges",
    summary: "a container can gain privileges",
    category: Category::Security,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://www.cisecurity.org/benchmark/docker",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
    ],
    check: Check::Containers(check),
};

fn check(containers: &[Container], report: &mut Report) {
    let is_meant = |container: &&Container| {
        let is_on_instances = container.task().is_some_and(|task| task.says_own_linux_instances().is_yes());
        // Without any restriction, it is reported by `missing-linux-hardening`.
        let is_elsewhere = container.is_privileged().or(container.lacks_hardening());
        is_on_instances && is_elsewhere.or(container.has_security_option(gains_no_privileges)).is_no()
    };
    let lacking: Vec<&Container> = containers.iter().filter(is_meant).collect();
    let Some((first, others)) = lacking.split_first() else { return };
    let message = match others.len() {
        0 => format!("{} does not set `no-new-privileges`", first.title()),
        more => format!("{} containers do not set `no-new-privileges`", more + 1),
    };
    let changes: Vec<Change> = lacking.iter().map(|container| forbid(container)).collect();
    report.add(
        Problem::new(message, first.label("a setuid program can gain privileges"))
            .also_each(others.iter().map(|other| other.label("not set here either")))
            .help("add `no-new-privileges` to `dockerSecurityOptions`")
            .fix(Fix::new(Safety::Shown, "add `no-new-privileges`", &changes)),
    );
}

const OPTION: &str = "no-new-privileges";

/// Docker accepts `true` or `false` after a colon or an equals sign.
fn gains_no_privileges(option: &str) -> bool {
    match option.split_once([':', '=']) {
        Some((name, value)) => name == OPTION && value == "true",
        None => option == OPTION,
    }
}

/// Adds the option to those of the container, in place of one that says the opposite.
fn forbid<'d>(container: &Container<'d>) -> Change<'d> {
    let kept = container.docker_security_options().map(|option| option.value());
    let mut options: Vec<&str> = kept.filter(|option| !option.starts_with(OPTION)).collect();
    options.push(OPTION);
    Change::set(container.node(), "dockerSecurityOptions", serde_json::json!(options))
}
