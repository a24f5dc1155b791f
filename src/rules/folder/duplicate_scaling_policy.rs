use crate::finding::{Category, Problem, Severity};
use crate::model::{Folder, ScalingPolicy, is_same};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-scaling-policy",
    summary: "two scaling policies with the same name overwrite each other",
    category: Category::Ignored,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html"],
    check: Check::Folder(check),
};

fn check(folder: &Folder, report: &mut Report) {
    let named = folder.scaling_policies.iter().filter(|policy| !policy.is_described()).filter_map(|policy| {
        let resource = policy.scaling()?.identity()?;
        Some(((policy.name().known()?.to_string(), resource), policy))
    });
    // Overwriting with an identical copy changes nothing.
    let is_copy = |one: &ScalingPolicy, other: &ScalingPolicy| !is_same(one.node(), other.node()).is_no();
    for (first, second) in folder.contradictions(named, ScalingPolicy::node, is_copy) {
        report.add(
            Problem::new(
                format!(
                    "{} is defined twice for the same service: the later call overwrites the earlier one",
                    second.title()
                ),
                second.label("the same name again"),
            )
            .also(first.label("first defined here"))
            .help("give each policy a unique name, or delete one of them"),
        );
    }
}
