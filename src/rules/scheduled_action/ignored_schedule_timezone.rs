use crate::finding::{Category, Problem, Severity};
use crate::model::ScheduledAction;
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ignored-schedule-timezone",
    summary: "a time zone has no effect on a rate",
    category: Category::Ignored,
    severity: Severity::Note,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html",
    ],
    check: Check::ScheduledAction(check),
};

fn check(action: &ScheduledAction, report: &mut Report) {
    let Some(schedule) = action.schedule().known().filter(|schedule| schedule.is_rate()) else { return };
    let Some(zone) = action.timezone().present() else { return };
    report.add(
        Problem::new(
            format!("the time zone `{zone}` has no effect on {}", action.title()),
            zone.key_label("has no effect"),
        )
        .also(schedule.label("counts from its start, at no time of day"))
        .help("remove `Timezone`, or use `cron(…)` to set a time of day")
        .unless(zone.doubt()),
    );
}
