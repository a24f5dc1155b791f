//! The results of a failed substitution: `undefined`, `null`, `None`, `<no value>`.

use std::ops::Range;

use super::{Wants, pieces};

/// What languages print for a missing value, and what is never written by hand.
const UNMISTAKABLE: &[&str] = &["[object Object]", "<no value>", "<nil>", "<null>", "<none>", "<undefined>"];
/// The same, but a word that may have a meaning in a text that a program reads.
const WORDS: &[&str] = &["undefined", "Undefined", "null", "Null", "NULL", "None", "nil", "NaN"];

/// The position of the result of a failed substitution in a text.
pub(super) fn find(text: &str, wants: Wants) -> Option<Range<usize>> {
    let is_left = |part: &str| UNMISTAKABLE.contains(&part) || WORDS.contains(&part);
    match wants {
        Wants::Key | Wants::Label | Wants::Prose => return None,
        Wants::Environment => return UNMISTAKABLE.contains(&text).then_some(0..text.len()),
        // `None` may be an enumeration's `none`, in the wrong case.
        Wants::Choice => return (is_left(text) && text != "None").then_some(0..text.len()),
        _ if is_left(text) => return Some(0..text.len()),
        _ => {}
    }
    if let Some(sign) = UNMISTAKABLE.iter().find(|sign| text.contains(**sign)) {
        let at = text.find(sign)?;
        return Some(at..at + sign.len());
    }
    // A parameter may have any name: of its ARN, only the part before the resource matters.
    let named = match pieces::arn_parts(text) {
        Some((_, resource)) if wants == Wants::Secret => resource.start,
        None if wants == Wants::Secret => 0,
        _ => text.len(),
    };
    let mut start = 0;
    text.split([':', '/', '@', '.']).find_map(|part| {
        let range = start..start + part.len();
        start = range.end + 1;
        let is_word = || part.split(['-', '_']).any(|word| word == "undefined");
        (range.start < named && is_left(part) || is_word()).then_some(range)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Cut;

    fn found(text: &str, wants: Wants) -> Option<&str> {
        find(text, wants).map(|range| text.cut(range))
    }

    #[test]
    fn what_is_left_of_a_substitution_is_found() {
        for (text, left) in [
            ("undefined", "undefined"),
            ("null", "null"),
            ("None", "None"),
            ("<no value>", "<no value>"),
            ("[object Object]", "[object Object]"),
            ("registry.example/app:undefined", "undefined"),
            ("registry.example/app:<no value>", "<no value>"),
            ("undefined.dkr.ecr.undefined.amazonaws.com/app:1", "undefined"),
            ("arn:aws:iam::null:role/web", "null"),
            ("app:web-undefined", "web-undefined"),
        ] {
            assert_eq!(found(text, Wants::Image), Some(left), "{text}");
        }
        assert_eq!(found("service/undefined/web", Wants::Name), Some("undefined"));
        assert_eq!(found("web:None", Wants::Name), Some("None"));
        assert_eq!(found("<no value>", Wants::Environment), Some("<no value>"));
    }

    #[test]
    fn what_somebody_may_mean_is_left_alone() {
        assert_eq!(found("None", Wants::Choice), None);
        assert_eq!(found("undefined", Wants::Environment), None);
        assert_eq!(found("null-writer", Wants::Name), None);
        assert_eq!(found("/web/null", Wants::Secret), None);
        assert_eq!(found("nullable:1", Wants::Image), None);
        assert_eq!(found("undefined", Wants::Prose), None);
    }
}
