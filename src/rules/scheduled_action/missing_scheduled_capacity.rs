use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, ScheduledAction, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-scheduled-capacity",
    summary: "a scheduled action sets neither `MinCapacity` nor `MaxCapacity`",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "ScalableTargetAction must be set",
        "At least one of minimum capacity and maximum capacity should be provided",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html",
    ],
    check: Check::ScheduledAction(check),
};

/// The positions of the replies in the list of the rule.
const NO_ACTION: usize = 0;
const NO_BOUND: usize = 1;

fn check(action: &ScheduledAction, report: &mut Report) {
    // Without a schedule it may be input of a call that deletes, which only names the action.
    if action.is_described() || action.schedule_text().is_missing() {
        return;
    }
    let (which, label) = match (action.scalable_target_action(), action.empty_action()) {
        (Field::Known(bounds), _) if bounds.missing().len() == 2 => {
            (NO_BOUND, bounds.key_label("neither bound is set"))
        }
        (Field::Missing, Some(empty)) => (NO_BOUND, empty.key_label("neither bound is set")),
        (Field::Missing, None) => {
            (NO_ACTION, action.node().missing_label("ScalableTargetAction", "has no `ScalableTargetAction`"))
        }
        _ => return,
    };
    report.add(
        Problem::new(format!("{} sets neither `MinCapacity` nor `MaxCapacity`", action.title()), label)
            .help(
                "set what should change: `\"ScalableTargetAction\": {\"MinCapacity\": 4}`, or `MaxCapacity`, \
                or both",
            )
            .reply(which, &[]),
    );
}
