use crate::finding::{Category, Problem, Severity};
use crate::model::ScheduledAction;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "mismatched-scheduled-capacity",
    summary: "a scheduled action moves one bound of a scalable target past the other",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalableTargetAction.html",
    ],
    check: Check::ScheduledAction(check),
};

fn check(action: &ScheduledAction, report: &mut Report) {
    let Some(target) = action.scalable_target().map(|target| target.bounds()) else { return };
    let Some(bounds) = action.scalable_target_action().known() else { return };
    let Some([(key, own), (other_key, other)]) = bounds.crossed(target) else { return };
    let beyond = if key == "MinCapacity" { "above" } else { "below" };
    report.add(
        Problem::new(
            format!("{} sets `{key}` to {own}, {beyond} `{other_key}`, which is {other}", action.title()),
            own.label("changes only this bound"),
        )
        .also(other.label("the action does not change this bound"))
        .help(format!("set `{other_key}` in the action too")),
    );
}
