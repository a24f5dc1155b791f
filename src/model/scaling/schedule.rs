//! Schedules of scheduled actions: `at(…)`, `rate(…)` and `cron(…)`.

use std::ops::Range;

use crate::model::scaling::instant::Instant;
use crate::source::Cut;

/// A schedule that can be parsed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Schedule<'d> {
    /// Once, at this time on a clock of the time zone of the action.
    At(Instant),
    /// Repeatedly, at a fixed interval.
    Rate,
    /// By the calendar: the fields as written.
    Cron(&'d str),
}

/// What is wrong with a schedule. Ranges are byte ranges of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ScheduleFault {
    /// It is neither `at(…)` nor `rate(…)` nor `cron(…)`.
    Form {
        /// Whether it has the six fields of a cron expression, so that `cron(…)` around it would fix it.
        is_cron: bool,
    },
    /// The content of `at(…)` is not a date with a time.
    At(Range<usize>),
    /// The content of `rate(…)` is not an integer with a unit.
    Rate(Range<usize>),
    /// The number in `rate(…)` is 0.
    ZeroRate(Range<usize>),
    /// A field of `cron(…)` has an invalid value.
    Field {
        /// The bytes of the field.
        part: Range<usize>,
        /// Which field it is.
        field: CronField,
    },
    /// Not exactly one of day-of-month and day-of-week is `?`.
    Days {
        /// Both fields, with the whitespace between them.
        part: Range<usize>,
        /// Day-of-month and day-of-week, as written.
        written: [String; 2],
        /// The whole schedule, fixed, if there is exactly one way to fix it.
        mended: Option<String>,
    },
}

/// A field of a cron expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CronField {
    /// 0 to 59.
    Minute,
    /// 0 to 23.
    Hour,
    /// 1 to 31.
    DayOfMonth,
    /// 1 to 12, or `JAN` to `DEC`.
    Month,
    /// 1 to 7, starting with Sunday, or `SUN` to `SAT`.
    DayOfWeek,
    /// 1970 to 2199.
    Year,
}

impl CronField {
    const ORDER: [CronField; 6] = [
        CronField::Minute,
        CronField::Hour,
        CronField::DayOfMonth,
        CronField::Month,
        CronField::DayOfWeek,
        CronField::Year,
    ];

    /// Its usual name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            CronField::Minute => "minute",
            CronField::Hour => "hour",
            CronField::DayOfMonth => "day of the month",
            CronField::Month => "month",
            CronField::DayOfWeek => "day of the week",
            CronField::Year => "year",
        }
    }

    /// What it may contain, as the end of a sentence.
    pub(crate) const fn wants(self) -> &'static str {
        match self {
            CronField::Minute => "0 to 59",
            CronField::Hour => "0 to 23",
            CronField::DayOfMonth => "1 to 31, `?` or `L`",
            CronField::Month => "1 to 12, or JAN to DEC",
            CronField::DayOfWeek => "1 to 7 (1 is Sunday), SUN to SAT, or `?`",
            CronField::Year => "1970 to 2199",
        }
    }

    const fn range(self) -> (u32, u32) {
        match self {
            CronField::Minute => (0, 59),
            CronField::Hour => (0, 23),
            CronField::DayOfMonth => (1, 31),
            CronField::Month => (1, 12),
            CronField::DayOfWeek => (1, 7),
            CronField::Year => (1970, 2199),
        }
    }

    const fn names(self) -> &'static [&'static str] {
        match self {
            CronField::Month => {
                &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
            }
            CronField::DayOfWeek => &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
            _ => &[],
        }
    }

    /// Whether the field may contain a text. Unusual values that are not known to be rejected pass.
    fn accepts(self, text: &str) -> bool {
        let is_day = matches!(self, CronField::DayOfMonth | CronField::DayOfWeek);
        text == "?" && is_day || text.split(',').all(|item| self.accepts_item(&item.to_ascii_uppercase()))
    }

    fn accepts_item(self, item: &str) -> bool {
        let (base, step) = match item.split_once('/') {
            Some((base, step)) => (base, Some(step)),
            None => (item, None),
        };
        if step.is_some_and(|step| step.parse::<u32>().is_err()) {
            return false;
        }
        if matches!(base, "" | "*") {
            return true;
        }
        if self == CronField::DayOfMonth && base.starts_with('L') {
            return matches!(base, "L" | "LW")
                || base.cut(1..).strip_prefix('-').is_some_and(|n| n.parse::<u32>().is_ok());
        }
        base.split('-').all(|end| self.accepts_end(end))
    }

    fn accepts_end(self, end: &str) -> bool {
        let end = match self {
            CronField::DayOfMonth => end.strip_suffix('W').unwrap_or(end),
            CronField::DayOfWeek if end == "L" => return true,
            CronField::DayOfWeek => match end.split_once('#') {
                Some((day, "1" | "2" | "3" | "4" | "5")) => day,
                _ => end.strip_suffix('L').unwrap_or(end),
            },
            _ => end,
        };
        let (least, most) = self.range();
        // Some cron parsers read only the first three letters, so `MONDAY` may be accepted.
        let is_letters = end.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_name = is_letters && end.get(..3).is_some_and(|start| self.names().contains(&start));
        is_name || end.parse().is_ok_and(|number: u32| (least..=most).contains(&number))
    }
}

