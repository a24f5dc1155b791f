use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{ScalingPolicy, View};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "missing-policy-type",
    summary: "a scaling policy does not say of which type it is",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html"],
    page: page!("scaling-policy/missing-policy-type"),
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let blocks = policy.blocks();
    if policy.scaling().is_none()
        || policy.is_described()
        || blocks.is_empty()
        || !policy.policy_type().is_missing()
    {
        return;
    }
    let problem = Problem::new(
        format!("{} has no `PolicyType`", policy.title()),
        policy.node().missing_label("PolicyType", "needed when the policy is created"),
    );
    let problem = problem.also_each(blocks.iter().map(|(_, block)| block.key_label("what it holds")));
    report.add(match blocks.as_slice() {
        [(only, _)] if policy.has_only(*only) => {
            problem.help(format!("its configuration is that of the type `{}`", only.name())).fix(Fix::new(
                Safety::Shown,
                format!("add \"PolicyType\": \"{}\"", only.name()),
                &[Change::set(policy.node(), "PolicyType", only.name().into())],
            ))
        }
        _ => problem.help("write the type of the configuration that is meant, and delete the others"),
    });
}
