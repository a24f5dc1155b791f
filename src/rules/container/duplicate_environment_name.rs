use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, Variable, repeated_by};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-environment-name",
    summary: "an environment variable is set twice",
    category: Category::Ignored,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://github.com/hashicorp/terraform/issues/16769",
        "https://github.com/hashicorp/terraform-provider-aws/issues/5205",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    for (first, second) in repeated_by(container.environment().items(), |variable| variable.name()) {
        let (Some(before), Some(name)) = (first.name().known(), second.name().known()) else { continue };
        let problem =
            Problem::new(format!("{} sets `{name}` twice", container.title()), name.label("set again here"))
                .also(before.label("first set here"));
        report.add(match is_same(&first, &second) {
            true => problem
                .help("one of them is enough: both have the same value")
                .fix(second.delete(Safety::Safe).titled(format!("delete the second `{name}`"))),
            false => problem
                .help("keep the value you want: AWS does not document which of the two the container gets"),
        });
    }
}

/// Whether two variables certainly have the same value.
fn is_same(one: &Variable, other: &Variable) -> bool {
    let values = (one.value().known(), other.value().known());
    matches!(values, (Some(one), Some(other)) if one.value() == other.value())
}
