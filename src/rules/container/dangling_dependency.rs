use crate::finding::{Category, Problem, Severity};
use crate::fix::Safety;
use crate::model::{Container, Known};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::spelling::nearest_of_few;

pub(super) const RULE: Rule = Rule {
    id: "dangling-dependency",
    summary: "a container waits for a container that does not exist",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&["Cannot depend on container + '{container}' because it does not exist"]),
    settings: &[],
    sources: &["https://github.com/dagster-io/dagster/issues/6926"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(task) = container.task() else { return };
    let dependencies = container.depends_on();
    if dependencies.is_missing() || !task.knows_all_container_names() {
        return;
    }
    for dependency in dependencies.items() {
        let Some(name) = dependency.container_name().known() else { continue };
        if task.container(&name).is_some() {
            continue;
        }
        let mut problem = Problem::new(
            format!("{} waits for `{name}`, but the task has no such container", container.title()),
            name.label("no container has this name"),
        )
        .also(task.name_label(format!("its containers: {}", task.listed_container_names())))
        .reply(0, &[("container", &name)]);
        let names = task.containers().filter_map(|one| one.name().known()).map(Known::value);
        let others = names.filter(|other| container.name().known().is_none_or(|own| own.value() != *other));
        problem = match nearest_of_few(&name, others) {
            Some(near) => problem.suggest(&name, near),
            None => problem
                .help("set `containerName` to a container of this task definition, or delete the entry"),
        };
        report.add(problem);
    }
}
