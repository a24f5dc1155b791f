use crate::finding::{Category, Problem, Severity};
use crate::fix::Safety;
use crate::model::{ContainerName, RenderStep};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::spelling::nearest;

pub(super) const RULE: Rule = Rule {
    id: "dangling-render-container",
    summary: "a workflow renders a container that its task definition does not have",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Always("Invalid task definition: Could not find container definition with matching name"),
    settings: &[],
    sources: &[
        "https://github.com/aws-actions/amazon-ecs-render-task-definition",
        "https://github.com/aws-actions/amazon-ecs-render-task-definition/issues/232",
    ],
    check: Check::RenderStep(check),
};

fn check(step: &RenderStep, report: &mut Report) {
    let task = step.task_definition();
    if !task.knows_all_container_names() {
        return;
    }
    let lacking = step.container_names().iter().filter(|name| task.container(name.name()).is_none());
    report.add_each(lacking.map(|name| problem(step, name)));
}

fn problem(step: &RenderStep, name: &ContainerName) -> Problem {
    let task = step.task_definition();
    let file = step.file_name();
    let problem = Problem::new(
        format!("`{file}` has no container `{}`", name.name()),
        name.label(match name.name().trim() == name.name() {
            true => "the action does not find this container",
            false => "the space is a part of the name",
        }),
    )
    .also_each(name.use_label("used here"));
    let names = || task.containers().filter_map(|container| Some(container.name().known()?.value()));
    let without_blanks = names().find(|own| *own == name.name().trim());
    let meant = without_blanks.or_else(|| nearest(name.name(), names()));
    let problem = match (meant.and_then(|meant| task.container(meant)), names().count()) {
        (Some(container), _) => problem.also(container.label("a similar name")),
        (None, 1) => problem.also_each(task.containers().map(|one| one.label("its only container"))),
        (None, _) => {
            problem.also(task.name_label(format!("its containers: {}", task.listed_container_names())))
        }
    };
    let problem = match meant {
        Some(meant) => name.suggest(problem, meant),
        None => problem.help("set `container-name` to the name of the container that runs the image"),
    };
    problem.warning_unless(step.is_certain())
}
