use crate::finding::{Category, Problem, Severity};
use crate::model::ScalableTarget;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-scale-in",
    summary: "a service is scaled out, but never in",
    category: Category::Cost,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html",
    ],
    check: Check::ScalableTarget(check),
};

fn check(target: &ScalableTarget, report: &mut Report) {
    let (bounds, movers) = (target.bounds(), target.movers());
    let (Some(least), Some(most)) = (bounds.min_capacity().known(), bounds.max_capacity().known()) else {
        return;
    };
    let uppers = movers.upper_bounds(bounds);
    let is_lowered = uppers.is_none_or(|uppers| uppers.least() != uppers.most());
    if *least >= *most || is_lowered || !movers.has_all_policies {
        return;
    }
    if !movers.policies().all(|policy| policy.scales_in().is_no()) {
        return;
    }
    let disabled = movers.policies().filter_map(|policy| policy.disables_scale_in_value());
    let mut disabled = disabled.map(|value| value.label("never removes a task"));
    let Some(first) = disabled.next() else { return };
    let mut problem = Problem::new("the service is scaled out, but never in", first)
        .also(most.label("the number of tasks grows to this and stays there"));
    problem.also.extend(disabled);
    report.add(problem.help(
        "let one policy scale in, or add a step scaling policy or a scheduled action that removes tasks",
    ));
}
