use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::TaskDefinition;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-essential-container",
    summary: "no container of the task is essential",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Always("Task definition doesn't have any essential container"),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html"],
    check: Check::TaskDefinition(check),
};

fn check(task: &TaskDefinition, report: &mut Report) {
    let mut settings = Vec::new();
    for container in task.containers() {
        let Some(essential) = container.essential().known().filter(|essential| !essential.value()) else {
            return;
        };
        settings.push(essential);
    }
    let Some((first, others)) = settings.split_first() else { return };
    if !task.sees_all_containers() {
        return;
    }
    if others.is_empty() {
        let fix = first.delete(Safety::Safe);
        let message = "the only container of the task is not essential";
        let problem = Problem::new(message, first.label("at least one container must be essential"));
        return report.add(problem.help("delete `essential`: a container is essential by default").fix(fix));
    }
    let message = "no container of the task is essential";
    let mut problem = Problem::new(message, first.label("not essential"));
    problem.also.extend(others.iter().map(|other| other.label("not essential either")));
    report.add(problem.help(
        "delete `\"essential\": false` from the main container of the task: when it exits, the task stops",
    ));
}
