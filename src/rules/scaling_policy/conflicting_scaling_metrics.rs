use crate::finding::{Category, Problem, Severity};
use crate::model::{ScalingPolicy, both};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-scaling-metrics",
    summary: "a target-tracking policy has two metrics",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always(
        "Only one of PredefinedMetricSpecification or CustomizedMetricSpecification can be set for target tracking scaling.",
    ),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(block) = policy.target_tracking().known() else { return };
    let metrics = both(block.predefined_metric().present(), block.customized_metric().present());
    let Some((predefined, customized)) = metrics else { return };
    report.add(
        Problem::new(
            format!("{} has both a predefined and a customized metric", policy.title()),
            customized.key_label("only one of the two is allowed"),
        )
        .also(predefined.key_label("the other metric"))
        .help("keep the one that you need; to use both, create two policies")
        .unless(predefined.doubt())
        .unless(customized.doubt()),
    );
}
