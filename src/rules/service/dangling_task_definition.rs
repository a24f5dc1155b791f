use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::spelling::nearest;

pub(super) const RULE: Rule = Rule {
    id: "dangling-task-definition",
    summary: "no linted task definition has the family that the service names",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("TaskDefinition not found."),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(near) = service.dangling_task_definition() else { return };
    let Some(reference) = service.task_definition_reference().known() else { return };
    let family = reference.family;
    let problem = Problem::new(
        format!("{} names the family `{family}`, but no linted task definition has it", service.title()),
        reference.part_label(0..family.len(), "no file has this family"),
    );
    let problem = problem.saying_why();
    let near = near.and_then(|task| task.family().known());
    report.add(match near {
        Some(near) if nearest(family, [near.value()]).is_some() => {
            problem.also(near.label("a similar family")).help(format!("did you mean `{near}`?"))
        }
        Some(near) => problem
            .also(near.label(format!("the task definition next to the {}", service.noun())))
            .help(format!(
                "use `{near}` if you mean this one; ignore this rule if `{family}` is kept elsewhere"
            )),
        None => problem
            .help(format!("use the family of one of them; ignore this rule if `{family}` is kept elsewhere")),
    });
}
