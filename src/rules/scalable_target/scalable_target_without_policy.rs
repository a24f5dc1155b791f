use crate::finding::{Category, Problem, Severity};
use crate::model::ScalableTarget;
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "scalable-target-without-policy",
    summary: "nothing ever moves a service between the bounds of a scalable target",
    category: Category::Operations,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/autoscaling/application/userguide/getting-started.html"],
    page: page!("scalable-target/scalable-target-without-policy"),
    check: Check::ScalableTarget(check),
};

fn check(target: &ScalableTarget, report: &mut Report) {
    // What scales a daemon has to go: `unsupported-daemon-scaling`.
    if !target.is_moved().is_no() || target.may_scale_daemon() {
        return;
    }
    report.add(
        Problem::new(
            "no scaling policy and no scheduled action uses this scalable target",
            target.label("nothing in the project moves the number of tasks"),
        )
        .help("add a target-tracking policy for the same `ResourceId`; allow the rule if policies are kept elsewhere"),
    );
}
