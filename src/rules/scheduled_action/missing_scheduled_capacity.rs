use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, ScheduledAction, View};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "missing-scheduled-capacity",
    summary: "a scheduled action does not say what to change",
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
    // Without a schedule it may be what a call deletes, which names nothing but the action.
    if action.is_described() || action.schedule_text().is_missing() {
        return;
    }
    let (says, label) = match (action.scalable_target_action(), action.empty_action()) {
        (Field::Known(bounds), _) if bounds.missing().len() == 2 => (
            "At least one of minimum capacity and maximum capacity should be provided",
            bounds.key_label("neither bound is written"),
        ),
        (Field::Missing, Some(empty)) => (
            "At least one of minimum capacity and maximum capacity should be provided",
            empty.key_label("neither bound is written"),
        ),
        (Field::Missing, None) => (
            "ScalableTargetAction must be set",
            action.node().missing_label("ScalableTargetAction", "has no `ScalableTargetAction`"),
        ),
        _ => return,
    };
    report.add(
        Problem::new(format!("{} does not say what to change", action.title()), label)
            .help(
                "write what to set at that time: \"ScalableTargetAction\": { \"MinCapacity\": \
                4 }, or `MaxCapacity`, or both",
            )
            .aws_says(says),
    );
}
