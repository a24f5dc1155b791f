//! The differences of CloudFormation: `x-cloudformation` in the schemas.

/// The date of the resource schemas that the differences were taken from.
pub(super) const DATE: &str = "2026-10-20";

/// A word with its first letter in upper case.
pub(super) fn raised(word: &str) -> String {
    with_first(word, str::make_ascii_uppercase)
}

/// A word with its first letter in lower case.
pub(super) fn lowered(word: &str) -> String {
    with_first(word, str::make_ascii_lowercase)
}

fn with_first(word: &str, change: fn(&mut str)) -> String {
    let mut word = word.to_owned();
    if let Some(first) = word.get_mut(..1) {
        change(first);
    }
    word
}
