use crate::finding::{Category, Problem, Severity};
use crate::model::Container;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-environment-value",
    summary: "an environment variable has a name but no value",
    category: Category::Ignored,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KeyValuePair.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    for variable in container.environment().items() {
        let Some(name) = variable.name().known() else { continue };
        if !variable.value().is_missing() {
            continue;
        }
        report.add(
            Problem::new(
                format!("environment variable `{name}` of {} has no value", container.title()),
                name.label("no `value` for this name"),
            )
            .help("set its `value` (`\"\"` for an empty one), or delete the entry"),
        );
    }
}