impl<'d> Schedule<'d> {
    /// Parses a schedule.
    pub(crate) fn read(text: &'d str) -> Result<Schedule<'d>, ScheduleFault> {
        let inside = |name: &str| text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')');
        let part = |name: &str, inside: &str| name.len() + 1..name.len() + 1 + inside.len();
        if let Some(time) = inside("at") {
            let instant = local_time(time).ok_or_else(|| ScheduleFault::At(part("at", time)))?;
            return Ok(Schedule::At(instant));
        }
        if let Some(rate) = inside("rate") {
            return read_rate(rate, part("rate", rate));
        }
        match inside("cron") {
            Some(fields) => match cron_fault(fields, "cron(".len()) {
                Some(fault) => Err(fault),
                None => Ok(Schedule::Cron(fields)),
            },
            None => Err(ScheduleFault::Form { is_cron: is_cron(text) }),
        }
    }

    /// Whether it is `rate(…)`.
    pub(crate) fn is_rate(&self) -> bool {
        *self == Schedule::Rate
    }

    /// Whether it repeats.
    pub(crate) fn recurs(&self) -> bool {
        !matches!(self, Schedule::At(_))
    }

    /// Whether it runs at certain hours of the day, so that it depends on the time zone.
    pub(crate) fn names_an_hour(&self) -> bool {
        let is_hour = |hour: &str| hour != "*" && !hour.contains('/');
        matches!(self, Schedule::At(_)) || self.cron_field(CronField::Hour).is_some_and(is_hour)
    }

    /// The last year in which it runs, if it is a cron expression that names years.
    pub(crate) fn last_year(&self) -> Option<i64> {
        let end = |item: &str| item.rsplit('-').next()?.parse().ok();
        let ends = self.cron_field(CronField::Year)?.split(',').map(end);
        ends.collect::<Option<Vec<i64>>>()?.into_iter().max()
    }

    /// A field of a cron expression. Expressions with other numbers of fields have been deployed, and their
    /// meaning is not known.
    fn cron_field(&self, field: CronField) -> Option<&'d str> {
        let Schedule::Cron(fields) = self else { return None };
        let words: Vec<&str> = fields.split_whitespace().collect();
        let words: [&str; 6] = words.try_into().ok()?;
        CronField::ORDER.into_iter().zip(words).find(|(one, _)| *one == field).map(|(_, word)| word)
    }
}

fn is_cron(text: &str) -> bool {
    text.split_whitespace().count() == 6 && cron_fault(text, 0).is_none()
}

