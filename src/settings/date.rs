//! Days of the calendar.

use std::fmt;

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

impl Default for Date {
    fn default() -> Date {
        Date::after_epoch(0)
    }
}

impl Date {
    /// The day so many days after the first of January 1970.
    pub fn after_epoch(days: i64) -> Date {
        // Years are counted from March, so that the leap day is the last of its year; 400 of them
        // have 146,097 days.
        const DAYS_FROM_MARCH_OF_YEAR_0: i64 = 719_468;
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
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
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
        }
    }
}
