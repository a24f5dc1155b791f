//! AWS Regions and partitions.

use std::sync::LazyLock;

use crate::facts::table;
use crate::source::Cut;
use crate::spelling;

/// The Regions that were known when the table was created, each with its partition, from
/// `rules/data/regions.tsv`.
fn regions() -> &'static [(&'static str, &'static str)] {
    static REGIONS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| table!("regions.tsv").pairs().collect());
    &REGIONS
}

/// The partition of a Region; `None` if the Region is not listed.
pub(crate) fn partition_of(region: &str) -> Option<&'static str> {
    regions().iter().find(|(listed, _)| *listed == region).map(|(_, partition)| *partition)
}

/// Why a text is not a Region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RegionFault {
    /// The most likely intended Region.
    pub meant: Option<&'static str>,
    /// Whether no Region, not even a future one, can have this name.
    pub is_certain: bool,
}

/// Why a text is not a Region, if it is not one. A text that is not listed but could be a Region counts as
/// one.
pub(crate) fn region_fault(text: &str) -> Option<RegionFault> {
    // Older clients use `fips-us-east-1` to select other endpoints of a Region.
    if partition_of(text).is_some() || text.contains("fips") {
        return None;
    }
    let Some(prefix) = prefix(text) else {
        let meant = region_meant(text);
        // Host names are case-insensitive; what a signature does with upper case is not known.
        // `$` may yet begin a variable.
        let is_certain = meant.is_none_or(|meant| !meant.eq_ignore_ascii_case(text.trim_start_matches('$')));
        return Some(RegionFault { meant, is_certain });
    };
    // AWS opens Regions in new places, but hardly in one whose name looks like a typo.
    let is_known = regions().iter().any(|(listed, _)| listed.starts_with(prefix));
    let near = || regions().iter().map(|(listed, _)| *listed).find(|name| spelling::is_one_off(name, text));
    let meant = if is_known { None } else { near() }?;
    Some(RegionFault { meant: Some(meant), is_certain: false })
}

/// The part before the compass direction, with its hyphen, if a text has the form of a Region: `eu-` in
/// `eu-west-1`.
fn prefix(text: &str) -> Option<&str> {
    const DIRECTIONS: [&str; 9] =
        ["central", "north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"];
    let (place, number) = text.rsplit_once('-')?;
    let (prefix, direction) = place.rsplit_once('-')?;
    let is_number = matches!(number.as_bytes(), [b'1'..=b'9'] | [b'1'..=b'9', b'0'..=b'9']);
    let parts: Vec<&str> = prefix.split('-').collect();
    let is_word = |part: &&str| part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_prefix = match parts.as_slice() {
        [country] => country.len() == 2,
        [_, _] => true,
        _ => false,
    };
    let is_region = is_number && is_prefix && parts.iter().all(is_word) && DIRECTIONS.contains(&direction);
    is_region.then(|| text.cut(..=prefix.len()))
}

/// The Region that a text most likely stands for.
fn region_meant(text: &str) -> Option<&'static str> {
    let names = || regions().iter().map(|(region, _)| *region);
    if text.contains(['/', '.', ':']) {
        // An address or an ARN. The longest matching name, so that a shorter one is not cut out of it.
        return names().filter(|name| text.contains(name)).max_by_key(|name| name.len());
    }
    let own = letters(text);
    // `useast1`, `us_east_01`
    let respelled = || names().find(|name| letters(name) == own.replace('0', ""));
    // `us-east-1a`, `us-west-2-lax-1a`
    let zone = || {
        names().find(|name| {
            let rest = text.strip_prefix(name).unwrap_or_default();
            rest.starts_with('-') || matches!(rest.as_bytes(), [b'a'..=b'z'])
        })
    };
    let near = || {
        let plain = text.trim().to_ascii_lowercase().replace(['_', ' '], "-");
        let near: Vec<&str> = names().filter(|name| spelling::is_near(name, &plain)).collect();
        spelling::nearest(&plain, near)
    };
    // `us-east`
    let numbered = || names().find(|name| name.ends_with('1') && letters(name.cut(..name.len() - 1)) == own);
    respelled().or_else(zone).or_else(numbered).or_else(near)
}

/// The letters and digits of a name, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_and_what_may_become_one() {
        for region in [
            "eu-west-1",
            "us-gov-east-1",
            "cn-north-1",
            "us-isob-east-1",
            "eusc-de-east-1",
            // Not listed, but possible.
            "eu-west-4",
            "us-south-1",
            "ap-southeast-12",
            "nz-north-1",
            "eusc-fr-west-1",
            "fips-us-east-1",
        ] {
            assert_eq!(region_fault(region), None, "{region}");
        }
    }

    #[test]
    fn mistakes_are_certain_and_traced() {
        for (text, meant) in [
            ("us-east1", Some("us-east-1")),
            ("useast1", Some("us-east-1")),
            ("us_east_1", Some("us-east-1")),
            ("us-east-1a", Some("us-east-1")),
            ("us-east-1b", Some("us-east-1")),
            ("us-west-2-lax-1a", Some("us-west-2")),
            ("us-esat-1", Some("us-east-1")),
            ("eu-wset-1", Some("eu-west-1")),
            ("eu-centrall-1", Some("eu-central-1")),
            ("ap-southest-2", Some("ap-southeast-2")),
            ("us-east", Some("us-east-1")),
            ("us-east-01", Some("us-east-1")),
            ("eu-west-1 ", Some("eu-west-1")),
            ("eu-west-1-", Some("eu-west-1")),
            ("https://logs.eu-west-1.amazonaws.com", Some("eu-west-1")),
            ("arn:aws:logs:ap-southeast-1:111122223333:log-group:x", Some("ap-southeast-1")),
            ("undefined", None),
            ("ireland", None),
            ("eu", None),
            ("", None),
        ] {
            assert_eq!(region_fault(text), Some(RegionFault { meant, is_certain: true }), "{text}");
        }
    }

    #[test]
    fn some_mistakes_are_only_likely() {
        for (text, meant) in
            [("US-EAST-1", "us-east-1"), ("ue-west-1", "eu-west-1"), ("uk-west-2", "us-west-2")]
        {
            assert_eq!(
                region_fault(text),
                Some(RegionFault { meant: Some(meant), is_certain: false }),
                "{text}"
            );
        }
    }

    #[test]
    fn every_region_has_the_form_of_one() {
        for (region, _) in regions() {
            assert!(prefix(region).is_some(), "{region}");
        }
        assert_eq!(partition_of("cn-north-1"), Some("aws-cn"));
        assert_eq!(partition_of("eu-west-9"), None);
    }
}
