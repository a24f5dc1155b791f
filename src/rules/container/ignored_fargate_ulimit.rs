use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, LaunchType};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ignored-fargate-ulimit",
    summary: "Fargate may not apply a ulimit other than `nofile`",
    category: Category::Ignored,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(fargate) = container.task().and_then(|task| task.requirement(LaunchType::Fargate)) else {
        return;
    };
    // On Windows there are no ulimits: `unsupported-on-windows`.
    if !container.says_windows().is_no() {
        return;
    }
    let names = container.ulimits().items().filter_map(|ulimit| ulimit.name().known());
    for name in names.filter(|name| **name != "nofile") {
        report.add(
            Problem::new(
                format!("{} sets the ulimit `{name}`, which Fargate may not apply", container.title()),
                name.label("not `nofile`"),
            )
            .also(fargate.label("targets Fargate"))
            .help("do not rely on it: `nofile` is the only ulimit AWS documents for Fargate tasks"),
        );
    }
}
