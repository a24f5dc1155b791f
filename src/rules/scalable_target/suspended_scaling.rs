use crate::finding::{Category, Label, Problem, Severity};
use crate::model::{PolicyType, ScalableTarget};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "suspended-scaling",
    summary: "scaling is suspended, but policies or scheduled actions depend on it",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/autoscaling/application/APIReference/API_SuspendedState.html"],
    check: Check::ScalableTarget(check),
};

fn check(target: &ScalableTarget, report: &mut Report) {
    // A call that sets no bounds only suspends, and another call resumes.
    if !target.is_described() && target.bounds().missing().len() == 2 {
        return;
    }
    let policy = target.movers().policies().find(|policy| {
        let types = [PolicyType::TargetTracking, PolicyType::StepScaling];
        policy.policy_type().known().is_some_and(|one| types.contains(&*one))
    });
    let policy = policy.as_ref().map(|policy| policy.label(""));
    let action = target.movers().actions().find_map(|action| action.name().known());
    let action = action.map(|name| name.label(""));
    let kinds = [
        ("DynamicScalingOutSuspended", "scaling out", "adds no tasks", &policy),
        ("DynamicScalingInSuspended", "scaling in", "removes no tasks", &policy),
        ("ScheduledScalingSuspended", "scheduled scaling", "changes nothing", &action),
    ];
    for (key, what, effect, mover) in kinds {
        let (Some(suspended), Some(mover)) = (target.suspended(key), mover) else { continue };
        let mover = Label::new(mover.at, format!("{effect} while this is suspended"));
        report.add(
            Problem::new(format!("{what} is suspended"), suspended.label("suspended here"))
                .also(mover)
                .help(format!("set `{key}` to false: omitting it does not resume scaling")),
        );
    }
}
