use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, set_by_ecs};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "reserved-environment-name",
    summary: "an environment variable has a name that ECS reserves",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    for name in container.variables().filter_map(|variable| variable.name().known()) {
        let Some(holds) = set_by_ecs(name.value()) else { continue };
        report.add(
            Problem::new(
                format!("{} sets `{name}`, which ECS sets itself", container.title()),
                name.label(holds),
            )
            .help("delete the entry: ECS sets this variable, and the two values may conflict"),
        );
    }
}
