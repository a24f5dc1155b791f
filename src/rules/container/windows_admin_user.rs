use crate::finding::{Category, Label, Problem, Severity};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "windows-admin-user",
    summary: "a Windows container may run as an administrator",
    category: Category::Security,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    ],
    check: Check::Containers(check),
};

fn check(containers: &[Container], report: &mut Report) {
    let is_admin = |container: &&Container| container.user().is_missing() || admin(container).is_some();
    let admins: Vec<&Container> =
        containers.iter().filter(|container| container.says_windows().is_yes()).filter(is_admin).collect();
    let Some((first, others)) = admins.split_first() else { return };
    let message = match (admin(first), others.len()) {
        (Some(_), 0) => format!("{} runs as an administrator", first.title()),
        (None, 0) => format!("{} runs as an administrator unless its image sets another user", first.title()),
        (_, more) => format!("{} containers run, or may run, as an administrator", more + 1),
    };
    let label = |container: &Container| {
        admin(container).unwrap_or_else(|| container.label("no `user`: often `ContainerAdministrator`"))
    };
    report.add(
        Problem::new(message, label(first))
            .also_each(others.iter().map(|other| label(other)))
            .help("set `user` to `ContainerUser`"),
    );
}

/// A label on the `user` of a container, if it is an administrator. Windows ignores case.
fn admin(container: &Container) -> Option<Label> {
    let user = container.user().known()?;
    user.eq_ignore_ascii_case("ContainerAdministrator").then(|| user.label("an administrator"))
}
