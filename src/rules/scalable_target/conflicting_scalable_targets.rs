use crate::finding::{Category, Problem, Severity};
use crate::model::ScalableTarget;
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "conflicting-scalable-targets",
    summary: "a service is registered twice, with different bounds",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    ],
    page: page!("scalable-target/conflicting-scalable-targets"),
    check: Check::ScalableTarget(check),
};

fn check(target: &ScalableTarget, report: &mut Report) {
    let Some(earlier) = target.earlier_target() else { return };
    // What is registered is not what is to be registered.
    if target.is_described() || earlier.is_described() {
        return;
    }
    let (bounds, first) = (target.bounds(), earlier.bounds());
    let pairs = [
        ("MinCapacity", bounds.min_capacity(), first.min_capacity()),
        ("MaxCapacity", bounds.max_capacity(), first.max_capacity()),
    ];
    let mut differing = pairs.into_iter().filter_map(|(key, own, first)| {
        let (own, first) = (own.known()?, first.known()?);
        (*own != *first).then_some((key, own, first))
    });
    let Some((key, own, first)) = differing.next() else { return };
    let name = target.scaling().resource_id().known().map_or_else(String::new, |id| format!("`{id}` "));
    let mut problem = Problem::new(
        format!("{name}is registered twice, with a `{key}` of {first} and of {own}"),
        own.label("another bound here"),
    )
    .also(first.label("the bound of the first"));
    if let Some((_, own, first)) = differing.next() {
        problem = problem.also(own.label("and here")).also(first.label("and here"));
    }
    report.add(problem.help(
        "the call that is made last wins: keep one of them; files for several environments belong in folders of their own",
    ));
}
