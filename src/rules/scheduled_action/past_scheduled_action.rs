use crate::finding::{Category, Problem, Severity};
use crate::model::ScheduledAction;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "past-scheduled-action",
    summary: "a scheduled action never runs again",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html",
    ],
    check: Check::ScheduledAction(check),
};

fn check(action: &ScheduledAction, report: &mut Report) {
    let today = report.today();
    let Some(end) = action.ended_before(today) else { return };
    report.add(
        Problem::new(
            format!("{} never runs again: its time has passed", action.title()),
            end.label(format!("before {today}")),
        )
        .help("delete the action, or set a later date"),
    );
}
