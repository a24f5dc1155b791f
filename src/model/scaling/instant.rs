//! Points in time, as AWS's clients accept them.

use std::cmp::Ordering;

use crate::date::Date;
use crate::source::Cut;
use crate::tree::Node;

/// The seconds of a day.
const DAY: f64 = 86_400.0;
/// How much later than in UTC a day ends in the time zone farthest to the west.
const MOST_WEST: f64 = 12.0 * 3_600.0;

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
        let day: Date = day.parse().ok()?;
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
        if !is_time {
            return None;
        }
        let zone = match offset {
            "" | "Z" | "z" => 0,
            _ => {
                let [hours, minutes] = numbers(offset.cut(1..), ':', [2, 2])?;
                (hours * 3600 + minutes * 60) * if offset.starts_with('-') { -1 } else { 1 }
            }
        };
        let seconds = day.days() * 86400 + hour * 3600 + minute * 60 + second - zone;
        Some(Instant { seconds: seconds as f64 + fraction, has_zone: !offset.is_empty() })
    }

    /// Whether it is certainly before a day, which begins in UTC.
    pub(crate) fn is_before(self, day: Date) -> bool {
        let latest = self.seconds + if self.has_zone { 0.0 } else { MOST_WEST };
        latest < day.days() as f64 * DAY
    }

    /// The same time on a clock in UTC.
    pub(crate) fn in_utc(self) -> Instant {
        Instant { has_zone: true, ..self }
    }
}

/// `None` if only one of the two has a time zone.
impl PartialOrd for Instant {
    fn partial_cmp(&self, other: &Instant) -> Option<Ordering> {
        if self.has_zone == other.has_zone { self.seconds.partial_cmp(&other.seconds) } else { None }
    }
}

/// Numbers with a fixed count of digits each, with a separator between them.
fn numbers<const N: usize>(text: &str, separator: char, digits: [usize; N]) -> Option<[i64; N]> {
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
        let day = "2027-01-02".parse().expect("a day");
        assert!(read("2027-01-01T23:59:59Z").is_before(day));
        assert!(!read("2027-01-02T00:00:00Z").is_before(day));
        assert!(read("2027-01-01T11:59:59").is_before(day));
        assert!(!read("2027-01-01T12:00:00").is_before(day), "the day may still last, far to the west");
        assert!(read("2027-01-01T12:00:00").in_utc().is_before(day));
        for text in
            ["2027-02-30T00:00:00Z", "2027-01-01", "tomorrow", "2027-1-1T00:00:00Z", "2027-01-01T24:00:00Z"]
        {
            assert_eq!(Instant::read(text), None, "{text}");
        }
    }
}
