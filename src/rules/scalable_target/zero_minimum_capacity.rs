use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, ScalableTarget};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "zero-minimum-capacity",
    summary: "a service may be scaled in to 0 tasks by a metric that only running tasks report",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    ],
    check: Check::ScalableTarget(check),
};

fn check(target: &ScalableTarget, report: &mut Report) {
    let (bounds, movers) = (target.bounds(), target.movers());
    let Some(least) = bounds.min_capacity().known().filter(|least| **least == 0) else { return };
    let is_open = match bounds.max_capacity() {
        Field::Known(most) => *most > 0,
        Field::Missing => true,
        Field::Unknown(_) => false,
    };
    let is_raised = movers.lower_bounds(bounds).is_none_or(|bounds| bounds.most() > Some(0));
    if !is_open || is_raised || !movers.has_all_policies {
        return;
    }
    let Some(metrics) = movers.policies().map(|policy| policy.own_metric()).collect::<Option<Vec<_>>>()
    else {
        return;
    };
    // If no policy scales in, the tasks stay.
    let scales_in = movers.policies().any(|policy| policy.disables_scale_in().is_no());
    let Some(first) = metrics.first().filter(|_| scales_in) else { return };
    let problem = Problem::new(
        "once the service is scaled in to 0 tasks, nothing scales it out again",
        least.label("0 tasks are allowed"),
    )
    .also(first.label("with 0 tasks there is no such metric"));
    report.add(problem.help(
        "set `MinCapacity` to at least 1, or add a policy whose metric does not need a running task, such as the length of a queue",
    ));
}
