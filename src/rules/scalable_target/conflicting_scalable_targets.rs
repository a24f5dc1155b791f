use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, Known, ScalableTarget};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-scalable-targets",
    summary: "two documents register the same service with different bounds",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    ],
    check: Check::ScalableTarget(check),
};

fn check(target: &ScalableTarget, report: &mut Report) {
    let bounds = target.bounds();
    let [least, most] = target.rivals().map(|rival| rival.map(|rival| rival.bounds()));
    let least = least.and_then(|rival| differing("MinCapacity", bounds.min_capacity(), rival.min_capacity()));
    let most = most.and_then(|rival| differing("MaxCapacity", bounds.max_capacity(), rival.max_capacity()));
    let mut differing = [least, most].into_iter().flatten();
    let Some((key, own, other)) = differing.next() else { return };
    let name = target.scaling().resource_id().known().map_or_else(String::new, |id| format!("`{id}` "));
    let mut problem = Problem::new(
        format!("{name}is registered twice, with `{key}` set to {other} and to {own}"),
        own.label("differs from the other one"),
    )
    .also(other.label("the other one"));
    if let Some((_, own, other)) = differing.next() {
        problem = problem.also(own.label("and here")).also(other.label("and here"));
    }
    report.add(problem.help(
        "the last call wins: keep one of them; put files for different environments in separate folders",
    ));
}

/// A bound of one scalable target and the same bound of another, if they differ.
fn differing<'d>(
    key: &'static str,
    own: Field<'d, i64>,
    other: Field<'d, i64>,
) -> Option<(&'static str, Known<'d, i64>, Known<'d, i64>)> {
    let (own, other) = (own.known()?, other.known()?);
    (*own != *other).then_some((key, own, other))
}
