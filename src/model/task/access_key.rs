//! AWS access keys in a container, recognized by the names that AWS's own libraries read.

use std::ops::Range;

use crate::model::field::Known;
use crate::model::{Container, Variable};

/// Dummy values, used if nothing checks the key.
const STAND_INS: [&str; 9] =
    ["test", "dummy", "fake", "foo", "bar", "local", "localstack", "minio", "minioadmin"];

impl<'d> Container<'d> {
    /// The names of the variables that give the container its own access key, from `environment` and from
    /// `secrets`. An empty value does not count, and a plain-text key is reported by `plaintext-secret`.
    pub(crate) fn access_keys(&self) -> Vec<Known<'d, &'d str>> {
        let is_key = |name: &str| matches!(name, "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY");
        let value = |variable: &Variable<'d>| variable.value().known().map(Known::value);
        let gives = |variable: &Variable<'d>| {
            value(variable).is_some_and(|value| !value.is_empty() && !STAND_INS.contains(&value))
        };
        if self
            .environment()
            .items()
            .filter_map(|variable| value(&variable))
            .any(|value| access_key_id(value).is_some())
        {
            return Vec::new();
        }
        let written = self.environment().items().filter(gives).filter_map(|variable| variable.name().known());
        let fetched = self.secrets().items().filter_map(|secret| secret.name().known());
        written.chain(fetched).filter(|name| is_key(name.value())).collect()
    }

    /// Whether a variable directs calls to something other than AWS, such as an emulator, for which the key
    /// may be intended.
    pub(crate) fn calls_an_emulator(&self) -> bool {
        let signs = ["ENDPOINT", "LOCALSTACK", "MINIO"];
        let is_sign = |name: &str| {
            let name = name.to_ascii_uppercase();
            signs.iter().any(|sign| name.contains(sign))
        };
        // A variable with an unknown name may be one.
        self.variables().any(|variable| variable.name().known().is_none_or(|name| is_sign(name.value())))
            || !self.environment().is_complete()
            || !self.secrets().is_complete()
    }
}

/// The bytes of a text that are an access key id: a four-letter prefix and sixteen more characters. The keys
/// in documentation end with `EXAMPLE`.
pub(crate) fn access_key_id(text: &str) -> Option<Range<usize>> {
    const LENGTH: usize = 20;
    let is_word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let bytes = text.as_bytes();
    let prefixes: [&[u8]; 4] = [b"AKIA", b"ASIA", b"ABIA", b"ACCA"];
    let mut starts = (0..(bytes.len() + 1).saturating_sub(LENGTH)).filter(|at| bytes[*at] == b'A');
    let start = starts.find(|at| {
        let id = &bytes[*at..at + LENGTH];
        let is_id = prefixes.contains(&&id[..4])
            && id[4..].iter().all(|byte| byte.is_ascii_uppercase() || (b'2'..=b'7').contains(byte));
        let is_whole = !is_word(at.checked_sub(1).and_then(|before| bytes.get(before)))
            && !is_word(bytes.get(at + LENGTH));
        let kinds = |id: &[u8]| id.iter().fold(0u64, |kinds, byte| kinds | 1 << (byte & 63)).count_ones();
        // A key with only a few different characters is a stand-in.
        is_id && is_whole && kinds(id) >= 6 && !id.ends_with(b"EXAMPLE")
    })?;
    Some(start..start + LENGTH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Cut;

    /// An id that looks real, assembled here so that the source does not contain a complete one.
    fn id() -> String {
        format!("AKIA{}", "QZ4XW7KP".repeat(2))
    }

    #[test]
    fn ids_of_access_keys() {
        for text in [id(), format!("s3://{}:secret@bucket", id()), format!("--key={}", id())] {
            let found = access_key_id(&text).map(|at| text.cut(at).to_owned());
            assert_eq!(found, Some(id()), "{text}");
        }
        let others = ["AKIAIOSFODNN7EXAMPLE", "AKIA_ROTATION_RUNBOOK_V2", "AKIA", "AKIAAAAAAAAAAAAAAAAA", ""];
        for text in others.map(str::to_owned).into_iter().chain([format!("{}X", id()), format!("X{}", id())])
        {
            assert_eq!(access_key_id(&text), None, "{text}");
        }
    }
}
