use crate::finding::{Category, Problem, Severity};
use crate::model::ScheduledAction;
use crate::rule::{Check, Profile, Reply, Report, Rule, page};

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
    page: page!("scheduled-action/mismatched-scheduled-capacity"),
    check: Check::ScheduledAction(check),
};

fn check(action: &ScheduledAction, report: &mut Report) {
    let Some(target) = action.scalable_target().map(|target| target.bounds()) else { return };
    let Some(bounds) = action.scalable_target_action().known() else { return };
    let (least, most) = (bounds.min_capacity(), bounds.max_capacity());
    let crossed = match (least.known(), most.known()) {
        (Some(least), None) if most.is_missing() => {
            let most = target.max_capacity().known().filter(|most| **most < *least);
            most.map(|most| (least, most, "MinCapacity", "MaxCapacity"))
        }
        (None, Some(most)) if least.is_missing() => {
            let least = target.min_capacity().known().filter(|least| *most < **least);
            least.map(|least| (most, least, "MaxCapacity", "MinCapacity"))
        }
        _ => None,
    };
    let Some((own, other, key, other_key)) = crossed else { return };
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
