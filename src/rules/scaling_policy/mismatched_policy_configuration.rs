use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety, Spot};
use crate::model::{Field, ScalingPolicy, doubts};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "mismatched-policy-configuration",
    summary: "the configuration of a scaling policy does not match its type",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&[
        "{type} policy configuration must be specified",
        "You must only provide a single scaling policy configuration, which must match the scaling policy type specified.",
    ]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html"],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(named) = policy.policy_type().known() else { return };
    let own = policy.block(*named);
    let mut others = policy.blocks();
    others.retain(|(block, _)| block != &*named);
    let type_name = named.name();
    let Some(((other, first), rest)) = others.split_first() else {
        if own.is_missing() && policy.has_only(*named) {
            report.add(
                Problem::new(
                    format!("{} has the type `{type_name}` but no configuration", policy.title()),
                    named.label(format!("requires `{}`", named.block())),
                )
                .help(format!("add `{}`", named.block())),
            );
        }
        return;
    };
    let problem = Problem::new(
        format!("{} has the type `{type_name}` but the configuration of another type", policy.title()),
        first.key_label(format!("belongs to the type `{}`", other.name())),
    )
    .also(named.label("the type"))
    .also_each(
        rest.iter().map(|(other, block)| block.key_label(format!("belongs to the type `{}`", other.name()))),
    )
    .reply(1, &[])
    .unless(doubts(others.iter().map(|(_, block)| block)));
    let changes: Vec<Change> = others.iter().map(|(_, block)| Change::Remove(block.node())).collect();
    report.add(match own {
        Field::Known(_) => problem
            .help(format!("a policy has only one configuration, here `{}`", named.block()))
            .fix(Fix::new(Safety::Safe, "delete the configuration of other types", &changes)),
        Field::Missing if policy.has_only(*other) => problem
            .help(format!("if the configuration is right, set `PolicyType` to `{}`", other.name()))
            .fix(named.set(Safety::Shown, other.name())),
        _ => problem.help(format!("set `{}` and no other configuration", named.block())),
    });
}
