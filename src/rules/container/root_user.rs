use crate::finding::{Category, Problem, Severity};
use crate::model::{Answer, Container, DependencyCondition, Field};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "root-user",
    summary: "a container runs as root",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html",
    ],
    check: Check::Containers(check),
};

fn check(containers: &[Container], report: &mut Report) {
    for container in containers.iter().filter(|container| container.may_be_windows().is_no()) {
        let Some(user) = container.root_user() else { continue };
        // On the network of the instance, it is reported by `host-network-root-user`.
        if !container.may_be_root_on_host_network().is_no() || prepares(container, containers) {
            continue;
        }
        report.add(
            Problem::new(
                format!("{} runs as root", container.title()),
                user.label("root, whatever the image says"),
            )
            .help(
                "set `user` to a user other than root, such as `1000:1000`; delete it if the image sets one",
            ),
        );
    }
}

/// Whether others wait, or may wait, until the container has exited, which sets up volumes as root.
fn prepares(container: &Container, containers: &[Container]) -> bool {
    let is_it = |name: Field<&str>| match name {
        Field::Known(name) => match container.name() {
            Field::Known(own) => Answer::from(own.value() == name.value()),
            _ => Answer::Unknown,
        },
        Field::Missing => Answer::No,
        Field::Unknown(_) => Answer::Unknown,
    };
    let ends = |condition| matches!(condition, DependencyCondition::Complete | DependencyCondition::Success);
    let waits = |other: &Container| {
        let mut dependencies = other.depends_on().items();
        !other.depends_on().is_complete()
            || dependencies.any(|one| !is_it(one.container_name()).and(one.condition().is(ends)).is_no())
    };
    !container.ends_the_task().is_yes() && (!container.sees_siblings() || containers.iter().any(waits))
}
