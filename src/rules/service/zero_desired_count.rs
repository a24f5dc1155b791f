use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "zero-desired-count",
    summary: "the service runs no tasks",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let counts = service.is_replica().is_yes() && service.is_controlled_by("EXTERNAL").is_no();
    let count = service.desired_count().known().filter(|count| **count == 0);
    let Some(count) = count.filter(|_| counts && !service.may_be_scaled()) else { return };
    report.add(
        Problem::new(format!("{} runs no tasks", service.title()), count.label("nothing is started"))
            .help("set `desiredCount` to the number of tasks that should run, or delete the service if it is no longer needed"),
    );
}
