use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, ScheduledAction, View};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "missing-scheduled-capacity",
    summary: "a scheduled action sets neither `MinCapacity` nor `MaxCapacity`",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    aws_says: &[
        "ScalableTargetAction must be set",
        "At least one of minimum capacity and maximum capacity should be provided",
    ],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html",
    ],
    page: page!("scheduled-action/missing-scheduled-capacity"),
    check: Check::ScheduledAction(check),
};

fn check(action: &ScheduledAction, report: &mut Report) {
    // Without a schedule it may be input of a call that deletes, which only names the action.
    if action.is_described() || action.schedule_text().is_missing() {
        return;
    }
    let (says, label) = match (action.scalable_target_action(), action.empty_action()) {
        (Field::Known(bounds), _) if bounds.missing().len() == 2 => (
            "At least one of minimum capacity and maximum capacity should be provided",
            bounds.key_label("neither bound is set"),
        ),
        (Field::Missing, Some(empty)) => (
            "At least one of minimum capacity and maximum capacity should be provided",
            empty.key_label("neither bound is set"),
        ),
        (Field::Missing, None) => (
            "ScalableTargetAction must be set",
            action.node().missing_label("ScalableTargetAction", "has no `ScalableTargetAction`"),
        ),
        _ => return,
    };
    report.add(
        Problem::new(format!("{} sets neither `MinCapacity` nor `MaxCapacity`", action.title()), label)
            .help(
                "set what should change: \"ScalableTargetAction\": { \"MinCapacity\": \
                4 }, or `MaxCapacity`, or both",
            )
            .aws_says(says),
    );
}
