use crate::finding::{Category, Problem, Severity};
use crate::model::{PolicyType, ScalableTarget, ScalingPolicy};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-dynamic-scaling",
    summary: "a service is scaled by forecasts alone",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/userguide/aas-create-predictive-scaling-policy.html",
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredictiveScalingPolicyConfiguration.html",
    ],
    check: Check::ScalableTarget(check),
};

fn check(target: &ScalableTarget, report: &mut Report) {
    let (bounds, movers) = (target.bounds(), target.movers());
    // A scheduled action that lowers the upper bound removes tasks too.
    let is_lowered = movers.upper_bounds(bounds).is_none_or(|uppers| uppers.least() != uppers.most());
    if is_lowered || !movers.has_all_policies || !movers.policies().all(|policy| forecasts(&policy)) {
        return;
    }
    let Some(first) = movers.policies().next() else { return };
    report.add(
        Problem::new(
            format!("{} only adds tasks, and no other policy removes them", first.title()),
            first.label("predictive scaling never scales in"),
        )
        .also(target.label("has no target-tracking or step scaling policy"))
        .help("add a target-tracking policy: it follows the actual load, and removes the tasks again"),
    );
}

/// Whether a policy scales by its forecast; one that does not is reported by `forecast-only-policy`.
fn forecasts(policy: &ScalingPolicy) -> bool {
    let is_predictive = policy.policy_type().is(|of| of == PolicyType::PredictiveScaling).is_yes();
    let mode = policy.predictive_scaling().and_then(|block| block.mode());
    is_predictive && mode.is(|mode| mode == "ForecastAndScale").is_yes()
}
