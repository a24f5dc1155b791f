use crate::document::ServiceForm;
use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-task-definition",
    summary: "a new service has no task definition",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let is_external = service.is_controlled_by("EXTERNAL");
    let is_missing = service.task_definition_reference().is_missing();
    if service.form() != ServiceForm::Create || !is_external.is_no() || !is_missing {
        return;
    }
    let help = if service.node().is_declared() {
        "set `taskDefinition` to a reference to the task definition, or to a family, which means its latest revision"
    } else {
        "set `taskDefinition` to a family, which means its latest revision, or pass `--task-definition` on the command line"
    };
    report.add(
        Problem::new(
            format!("{} has no task definition", service.title()),
            service.name_label("no `taskDefinition`"),
        )
        .help(help),
    );
}
