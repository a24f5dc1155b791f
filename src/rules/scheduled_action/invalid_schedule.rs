use std::ops::Range;

use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Known, Schedule, ScheduleFault, ScheduledAction};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::source::Cut;

pub(super) const RULE: Rule = Rule {
    id: "invalid-schedule",
    summary: "a schedule expression is not valid",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Sometimes(&[
        "Invalid schedule expression. Details: Schedule expressions must have the following syntax: rate(<number>\\s?(minutes?|hours?|days?)), cron(<cron_expression>) or at(yyyy-MM-dd'T'HH:mm:ss).",
        "Invalid schedule expression. Details: Invalid CRON expression: error at position 1, details: '?' can only be specified for Day-of-Month or Day-of-Week.",
        "Invalid schedule frequency. Run for {name} are less than 60 seconds apart",
        "Invalid schedule at DateTime expression {expression}",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html",
        "https://github.com/aws/aws-cdk/issues/6053",
    ],
    check: Check::ScheduledAction(check),
};

fn check(action: &ScheduledAction, report: &mut Report) {
    let Some(text) = action.schedule_text().known() else { return };
    let Err(fault) = Schedule::read(text.trim()) else { return };
    // Whether AWS accepts whitespace around a schedule is not known.
    if text.trim() != *text {
        return;
    }
    report.add(match fault {
        ScheduleFault::Form { is_cron } => form(&text, is_cron),
        ScheduleFault::At(part) => Problem::new(
            format!("`{}` is not a valid date and time", text.cut(part.clone())),
            text.part_label(part, "must have the form `yyyy-mm-ddThh:mm:ss`"),
        )
        .help("use the form `at(2027-01-31T06:00:00)`; set the time zone in `Timezone`"),
        ScheduleFault::Rate(part) => Problem::new(
            format!("`{}` is not a valid rate", text.cut(part.clone())),
            text.part_label(part, "must be a whole number and a unit"),
        )
        .reply(SYNTAX, &[])
        .help("use a whole number of minutes, hours or days, such as `rate(30 minutes)`"),
        ScheduleFault::ZeroRate(part) => {
            Problem::new("the rate is 0", text.part_label(part, "must be at least 1 minute"))
                .help("use `rate(1 minute)` or a longer interval")
        }
        ScheduleFault::Field { part, field } => Problem::new(
            format!("`{}` is not a valid {}", text.cut(part.clone()), field.name()),
            text.part_label(part, format!("the {}", field.name())),
        )
        .help(format!(
            "use {}; the fields are minute, hour, day of the month, month, day of the week, \
            year",
            field.wants()
        )),
        ScheduleFault::Days { part, written, mended } => days(&text, part, &written, mended),
    });
}

fn form(text: &Known<&str>, is_cron: bool) -> Problem {
    let problem = Problem::new(
        format!("`{text}` is not a valid schedule"),
        text.label("neither `at(…)` nor `rate(…)` nor `cron(…)`"),
    )
    .reply(SYNTAX, &[]);
    if !is_cron {
        return problem.help(
            "use a form such as `cron(0 7 ? * MON-FRI *)`, `rate(1 day)` or \
            `at(2027-01-31T06:00:00)`",
        );
    }
    let meant = format!("cron({text})");
    problem.help(format!("use `{meant}`")).fix(text.set(Safety::Shown, meant.as_str()))
}

fn days(text: &Known<&str>, part: Range<usize>, written: &[String; 2], mended: Option<String>) -> Problem {
    let [of_month, of_week] = written;
    let problem = if of_month == "?" {
        Problem::new(
            "the schedule does not set the days on which it runs",
            text.part_label(part, "both day fields are `?`"),
        )
        .help("change one of them to `*`: `*` as the day of the month means every day")
    } else {
        Problem::new(
            "the schedule sets the day in two ways",
            text.part_label(part, format!("day of the month `{of_month}`, day of the week `{of_week}`")),
        )
        .help("one of the two must be `?`, so that the other one decides")
    };
    let is_recorded = of_month == of_week && matches!(of_month.as_str(), "*" | "?");
    let problem = if is_recorded { problem.reply(DAYS, &[]) } else { problem };
    match mended {
        Some(mended) => problem.fix(text.set(Safety::Safe, mended.as_str())),
        None => problem,
    }
}

/// The positions of the replies in the list of the rule.
const SYNTAX: usize = 0;
const DAYS: usize = 1;
