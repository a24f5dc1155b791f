use crate::finding::{Category, Problem, Severity};
use crate::model::ScheduledAction;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-timezone",
    summary: "a schedule names a time of day without a time zone",
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
    let schedule = action.schedule().known().filter(|schedule| schedule.names_an_hour());
    let Some(schedule) = schedule.filter(|_| action.timezone().is_missing()) else { return };
    // `past-scheduled-action` reports an action that never runs again.
    if action.ended_before(report.today()).is_some() {
        return;
    }
    report.add(
        Problem::new(
            format!("{} sets no time zone: its time of day is in UTC", action.title()),
            schedule.label("in UTC, without daylight saving time"),
        )
        .help("set `Timezone`, such as `Europe/Berlin`; set it to `UTC` if UTC is meant"),
    );
}
