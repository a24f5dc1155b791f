use crate::finding::{Category, Problem, Severity};
use crate::model::ScalingPolicy;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "inverted-scaling-step",
    summary: "a policy adds tasks below the threshold of its alarm and removes them above it",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepAdjustment.html"],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some((adds, takes)) = policy.step_scaling().known().and_then(|block| block.inverted()) else {
        return;
    };
    report.add(
        Problem::new(
            format!(
                "{} removes tasks above the threshold of its alarm and adds them below it",
                policy.title()
            ),
            takes.label("fewer tasks when the metric is high"),
        )
        .also(adds.label("more tasks when it is low"))
        .help("swap the signs; ignore this if the metric falls as the load grows, such as free memory"),
    );
}
