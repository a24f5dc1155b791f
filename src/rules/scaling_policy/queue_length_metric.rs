use crate::finding::{Category, Problem, Severity};
use crate::model::ScalingPolicy;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "queue-length-metric",
    summary: "a policy tracks the length of a queue, not the backlog of each task",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking-metric-math.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(block) = policy.target_tracking().known().filter(|_| policy.may_be_for_ecs()) else { return };
    let metric = block.customized_metric().known().and_then(|metric| metric.queue_length());
    let Some(metric) = metric else { return };
    report.add(
        Problem::new(
            format!("{} tracks `{metric}`, not the backlog of each task", policy.title()),
            metric.label("the length of the whole queue"),
        )
        .help(
            "divide it by the number of running tasks, with metric math in `Metrics`, and set `TargetValue` to the backlog that one task can work off in time",
        ),
    );
}
