use crate::finding::{Category, Problem, Severity};
use crate::fix::Safety;
use crate::model::{Container, Known, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::spelling::nearest_of_few;

pub(super) const RULE: Rule = Rule {
    id: "dangling-volumes-from",
    summary: "`volumesFrom` names a container that does not exist",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&["Invalid 'volumesFrom' setting. Unknown container: '{container}'"]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_VolumeFrom.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let sources = container.volumes_from();
    if sources.is_missing() {
        return;
    }
    let Some(task) = container.task().filter(TaskDefinition::knows_the_names_of_all_containers) else {
        return;
    };
    for from in sources.items() {
        let Some(name) = from.source_container().known().filter(|name| task.container(name).is_none()) else {
            continue;
        };
        let problem = Problem::new(
            format!("{} takes volumes from `{name}`, but no container has this name", container.title()),
            name.label("no such container"),
        )
        .reply(0, &[("container", &name)]);
        let others = task.containers().filter_map(|other| other.name().known()).map(Known::value);
        let own = container.name().known().map(Known::value);
        let Some(near) = nearest_of_few(&name, others.filter(|other| Some(*other) != own)) else {
            report.add(problem.help("set `sourceContainer` to a container of this task definition"));
            continue;
        };
        report.add(problem.suggest(&name, near));
    }
}
