//! Time zones, by name.

use crate::facts::{Table, table};
use crate::source::Cut;

const NAMES: Table = table!("time-zones.tsv");
const ABBREVIATIONS: Table = table!("time-zone-abbreviations.tsv");

/// The names of the known time zones, including old aliases.
fn names() -> impl Iterator<Item = &'static str> {
    NAMES.lines()
}

/// Whether a text is the name of a time zone.
pub(crate) fn is_time_zone(text: &str) -> bool {
    names().any(|name| name == text)
}

/// Whether a text is the name of a time zone, ignoring case.
pub(crate) fn is_respelled_time_zone(text: &str) -> bool {
    names().any(|name| name.eq_ignore_ascii_case(text))
}

/// The time zone that is most likely meant by an abbreviation, an offset, a city, or a differently spelled
/// name.
pub(crate) fn time_zone_meant(text: &str) -> Option<&'static str> {
    let plain = |name: &str| name.trim().replace(' ', "_").to_ascii_lowercase();
    let wanted = plain(text);
    let of_offset = zone_of_offset(text);
    let abbreviated = ABBREVIATIONS.pairs();
    let meant =
        abbreviated.filter(|(short, _)| short.eq_ignore_ascii_case(text)).map(|(_, zone)| zone).next();
    let is_city = |name: &&str| name.rsplit('/').next().is_some_and(|city| plain(city) == wanted);
    let by_offset = || names().find(|name| Some(*name) == of_offset.as_deref());
    meant
        .or_else(by_offset)
        .or_else(|| names().find(|name| plain(name) == wanted))
        .or_else(|| names().find(is_city))
}

/// `Etc/GMT-2` for `UTC+2`: the offsets in these names have the opposite sign.
fn zone_of_offset(text: &str) -> Option<String> {
    let upper = text.to_ascii_uppercase();
    let offset = upper.strip_prefix("UTC").or_else(|| upper.strip_prefix("GMT")).unwrap_or(&upper);
    let sign = match offset.chars().next()? {
        '+' => '-',
        '-' => '+',
        _ => return None,
    };
    let (hours, minutes) = offset.cut(1..).split_once(':').unwrap_or((offset.cut(1..), "00"));
    let hours: u8 = hours.parse().ok()?;
    (minutes == "00").then(|| format!("Etc/GMT{sign}{hours}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_aliases_are_names() {
        for name in
            ["Asia/Tokyo", "US/Pacific", "Etc/GMT+9", "UTC", "GMT", "EST5EDT", "America/Argentina/Ushuaia"]
        {
            assert!(is_time_zone(name), "{name}");
        }
        assert!(is_respelled_time_zone("utc") && !is_respelled_time_zone("JST"));
        for name in ["JST", "GMT+9", "UTC+2", "asia/tokyo", ""] {
            assert!(!is_time_zone(name), "{name}");
        }
    }

    #[test]
    fn what_is_meant_is_a_name() {
        for (text, zone) in [
            ("JST", "Asia/Tokyo"),
            ("UTC+2", "Etc/GMT-2"),
            ("GMT-05:00", "Etc/GMT+5"),
            ("america/new york", "America/New_York"),
            ("Berlin", "Europe/Berlin"),
        ] {
            assert_eq!(time_zone_meant(text), Some(zone), "{text}");
        }
        assert_eq!(time_zone_meant("IST"), None);
        assert_eq!(time_zone_meant("UTC+5:30"), None);
        assert!(ABBREVIATIONS.pairs().all(|(_, zone)| is_time_zone(zone)));
    }
}
