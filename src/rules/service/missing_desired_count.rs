use crate::document::ServiceForm;
use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-desired-count",
    summary: "a new service has no desired count",
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
    // CloudFormation starts with one task, Terraform with none.
    let may_be_missing = service.form() != ServiceForm::Create || service.node().is_declared();
    let is_new = !may_be_missing && !service.name().is_missing();
    let counts = service.is_replica().is_yes() && service.is_controlled_by("EXTERNAL").is_no();
    if !is_new || !counts || !service.desired_count().is_missing() {
        return;
    }
    report.add(
        Problem::new(
            format!("{} has no desired count", service.title()),
            service.name_label("no `desiredCount`"),
        )
        .help("set `desiredCount`, for example to 2, or pass `--desired-count` on the command line"),
    );
}
