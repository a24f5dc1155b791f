use std::cmp::Ordering;

use crate::finding::{Category, Problem, Severity};
use crate::model::ScheduledAction;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-schedule-window",
    summary: "a scheduled action ends before it starts",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Always("StartTime must be before EndTime"),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html",
    ],
    check: Check::ScheduledAction(check),
};

fn check(action: &ScheduledAction, report: &mut Report) {
    let (Some(start), Some(end)) = (action.start_time().known(), action.end_time().known()) else { return };
    let words = match start.partial_cmp(&*end) {
        Some(Ordering::Greater) => "later than the end",
        Some(Ordering::Equal) => "equal to the end",
        _ => return,
    };
    report.add(
        Problem::new(
            format!("`StartTime` of {} is not before its `EndTime`", action.title()),
            start.label(words),
        )
        .also(end.label("the end"))
        .help("set `StartTime` to a time before `EndTime`"),
    );
}
