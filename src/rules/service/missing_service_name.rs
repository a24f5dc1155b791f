use crate::document::ServiceForm;
use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-service-name",
    summary: "a new service has no name",
    category: Category::Rejected,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("Missing required parameter in input: \"serviceName\""),
    settings: &[],
    sources: &["https://pypi.org/project/botocore/1.44.5/"],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    // CloudFormation makes one up, and Terraform requires it.
    let may_be_missing = service.form() != ServiceForm::Create || service.node().is_declared();
    if may_be_missing || !service.name().is_missing() {
        return;
    }
    report.add(
        Problem::new("the service has no name", service.name_label("no `serviceName`"))
            .help("set `serviceName`, or pass `--service-name` on the command line"),
    );
}
