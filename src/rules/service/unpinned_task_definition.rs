use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unpinned-task-definition",
    summary: "the service names no revision of its task definition",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    // Where the service must not name a task definition at all, other rules report that.
    if service.may_have_external_controller() || service.may_be_of_code_deploy() {
        return;
    }
    let reference = service.task_definition_reference().known();
    let Some(reference) = reference.filter(|reference| reference.revision.is_none()) else { return };
    let Some(written) = service.task_definition_text().known() else { return };
    report.add(
        Problem::new(
            format!("{} runs whichever revision of `{}` is the latest", service.title(), reference.family),
            written.label("no revision"),
        )
        .help(format!("name a revision, such as `{written}:7`, to know what a deployment starts")),
    );
}
