//! Patterns in which `*` matches any characters.

use crate::source::Cut;

/// Whether a text matches a pattern.
pub(crate) fn matches_pattern(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(start) else { return false };
    let (middle, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    // The first match is sufficient: a later one leaves less text for the rest of the pattern.
    for part in middle.split('*') {
        let Some(at) = text.find(part) else { return false };
        text = text.cut(at + part.len()..);
    }
    text.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_any_characters() {
        let matches = |pattern, text| matches_pattern(pattern, text);
        for pattern in ["*", "a.b.c", "a.*", "*.c", "a*c", "*a*", "**", "a.*.*", "*.*c"] {
            assert!(matches(pattern, "a.b.c"), "{pattern}");
        }
        for pattern in ["", "a", "b*", "*.b", "a.b.c*c", "*d*", "a*.b.c.*"] {
            assert!(!matches(pattern, "a.b.c"), "{pattern}");
        }
    }
}
