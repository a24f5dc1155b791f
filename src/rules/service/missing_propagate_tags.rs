use crate::finding::{Category, Problem, Severity};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-propagate-tags",
    summary: "the tasks of a service get no tags",
    category: Category::Operations,
    severity: Severity::Note,
    profile: Profile::Audit,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/config/latest/developerguide/ecs-service-propagate-tags-enabled.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    // A service with tags of its own is reported by `unpropagated-tags`.
    if !service.keeps_tags().is_yes() || !service.lacks_tags().is_yes() {
        return;
    }
    let label = match service.propagate_tags().known() {
        Some(none) => none.label("passes no tags on"),
        None => service.name_label("no `propagateTags`"),
    };
    report.add(
        Problem::new(format!("the tasks of {} get no tags", service.title()), label).help(
            "set `propagateTags` to `TASK_DEFINITION`, or add `tags` and set it to `SERVICE`: costs can then be told apart by tag",
        ),
    );
}
