//! Values that look random.

use super::name::Noun;
use super::stand_in;

/// Names of values that look random and are not secret. In upper case.
const QUIET: [&str; 18] = [
    "ID",
    "UUID",
    "GUID",
    "HASH",
    "SHA",
    "SHA1",
    "SHA256",
    "MD5",
    "DIGEST",
    "CHECKSUM",
    "COMMIT",
    "REVISION",
    "VERSION",
    "BUILD",
    "ETAG",
    "ARN",
    "FINGERPRINT",
    "PUBLIC",
];

/// Whether the value of a variable looks as if a program had made it at random.
pub(crate) fn looks_random(name: &str, value: &str) -> bool {
    let is_quiet = |word: &str| {
        let word = word.to_ascii_uppercase();
        QUIET.contains(&word.as_str()) || word.starts_with("CERT")
    };
    let is_hexadecimal = value.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_base64 = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/_=-".contains(&byte));
    let is_long_enough = if is_hexadecimal { value.len() >= 32 } else { is_base64 && value.len() >= 20 };
    is_long_enough
        && !name.split(|c: char| !c.is_ascii_alphanumeric()).any(is_quiet)
        && bits_per_character(value) >= if is_hexadecimal { 3.0 } else { 4.5 }
        && !is_uuid(value)
        && !is_resource_id(value)
        && !stand_in::is_stand_in(value)
        && !stand_in::is_reference(value, Noun::Other)
}

/// Shannon's entropy.
fn bits_per_character(text: &str) -> f64 {
    let mut counts = [0u32; 256];
    text.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
    let length = text.len() as f64;
    let share = |count: u32| f64::from(count) / length;
    counts.into_iter().filter(|count| *count > 0).map(|count| -share(count) * share(count).log2()).sum()
}

fn is_uuid(value: &str) -> bool {
    value.split('-').map(str::len).eq([8, 4, 4, 4, 12])
}

/// `i-0123456789abcdef0`
fn is_resource_id(value: &str) -> bool {
    value.rsplit_once('-').is_some_and(|(kind, id)| {
        matches!(id.len(), 8 | 17)
            && id.bytes().all(|byte| byte.is_ascii_hexdigit())
            && kind.bytes().all(|byte| byte.is_ascii_lowercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn randomness() {
        assert!(looks_random("SEED", "b7f3Kq9ZxW2mT8vLr5YcN1hDg6Js4PeA"));
        assert!(looks_random("SALT", "9f86d081884c7d659a2feaa0c55ad015"));
        for (name, value) in [
            ("COMMIT_SHA", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"),
            ("REQUEST", "123e4567-e89b-12d3-a456-426614174000"),
            ("BUCKET", "my-service-assets-of-the-production"),
            ("QUEUE", "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs"),
            ("SUBNET", "subnet-0123456789abcdef0"),
        ] {
            assert!(!looks_random(name, value), "{name}");
        }
    }
}
