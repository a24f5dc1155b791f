use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unpropagated-tags",
    summary: "the tasks of a service do not get its tags",
    category: Category::Operations,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: Some(Safety::Unsafe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    if let Some(tags) = service.passable_tags().filter(|_| service.keeps_tags().is_yes()) {
        let none = service.propagate_tags().known().map(|none| none.label("passes no tags on"));
        let problem = if service.tags().is_missing() {
            Problem::new(
                format!("{} turns on ECS managed tags, but does not propagate tags", service.title()),
                tags.key_label("Cost Explorer also requires `propagateTags`"),
            )
        } else {
            Problem::new(
                format!("{} has tags, but its tasks do not get them", service.title()),
                tags.key_label("not passed on to the tasks"),
            )
        };
        report.add(
            problem
                .also_each(none)
                .help("set `propagateTags` to `SERVICE`, so that each new task gets the tags of the service")
                .fix(service.node().set_member(Safety::Unsafe, "propagateTags", "SERVICE")),
        );
        return;
    }
    let from_service = service.propagate_tags().known().filter(|from| **from == "SERVICE");
    if let Some(from) = from_service.filter(|_| service.lacks_tags().is_yes()) {
        report.add(
            Problem::new(
                format!("{} passes its tags on to its tasks, but it has no tags", service.title()),
                from.label("nothing to pass on"),
            )
            .help(
                "add `tags` to the service, or use `TASK_DEFINITION` to pass on those of the task definition",
            ),
        );
    }
}
