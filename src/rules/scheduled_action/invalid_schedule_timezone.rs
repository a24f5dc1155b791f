use crate::finding::{Category, Problem, Severity};
use crate::fix::Safety;
use crate::model::{ScheduledAction, is_respelled_time_zone, is_time_zone, time_zone_meant};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-schedule-timezone",
    summary: "the time zone does not exist",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&["Invalid schedule timezone: JST"]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html",
        "https://www.iana.org/time-zones",
    ],
    check: Check::ScheduledAction(check),
};

fn check(action: &ScheduledAction, report: &mut Report) {
    let Some(zone) = action.timezone().known().filter(|zone| !is_time_zone(zone)) else { return };
    let problem = Problem::new(
        format!("`{zone}` is not the name of a time zone"),
        zone.label("not in the IANA database"),
    );
    let problem = if *zone == "JST" { problem.reply(0, &[]) } else { problem };
    // A name of the right form may be newer than the list; another spelling in upper and lower case,
    // and an offset alone, were never tried.
    let was_never_tried =
        zone.contains('/') || zone.starts_with(['+', '-']) || *zone == "Z" || is_respelled_time_zone(&zone);
    let problem = if was_never_tried { problem.at_most(Severity::Warning) } else { problem };
    report.add(match time_zone_meant(&zone) {
        Some(meant) => problem.suggest(&zone, meant),
        None => problem.help("use a name from the IANA database, such as `Europe/Berlin` or `UTC`"),
    });
}