/// `yyyy-mm-ddThh:mm:ss`
fn local_time(text: &str) -> Option<Instant> {
    let is_form = text.len() == 19 && text.split('T').count() == 2 && !text.ends_with(":60");
    Instant::read(text).filter(|_| is_form)
}

fn read_rate<'d>(rate: &str, part: Range<usize>) -> Result<Schedule<'d>, ScheduleFault> {
    let digits = rate.find(|c: char| !c.is_ascii_digit()).unwrap_or(rate.len());
    let (number, unit) = (rate.cut(..digits), rate.cut(digits..));
    let unit = unit.strip_prefix(|c: char| c.is_ascii_whitespace()).unwrap_or(unit);
    let is_unit = matches!(unit, "minute" | "minutes" | "hour" | "hours" | "day" | "days");
    if number.is_empty() || !is_unit {
        return Err(ScheduleFault::Rate(part));
    }
    if number.bytes().all(|digit| digit == b'0') {
        Err(ScheduleFault::ZeroRate(part))
    } else {
        Ok(Schedule::Rate)
    }
}

/// Finds a fault in the six fields of a cron expression, which begin at a byte offset of the schedule.
/// Expressions with other numbers of fields have been deployed, and their meaning is not known.
fn cron_fault(text: &str, offset: usize) -> Option<ScheduleFault> {
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let words: Vec<&str> = text.split_whitespace().collect();
    let &[_, _, of_month, _, of_week, _] = words.as_slice() else { return None };
    if begins_with_seconds(&words) {
        return None;
    }
    for (word, field) in words.iter().zip(CronField::ORDER) {
        if !field.accepts(word) {
            let start = offset + start(word);
            return Some(ScheduleFault::Field { part: start..start + word.len(), field });
        }
    }
    if (of_month == "?") != (of_week == "?") {
        return None;
    }
    let part = start(of_month)..start(of_week) + of_week.len();
    let mended = match (of_month, of_week) {
        ("?", "?") => None,
        (_, "*") => Some(part.end - of_week.len()..part.end),
        ("*", _) => Some(part.start..part.start + of_month.len()),
        _ => None,
    };
    Some(ScheduleFault::Days {
        part: offset + part.start..offset + part.end,
        written: [of_month.to_owned(), of_week.to_owned()],
        mended: mended.map(|place| format!("cron({}?{})", text.cut(..place.start), text.cut(place.end..))),
    })
}

