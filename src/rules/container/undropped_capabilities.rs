use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Container, Known};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "undropped-capabilities",
    summary: "a container keeps all default capabilities",
    category: Category::Security,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html",
        "https://www.cisecurity.org/benchmark/docker",
    ],
    check: Check::Containers(check),
};

fn check(containers: &[Container], report: &mut Report) {
    let is_meant = |container: &&Container| {
        // Without any restriction, it is reported by `missing-linux-hardening`.
        let is_elsewhere =
            container.may_be_windows().or(container.escapes_restrictions()).or(container.lacks_hardening());
        is_elsewhere.or(container.drops(&["ALL", "NET_RAW"])).is_no()
    };
    let keeping: Vec<&Container> = containers.iter().filter(is_meant).collect();
    let Some((first, others)) = keeping.split_first() else { return };
    let message = match others.len() {
        0 => format!("{} keeps capabilities that few programs need, such as `NET_RAW`", first.title()),
        more => {
            format!("{} containers keep capabilities that few programs need, such as `NET_RAW`", more + 1)
        }
    };
    let help = if may_be_fargate(first) {
        "drop `NET_RAW` in `linuxParameters.capabilities`, and all others that the program does not need"
    } else {
        "drop `ALL` capabilities in `linuxParameters.capabilities`, and add those that the program needs"
    };
    let changes: Vec<Change> = keeping.iter().map(|container| drop_more(container)).collect();
    report.add(
        Problem::new(message, first.label("drops neither `ALL` nor `NET_RAW`"))
            .also_each(others.iter().map(|other| other.label("nor does this one")))
            .help(help)
            .fix(Fix::new(Safety::Shown, "drop capabilities", &changes)),
    );
}

/// Fargate adds only one capability, so what the program needs must not be dropped there.
fn may_be_fargate(container: &Container) -> bool {
    container.task().is_some_and(|task| !task.is_fargate().is_no())
}

fn drop_more<'d>(container: &Container<'d>) -> Change<'d> {
    let mut names: Vec<&str> = vec!["ALL"];
    if may_be_fargate(container) {
        names = container.dropped_capabilities().into_iter().map(Known::value).collect();
        names.push("NET_RAW");
    }
    let drop = serde_json::json!(names);
    let capabilities = serde_json::json!({ "drop": drop });
    match container.linux_parameters().known() {
        Some(parameters) => match parameters.capabilities().known() {
            Some(written) => Change::set(written.value(), "drop", drop),
            None => Change::set(parameters.node(), "capabilities", capabilities),
        },
        None => {
            let parameters = serde_json::json!({ "capabilities": capabilities });
            Change::set(container.node(), "linuxParameters", parameters)
        }
    }
}
