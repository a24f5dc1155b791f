use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, NetworkMode};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "host-network-root-user",
    summary: "a container may run as root on the network of the instance",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
    ],
    check: Check::Containers(check),
};

fn check(containers: &[Container], report: &mut Report) {
    let root: Vec<&Container> =
        containers.iter().filter(|container| container.may_be_root_on_host_network().is_yes()).collect();
    let Some((first, others)) = root.split_first() else { return };
    let mode = first.task().and_then(|task| task.writes_mode(&[NetworkMode::Host]));
    let message = match (first.root_user(), others.len()) {
        (Some(_), 0) => format!("{} runs as root on the network of the instance", first.title()),
        (None, 0) => format!("{} may run as root on the network of the instance", first.title()),
        (_, more) => format!("{} containers may run as root on the network of the instance", more + 1),
    };
    let label = |container: &Container| match container.root_user() {
        Some(user) => user.label("root"),
        None => container.label("no `user`: root, unless the image sets one"),
    };
    report.add(
        Problem::new(message, label(first))
            .also_each(mode.map(|mode| mode.label("the network of the instance")))
            .also_each(others.iter().map(|other| label(other)))
            .help("set `user` to a user other than root, such as `1000:1000`"),
    );
}
