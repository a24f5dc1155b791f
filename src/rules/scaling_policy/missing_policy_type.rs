use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{ScalingPolicy, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-policy-type",
    summary: "a scaling policy has no `PolicyType`",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html"],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let blocks = policy.blocks();
    // CloudFormation requires it: `missing-field`.
    if policy.node().is_in_template()
        || policy.scaling().is_none()
        || policy.is_described()
        || policy.has_default_type()
        || blocks.is_empty()
        || !policy.policy_type().is_missing()
    {
        return;
    }
    let problem = Problem::new(
        format!("{} has no `PolicyType`", policy.title()),
        policy.node().missing_label("PolicyType", "required when the policy is created"),
    );
    let problem = problem.also_each(blocks.iter().map(|(_, block)| block.key_label("its configuration")));
    report.add(match blocks.as_slice() {
        [(only, _)] if policy.has_only(*only) => problem
            .help(format!("its configuration is for the type `{}`", only.name()))
            .fix(policy.node().set_member(Safety::Shown, "PolicyType", only.name())),
        _ => problem.help("set `PolicyType` to the type of the configuration to keep, and remove the others"),
    });
}
