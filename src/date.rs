//! Days of the calendar.

use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar. The default is the first that computers know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// The year.
    pub year: i64,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

/// Years are counted from March, so that the leap day is the last of its year; 400 of them have 146,097 days.
const DAYS_FROM_MARCH_OF_YEAR_0: i64 = 719_468;

impl Default for Date {
    fn default() -> Date {
        Date::after_epoch(0)
    }
}

impl Date {
    /// The day so many days after the first of January 1970.
    pub fn after_epoch(days: i64) -> Date {
        let days = days + DAYS_FROM_MARCH_OF_YEAR_0;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        Date {
            year: era * 400 + year + i64::from(month <= 2),
            month: u8::try_from(month).unwrap_or(1),
            day: u8::try_from(day).unwrap_or(1),
        }
    }

    /// The days from the first of January 1970 to this day.
    pub fn days(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = if month < 3 { self.year - 1 } else { self.year };
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        365 * year + leap_days + of_year - DAYS_FROM_MARCH_OF_YEAR_0
    }

    /// Whether the calendar has this day.
    fn exists(self) -> bool {
        let year = self.year;
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = match self.month {
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u8::from(is_leap),
            1..=12 => 31,
            _ => 0,
        };
        (1..=length).contains(&self.day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Reads `2027-03-01`.
impl FromStr for Date {
    type Err = ();

    fn from_str(text: &str) -> Result<Date, ()> {
        let is_form = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let mut parts = text.split('-').filter(|_| is_form);
        let (Some(year), Some(month), Some(day), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(());
        };
        if [year.len(), month.len(), day.len()] != [4, 2, 2] {
            return Err(());
        }
        let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse(), day.parse()) else {
            return Err(());
        };
        Some(Date { year, month, day }).filter(|date| date.exists()).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        for (days, date) in
            [(0, "1970-01-01"), (-1, "1969-12-31"), (11_016, "2000-02-29"), (20_878, "2027-03-01")]
        {
            assert_eq!(Date::after_epoch(days).to_string(), date);
            assert_eq!(date.parse().map(Date::days), Ok(days));
        }
    }

    #[test]
    fn only_days_of_the_calendar_are_read() {
        for text in [
            "2027-02-29",
            "2027-13-01",
            "2027-04-31",
            "2027-00-10",
            "2027-1-1",
            "27-01-01",
            "tomorrow",
            "2027/01/01",
            "2027-01-01T00",
            "-027-01-01",
            "",
        ] {
            assert_eq!(text.parse::<Date>(), Err(()), "{text}");
        }
        assert!("2028-02-29".parse::<Date>().is_ok());
    }
}
