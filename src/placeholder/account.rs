//! Accounts that do not exist: those in documentation, and the like.

use std::ops::Range;

use super::pieces::{Part, is_arn, places};

/// The number of digits of an account.
const DIGITS: usize = 12;

/// Accounts in AWS's documentation that no rule below recognizes.
const KNOWN: [&str; 4] = ["012345678910", "123456789101", "112233445566", "987654321098"];

/// Whether an account is a sample account from documentation: AWS's own, such as `111122223333` and
/// `123456789012`, a repeated digit, or digits that only count up.
pub(crate) fn is_sample_account(account: &str) -> bool {
    account.len() == DIGITS && account.bytes().all(|byte| byte.is_ascii_digit()) && is_sample(account)
}

/// Whether the digits cannot be those of an existing account.
fn is_sample(digits: &str) -> bool {
    let in_fours = || digits.as_bytes().chunks(4).all(|four| four.iter().all(|byte| *byte == four[0]));
    only_counts(digits) || in_fours() || KNOWN.contains(&digits)
}

/// Whether the digits are all the same, or count up or down.
fn only_counts(digits: &str) -> bool {
    let by =
        |step: u8| digits.as_bytes().windows(2).all(|pair| (pair[0] - b'0' + step) % 10 == pair[1] - b'0');
    by(0) || by(1) || by(9)
}

/// Whether a text may be an ARN or begin with the host of a registry.
pub(super) fn may_be_in(text: &str) -> bool {
    let may_be_host = text.starts_with("http") || text.starts_with(|c: char| c.is_ascii_digit());
    is_arn(text) || (may_be_host && text.contains(".dkr"))
}

/// The position of a sample account in an ARN or in the host of a registry.
pub(super) fn find(text: &str) -> Option<Range<usize>> {
    let accounts = places(text).into_iter().filter(|(part, _)| *part == Part::Account);
    accounts.map(|(_, range)| range).find(|range| text.get(range.clone()).is_some_and(is_sample_account))
}

/// Whether a word is a stand-in for the account: one in capitals, or one for an account.
pub(super) fn is_word(account: &str) -> bool {
    let is_of_word = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-' | b'.');
    let is_name = || {
        let name = account.to_ascii_lowercase();
        ["account", "acct", "awsid", "redacted"].iter().any(|word| name.contains(word))
    };
    let in_capitals = || !account.bytes().any(|byte| byte.is_ascii_lowercase());
    account.len() > 1 && account.bytes().all(is_of_word) && (in_capitals() || is_name())
}

/// Whether the account is a number of the wrong length that nobody copied from anywhere: `1234`, `123456789`, `00000`.
pub(super) fn is_begun(account: &str) -> bool {
    let is_number = account.len() > 2 && account.bytes().all(|byte| byte.is_ascii_digit());
    is_number && account.len() != DIGITS && only_counts(account)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Cut;

    #[test]
    fn accounts_of_documentation_are_known() {
        for account in [
            "000000000000",
            "012345678901",
            "012345678910",
            "111111111111",
            "111122223333",
            "123456789012",
            "444455556666",
            "777788889999",
            "999999999999",
            "987654321098",
        ] {
            assert!(is_sample_account(account), "{account}");
        }
        for account in ["210987654312", "100200300400", "123456789013", "12345678901", "", "aws"] {
            assert!(!is_sample_account(account), "{account}");
        }
        assert!(is_begun("123456789") && is_begun("0000"));
        assert!(!is_begun("4711") && !is_begun("12") && !is_begun("123456789012"));
    }

    #[test]
    fn they_are_found_in_their_places() {
        let found = |text: &'static str| find(text).map(|range| text.cut(range));
        assert_eq!(found("arn:aws:iam::123456789012:role/web"), Some("123456789012"));
        assert_eq!(found("000000000000.dkr.ecr.eu-west-1.amazonaws.com/web:1"), Some("000000000000"));
        assert_eq!(found("https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/web"), Some("111122223333"));
        assert_eq!(found("arn:aws:iam::100200300400:role/123456789012"), None);
        assert_eq!(found("123456789012"), None);
    }
}
