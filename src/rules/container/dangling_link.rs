use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, Known, Link, TaskDefinition};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::spelling::nearest_of_few;

pub(super) const RULE: Rule = Rule {
    id: "dangling-link",
    summary: "a link does not point to another container of the task",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&["Link target not available", "Invalid link format"]),
    settings: &[],
    sources: &[
        "https://github.com/aws/amazon-ecs-agent/blob/master/agent/api/task/task.go",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(task) = container.task().filter(TaskDefinition::uses_links) else { return };
    for link in container.links() {
        let problem = if !link.is_well_formed() {
            malformed(container, &link)
        } else if container.name().known().is_some_and(|name| name.value() == link.container) {
            Problem::new(
                format!("{} links to itself", container.title()),
                link.part_label(0..link.container.len(), "its own name"),
            )
            .help("delete the link, or link to another container of the task")
        } else if task.knows_all_container_names() && task.container(link.container).is_none() {
            dangling(&task, container, &link)
        } else {
            continue;
        };
        report.add(problem);
    }
}

fn malformed(container: &Container, link: &Known<Link>) -> Problem {
    let text = link.node().text();
    Problem::new(
        format!("link `{text}` of {} has more than two parts", container.title()),
        link.label("a link is `container` or `container:alias`"),
    )
    .help("use the name of a container, optionally followed by a colon and one alias")
    .reply(1, &[])
}

fn dangling(task: &TaskDefinition, container: &Container, link: &Known<Link>) -> Problem {
    let problem = Problem::new(
        format!("{} links to `{}`, but the task has no such container", container.title(), link.container),
        link.part_label(0..link.container.len(), "no container has this name"),
    )
    .also(task.name_label(format!("its containers: {}", task.listed_container_names())))
    .reply(0, &[]);
    let names = task.containers().filter_map(|one| one.name().known()).map(Known::value);
    let others = names.filter(|name| container.name().known().is_none_or(|own| own.value() != *name));
    let Some(near) = nearest_of_few(link.container, others) else {
        return problem.help("use the name of a container of this task definition, or delete the link");
    };
    let written = link.alias.map_or(near.to_owned(), |alias| format!("{near}:{alias}"));
    let title = format!("change the link to `{written}`");
    problem.help(format!("did you mean `{near}`?")).fix(link.set(Safety::Shown, written).titled(title))
}
