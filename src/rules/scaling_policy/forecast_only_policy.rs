use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, ScalingPolicy, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "forecast-only-policy",
    summary: "a predictive scaling policy only forecasts",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredictiveScalingPolicyConfiguration.html",
        "https://docs.aws.amazon.com/autoscaling/application/userguide/aas-create-predictive-scaling-policy.html",
    ],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(block) = policy.predictive_scaling().known() else { return };
    let label = match block.mode() {
        Field::Missing => block.missing_label("Mode", "no `Mode`, which means `ForecastOnly`"),
        Field::Known(mode) if *mode == "ForecastOnly" => mode.label("changes no task"),
        _ => return,
    };
    report.add(
        Problem::new(format!("{} only forecasts: it never scales", policy.title()), label)
            .help("when its forecasts have proved right, set `Mode` to `ForecastAndScale`"),
    );
}
