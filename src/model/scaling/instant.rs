//! Points in time, as AWS's clients accept them.

use std::cmp::Ordering;

use crate::source::Cut;
use crate::tree::Node;

/// A point in time: seconds since 1970 in UTC, or on a clock whose time zone is not set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Instant {
    seconds: f64,
    has_zone: bool,
}

impl Instant {
    /// Reads a number of seconds, or a text in RFC 3339 format.
    pub(crate) fn of(node: Node) -> Option<Instant> {
        match node.as_number() {
            Some(seconds) => Some(Instant { seconds, has_zone: true }),
            None => Instant::read(node.as_text().filter(|_| node.is_plain())?),
        }
    }

    /// Reads a text in RFC 3339 format. The offset may be missing.
    pub(crate) fn read(text: &str) -> Option<Instant> {
        let (day, rest) = (text.get(..10)?, text.get(10..)?);
        let [year, month, day] = numbers(day, '-', [4, 2, 2])?;
        let rest = rest.strip_prefix(['T', 't', ' '])?;
        let (clock, offset) = match rest.find(['Z', 'z', '+', '-']) {
            Some(at) => (rest.cut(..at), rest.cut(at..)),
            None => (rest, ""),
        };
        let (clock, fraction) = match clock.split_once('.') {
            Some((clock, digits)) => (clock, format!("0.{digits}").parse().ok()?),
            None => (clock, 0.0),
        };
        let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
        let is_time = hour < 24 && minute < 60 && second <= 60;
        if !is_date(year, month, day) || !is_time {
            return None;
        }
        let zone = match offset {
            "" | "Z" | "z" => 0,
            _ => {
                let [hours, minutes] = numbers(offset.cut(1..), ':', [2, 2])?;
                (hours * 3600 + minutes * 60) * if offset.starts_with('-') { -1 } else { 1 }
            }
        };
        let seconds = days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - zone;
        Some(Instant { seconds: seconds as f64 + fraction, has_zone: !offset.is_empty() })
    }
}

/// `None` if only one of the two has a time zone.
impl PartialOrd for Instant {
    fn partial_cmp(&self, other: &Instant) -> Option<Ordering> {
        if self.has_zone == other.has_zone { self.seconds.partial_cmp(&other.seconds) } else { None }
    }
}

/// Numbers with a fixed count of digits each, with a separator between them.
pub(in crate::model) fn numbers<const N: usize>(
    text: &str,
    separator: char,
    digits: [usize; N],
) -> Option<[i64; N]> {
    let parts: Vec<&str> = text.split(separator).collect();
    let mut found = [0; N];
    if parts.len() != N {
        return None;
    }
    for (at, part) in parts.iter().enumerate() {
        let is_number = part.len() == digits[at] && part.bytes().all(|byte| byte.is_ascii_digit());
        found[at] = is_number.then(|| part.parse().ok())??;
    }
    Some(found)
}

/// Whether the calendar has this day.
pub(in crate::model) fn is_date(year: i64, month: i64, day: i64) -> bool {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(is_leap),
        1..=12 => 31,
        _ => 0,
    };
    (1..=length).contains(&day)
}

/// The days from 1970 to a date. Years begin in March here, so that the leap day is the last day.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month < 3 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_compared_across_zones() {
        let read = |text| Instant::read(text).expect("an instant");
        assert_eq!(read("1970-01-01T00:00:00Z").seconds, 0.0);
        assert_eq!(read("2000-02-29T12:00:00Z").seconds, 951_825_600.0);
        assert_eq!(read("2027-01-01T01:00:00+01:00"), read("2027-01-01T00:00:00Z"));
        assert_eq!(read("2026-12-31T19:00:00-05:00"), read("2027-01-01T00:00:00Z"));
        assert!(read("2027-01-01T00:00:00.5Z") > read("2027-01-01T00:00:00Z"));
        assert_eq!(
            read("2027-01-01T00:00:00").partial_cmp(&read("2028-01-01T00:00:00Z")),
            None,
            "the zone of one is not known"
        );
        for text in
            ["2027-02-30T00:00:00Z", "2027-01-01", "tomorrow", "2027-1-1T00:00:00Z", "2027-01-01T24:00:00Z"]
        {
            assert_eq!(Instant::read(text), None, "{text}");
        }
    }
}
