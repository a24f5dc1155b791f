use crate::finding::{Category, Problem, Severity};
use crate::model::ScalableTarget;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "scalable-target-without-policy",
    summary: "a scalable target has no scaling policy and no scheduled action",
    category: Category::Operations,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/autoscaling/application/userguide/getting-started.html"],
    check: Check::ScalableTarget(check),
};

fn check(target: &ScalableTarget, report: &mut Report) {
    // A target for a daemon must be removed: `unsupported-daemon-scaling`.
    if !target.is_moved().is_no() || target.may_scale_daemon() {
        return;
    }
    report.add(
        Problem::new(
            "no scaling policy and no scheduled action uses this scalable target",
            target.label("nothing in the project changes the number of tasks"),
        )
        .help("add a target-tracking policy for the same `ResourceId`; ignore this if policies are kept elsewhere"),
    );
}