/// Whether six fields are a valid expression that begins with seconds and has no year, as in Quartz: such have been
/// deployed too.
fn begins_with_seconds(words: &[&str]) -> bool {
    use CronField::{DayOfMonth, DayOfWeek, Hour, Minute, Month};
    let order = [Minute, Minute, Hour, DayOfMonth, Month, DayOfWeek];
    let is_valid = words.iter().zip(order).all(|(word, field)| field.accepts(word));
    is_valid && (words.get(3) == Some(&"?")) != (words.get(5) == Some(&"?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_schedules_are_read() {
        for text in [
            "at(2027-01-31T06:00:00)",
            "rate(1 day)",
            "rate(1 minutes)",
            "rate(5minutes)",
            "rate(12 hours)",
            "cron(0 7 * * ? *)",
            "cron(0 7 ? * MON-FRI *)",
            "cron(0 7 ? * mon,wed *)",
            "cron(0/15 8-18 ? * 2#1 *)",
            "cron(*/5 0,12 L * ? 2027)",
            "cron(0 0 L-3 JAN-MAR/2 ? 2027-2030)",
            "cron(0 0 LW * ? *)",
            "cron(0 0 15W * ? *)",
            "cron(0 0 ? * 6L *)",
            "cron(0 0 ? * L *)",
            "cron(0 22 1 * ? *)",
            "cron(0 22 ? * 2 *)",
            "cron(0  22  ?  *  SUN,SAT  *)",
            "cron(0 7 * * *)",
            "cron(0 0 7 * * ? *)",
            "cron(0 7 ? JANUARY Monday-FRI *)",
            "cron(0 0 6 ? * MON-FRI)",
            "cron(0 30 6 1 * ?)",
        ] {
            assert!(Schedule::read(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn schedules_tell_hours_and_years() {
        let read = |text| Schedule::read(text).expect(text);
        for (text, names_an_hour, last_year) in [
            ("at(2027-01-31T06:00:00)", true, None),
            ("rate(1 day)", false, None),
            ("cron(0 7 * * ? *)", true, None),
            ("cron(0 8-18 * * ? 2027)", true, Some(2027)),
            ("cron(0 * * * ? 2025,2027-2029)", false, Some(2029)),
            ("cron(0 */6 * * ? 2025-2026,*)", false, None),
            ("cron(0 7 * * *)", false, None),
        ] {
            let schedule = read(text);
            assert_eq!(
                (schedule.names_an_hour(), schedule.last_year()),
                (names_an_hour, last_year),
                "{text}"
            );
            assert_eq!(schedule.recurs(), !text.starts_with("at"), "{text}");
        }
    }

    #[test]
    fn wrong_schedules_are_told_apart() {
        let fault = |text| Schedule::read(text).expect_err(text);
        for text in ["0 7 * * ? *", "every day", "0 7 * * *", "Cron(0 7 * * ? *)", "rate 1 day"] {
            let is_cron = text == "0 7 * * ? *";
            assert_eq!(fault(text), ScheduleFault::Form { is_cron }, "{text}");
        }
        for text in
            ["at(2027-01-31)", "at(2027-01-31T06:00:00Z)", "at(2027-02-30T06:00:00)", "at(2027-01-31T06:00)"]
        {
            assert_eq!(fault(text), ScheduleFault::At(3..text.len() - 1), "{text}");
        }
        for text in ["rate(day)", "rate(30 seconds)", "rate(1 week)", "rate(1.5 hours)", "rate(-1 day)"] {
            assert_eq!(fault(text), ScheduleFault::Rate(5..text.len() - 1), "{text}");
        }
        assert_eq!(fault("rate(0 minutes)"), ScheduleFault::ZeroRate(5..14));
        let field = |text| match fault(text) {
            ScheduleFault::Field { part, field } => (part, field),
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(field("cron(60 7 * * ? *)"), (5..7, CronField::Minute));
        assert_eq!(field("cron(0 24 * * ? *)"), (7..9, CronField::Hour));
        assert_eq!(field("cron(0 7 32 * ? *)"), (9..11, CronField::DayOfMonth));
        assert_eq!(field("cron(0 7 ? 13 1 *)"), (11..13, CronField::Month));
        assert_eq!(field("cron(0 7 ? * 0 *)"), (13..14, CronField::DayOfWeek));
        assert_eq!(field("cron(0 7 ? * 1-5 26)"), (17..19, CronField::Year));
        assert_eq!(field("cron(0 7 ? MON * *)"), (11..14, CronField::Month));
        assert_eq!(field("cron(? 7 * * ? *)"), (5..6, CronField::Minute));
        assert_eq!(field("cron(7:30 7 * * ? *)"), (5..9, CronField::Minute));
    }

    #[test]
    fn one_of_the_days_is_a_question_mark() {
        let mended = |text: &str| match Schedule::read(text) {
            Err(ScheduleFault::Days { mended, part, .. }) => (mended, text.cut(part).to_owned()),
            other => panic!("{text}: {other:?}"),
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(mended("cron(0 7 * * * *)"), (some("cron(0 7 * * ? *)"), "* * *".to_owned()));
        assert_eq!(mended("cron(0 7 * * MON *)"), (some("cron(0 7 ? * MON *)"), "* * MON".to_owned()));
        assert_eq!(mended("cron(0 7 1 * * *)"), (some("cron(0 7 1 * ? *)"), "1 * *".to_owned()));
        assert_eq!(mended("cron(0 7 1 * 2 *)"), (None, "1 * 2".to_owned()));
        assert_eq!(mended("cron(0 7 ? * ? *)"), (None, "? * ?".to_owned()));
    }
}
