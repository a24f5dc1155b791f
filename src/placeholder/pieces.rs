//! The parts of a value: its words, and the parts of an ARN, an image name, or another reference.

use std::ops::Range;

/// The pieces of a text: runs of ASCII letters, digits, underscores and hyphens.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    runs(text, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// The words of a text, such as names of variables: runs of ASCII letters, digits and underscores.
pub(super) fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    runs(text, |byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn runs(text: &str, belongs: impl Fn(u8) -> bool) -> impl Iterator<Item = (Range<usize>, &str)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(|byte| belongs(*byte))?;
        let length = bytes[start..].iter().take_while(|byte| belongs(**byte)).count();
        at = start + length;
        Some((start..at, text.get(start..at)?))
    })
}

/// Whether a text is an ARN, or begins like one.
pub(super) fn is_arn(text: &str) -> bool {
    text.starts_with("arn:")
}

/// The kinds of parts in an ARN or in the host of a registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Partition,
    Service,
    Region,
    Account,
}

/// Parts of a value, by byte range.
pub(super) type Parts = Vec<(Part, Range<usize>)>;

/// The parts of an ARN before its resource, and the resource.
pub(super) fn arn_parts(text: &str) -> Option<(Parts, Range<usize>)> {
    const PARTS: [Part; 4] = [Part::Partition, Part::Service, Part::Region, Part::Account];
    let mut start = if is_arn(text) { "arn:".len() } else { return None };
    let mut parts = Vec::new();
    for part in PARTS {
        let length = text.get(start..)?.find(':');
        let end = length.map_or(text.len(), |length| start + length);
        parts.push((part, start..end));
        start = (end + 1).min(text.len());
    }
    Some((parts, start..text.len()))
}

/// The account and the Region in the host of a private registry at the start of a text, even after a scheme
/// that does not belong there: `<account>.dkr.ecr.<region>.amazonaws.com`.
pub(super) fn host_parts(text: &str) -> Option<[(Part, Range<usize>); 2]> {
    let start =
        ["https://", "http://"].iter().find(|scheme| text.starts_with(**scheme)).map_or(0, |s| s.len());
    // The slash of this word does not end the host.
    let word = text.get(start..start + 3).filter(|word| word.eq_ignore_ascii_case("n/a")).map_or(0, str::len);
    let slash = text.get(start + word..)?.find('/').map_or(text.len(), |length| start + word + length);
    let host = text.get(start..slash)?;
    let dkr = [".dkr.ecr.", ".dkr-ecr."].into_iter().find_map(|sign| Some((host.find(sign)?, sign.len())));
    let (account, length) = dkr?;
    let region = account + length;
    let end = host.get(region..)?.find('.').map_or(host.len(), |length| region + length);
    Some([(Part::Account, start..start + account), (Part::Region, start + region..start + end)])
}

/// The accounts and Regions in a value, by byte range.
pub(super) fn places(text: &str) -> Parts {
    let arn = arn_parts(text).map(|(parts, _)| parts);
    arn.or_else(|| host_parts(text).map(Vec::from)).unwrap_or_default()
}
